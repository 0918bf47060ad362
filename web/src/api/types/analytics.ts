import type { components } from '../generated/analytics'
import type { Narrow } from './common'
import type { Organisation } from './identity'
import type { ModuleState } from './reporting'

type Schemas = components['schemas']

export type Light = 'green' | 'amber' | 'red' | 'none'
export type Completeness = Schemas['CompletenessResponse']
export type Passport = Schemas['PassportResponse']

type Exact = { light: Light; direction: 'up' | 'down' | 'band' }
type NodeFigure = Narrow<Schemas['FigureResponse'], Exact>
type SchoolFigure = Narrow<Schemas['SchoolFigureResponse'], Exact>
/** Of a school also the median of its county, and why there is no value. */
export type Figure = NodeFigure & Partial<Pick<SchoolFigure, 'countyMedian' | 'reason'>>

export type AreaScore = Narrow<Schemas['AreaResponse'], { light: Light }>
export type IndexScore = Narrow<Schemas['IndexResponse'], { light: Light }>
export type FigureGlance = Narrow<Schemas['ShortFigureResponse'], { light: Light }>

/** Its last day, when it was closed in the middle of the cycle. */
type Placed = Organisation & { validTo?: string | null }
type Rated = { organisation: Placed; areas: AreaScore[]; index: IndexScore }

export type NodeChild = Narrow<Schemas['ChildResponse'], Rated & { figures: Record<string, FigureGlance> }>
export type NodeDashboard = Narrow<Schemas['NodeDashboardResponse'], Rated & { indicators: Figure[]; children: NodeChild[] }>
/** What is new at a place, without the names of the schools left out. */
export type LiveFigures = Narrow<Schemas['LiveFiguresResponse'], { areas: AreaScore[]; index: IndexScore; indicators: Figure[] }>
export type SchoolDashboard = Narrow<Schemas['SchoolDashboardResponse'], Rated & {
  indicators: Figure[]
  modules: { key: string; state: ModuleState | 'not-submitted'; revision: number | null; submittedAt: string | null }[]
}>
/** That something of a school is new. */
export type LiveSchool = Schemas['LiveSchoolResponse']
export type DashboardHead = Pick<NodeDashboard, 'organisation' | 'parents' | 'cycleId' | 'asOf' | 'areas' | 'index' | 'indicators'>

/** One number with all that stands behind it. */
export type FigurePart = Narrow<Schemas['FigurePartResponse'], { organisation: Placed; light: Light }>
export type FigureDefinition = Schemas['DefinitionResponse']
export type FigureExplanation = Narrow<Schemas['FigureExplanationResponse'], { organisation: Placed; figure: NodeFigure; parts: FigurePart[]; leftOut: Record<string, number> }>
export type FigureGroup = Narrow<Schemas['GroupResponse'], { light: Light }>
export type Breakdown = Narrow<Schemas['BreakdownResponse'], { organisation: Placed; whole: FigureGroup; groups: FigureGroup[] }>
export type Spread = NonNullable<FigureGroup['spread']>
export type FigureSchool = Narrow<Schemas['FigureSchoolResponse'], { organisation: Placed; light: Light }>
export type SeriesPoint = Narrow<Schemas['SeriesPointResponse'], { light: Light }>
export type FigureSeries = Narrow<Schemas['SeriesResponse'], { organisation: Placed; points: SeriesPoint[] }>
export type FigurePeers = Narrow<Schemas['PeersResponse'], { organisation: Placed }>
export type Publication = Schemas['PublicationResponse']
export type PublicationCheck = Schemas['PublicationCheckResponse']
export type PublicationDraft = Narrow<Schemas['PublicationDraftResponse'], { state: 'drafted' | 'checked' | 'rejected' | 'discarded' | 'published' }>

/** What everybody may read. */
export type OpenState = 'shown' | 'none' | 'hidden' | 'held'
export type OpenPublication = Schemas['OpenPublicationResponse']
export type OpenPlace = Schemas['OpenPlace']
export type OpenIndicator = Narrow<Schemas['OpenIndicator'], { direction: 'up' | 'down' | 'band' }>
export type OpenCell = Narrow<Schemas['OpenCellResponse'], { state: OpenState }>
export type OpenRow = { place: OpenPlace; cells: OpenCell[] }
export type OpenFigures = Narrow<Schemas['OpenFiguresResponse'], { indicators: OpenIndicator[]; cells: OpenCell[]; below: OpenRow[] }>
export type OpenChange = Narrow<Schemas['OpenChangeResponse'], { fromState: OpenState | null; toState: OpenState | null }>
export type Recount = Narrow<Schemas['RecountResponse'], { kind: 'rebuild' | 'nightly' }>
export type FigureSteps = Narrow<Schemas['FigureStepsResponse'], { organisation: Placed; light: Light }>
export type FigureExpression = FigureSteps['expressions'][number]
export type IndexPart = Narrow<Schemas['IndexPartResponse'], { light: Light }>
type IndexArea = Narrow<Schemas['IndexAreaResponse'], { light: Light; indicators: IndexPart[] }>
export type IndexExplanation = Narrow<Schemas['IndexExplanationResponse'], { organisation: Placed; index: IndexScore; areas: IndexArea[] }>

/** Places side by side: values and lights of a row stand in the order of the indicators. */
export type MatrixLight = Light | 'absent'
export type MatrixIndicator = Narrow<Schemas['MatrixIndicatorResponse'], { direction: 'up' | 'down' | 'band' }>
export type MatrixRow = Narrow<Schemas['MatrixRowResponse'], { index: IndexScore; areas: AreaScore[]; lights: MatrixLight[] }>
export type Matrix = Narrow<Schemas['MatrixResponse'], { organisation: Placed; indicators: MatrixIndicator[]; whole: MatrixRow; places: MatrixRow[] }>
export type IndicatorSpread = Narrow<Schemas['IndicatorSpreadResponse'], { whole: FigureGroup; groups: FigureGroup[] }>
export type Spreads = Narrow<Schemas['SpreadsResponse'], { organisation: Placed; indicators: IndicatorSpread[] }>
export type Scatter = Narrow<Schemas['ScatterResponse'], { organisation: Placed }>
export type Sparklines = Narrow<Schemas['SparklinesResponse'], { organisation: Placed }>
export type Sums = Narrow<Schemas['SumsResponse'], { organisation: Placed }>
export type ProgressState = ModuleState | 'not-submitted' | 'county-approved' | 'city-approved' | 'withdrawn' | 'unlocked'
export type ProgressSchool = Narrow<Schemas['ProgressSchoolResponse'], { states: (ProgressState | null)[] }>
export type Progress = Narrow<Schemas['ProgressResponse'], { organisation: Placed; schools: ProgressSchool[] }>

/** How well schools report. */
export type QualityPart = Schemas['QualityPartResponse']
export type QualityFinding = Omit<Schemas['QualityFindingResponse'], 'other'> & { other: Placed | null }
export type SchoolQuality = Narrow<Schemas['SchoolQualityResponse'], { organisation: Placed; findings: QualityFinding[] }>
export type ChildQuality = Schemas['ChildQualityResponse']
export type NodeQuality = Narrow<Schemas['NodeQualityResponse'], { organisation: Placed }>
export type QualitySchool = Narrow<Schemas['QualitySchoolResponse'], { organisation: Placed }>

/** A version of the map with boundaries, and the one that pages show. */
export type MapVersion = Schemas['MapResponse']
export type MapInForce = Schemas['MapInForceResponse']
/** Outlines of counties by their code, in degrees; each a list of polygons of rings of points. */
export type Outlines = { features: { id: string; geometry: { coordinates: [number, number][][][] } }[] }
/** Files made in the background. */
export type ExportKind = 'summary' | 'missing' | 'chart' | 'values' | 'bulletin'
export type ExportFormat = 'xlsx' | 'csv' | 'pdf' | 'docx'
export type ExportFile = Narrow<Schemas['ExportResponse'], { kind: ExportKind; format: ExportFormat; state: 'waiting' | 'running' | 'finished' | 'cancelled' | 'failed' }>
export type ExportOrder = Narrow<Schemas['RequestExportRequest'], { kind: ExportKind; format: ExportFormat }>
export type ExploreCell = Narrow<Schemas['ExploreCellResponse'], { light: Light }>
export type ExploreHeading = Schemas['HeadingResponse']
export type ExploreMember = Schemas['MemberResponse']
export type Exploration = Omit<Schemas['ExploreResponse'], 'organisation' | 'cells' | 'members'> & { organisation: Placed; cells: (ExploreCell | null)[][]; members: Record<string, ExploreMember[]> }
export type SavedView = Schemas['SavedViewResponse']
export type FeedKeys = Schemas['FeedKeysResponse']
export type FeedKey = Schemas['FeedKeyResponse']
export type MadeFeedKey = Schemas['MadeFeedKeyResponse']
export type SaveView = Schemas['SaveViewRequest']
export type TileShow = 'chart' | 'table'
export type ViewBoardLine = Schemas['BoardLineResponse']
export type ViewTile = { viewId: string; show: TileShow; view: SavedView | null }
export type ViewBoard = Omit<Schemas['BoardResponse'], 'tiles'> & { tiles: ViewTile[] }
export type LaidViewBoard = Schemas['BoardRequest']
