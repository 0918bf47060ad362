/**
 * Which of the app's files a module comes in; the first that fits. A module named nowhere comes with whoever imports it, so what two files share
 * should be named: else a file that is needed at once waits for one that is to come later (`src/app/beforeTheFirstScreen.test.ts`).
 */
const chunks = [
  ['charts', /node_modules\/(echarts|zrender)\//],
  ['rules', /node_modules\/@marcbachmann\/|\/src\/features\/forms\/engine\//],
  ['keeping', /node_modules\/idb\/|\/src\/features\/(keeping\/(carry|checksum|copies|database|inFull|outbox|ownRecord|pages|shelf|SignOutDialog|unfit|unsent|useOffline|WaitingBadge)|forms\/autosave)/],
  ['app', /node_modules\/(vue|@vue|vue-router|openapi-fetch)\/|\/src\/app\/|\/src\/api\/(client|copies|earlyAnswers|http|identity|notices|problem|queries|reporting|serverClock)\.ts|rolldown\/runtime|virtual:texts\/zh-CN\/school|plugin-vue:export-helper|vite\/preload-helper/],
  ['app', /\/src\/features\/notices\/(NoticeBadge|useUnread)/],
  ['app', /\/src\/features\/keeping\/later\.ts|\/src\/features\/forms\/(cells|left|typedOn)\.ts|\/src\/ui\/(format|toasts|ToastRack|ModalBox|NavIcon|ProblemNote|tokens|base|standing|whenIdle)\b/],
  ['beside', /\/src\/features\/(forms\/(beside|CompletionBar|DetailsPanel|CellDetails|CellHistory|IssuesPanel|NewFormBanner|SetAside)|keeping\/ConflictDialog|unlocking\/(OwnReview|WordsDialog)|review\/ReviewHistory|versions\/)/],
  ['form', /\/src\/features\/(conversations\/(TalkButton|TalkMark|useConversation|merged)|unlocking\/(RemarkAnswer|useOwnReview))/],
  ['form', /\/src\/api\/(conversations|supervision)\.ts|\/src\/features\/(forms\/(?!Print)|keeping\/(?!Waiting)|school\/(SchoolLine|ownSchools))|\/src\/ui\/(?!dialog|drawer|charts)/],
  ['calls', /\/src\/api\//],
  ['school', /\/src\/features\/(forms|school)\//],
  // The one chart in two files, not fifty: a school's page does without the second.
  ['offices', /\/src\/features\/dashboards\/(ProvinceDashboard|NodeDashboard|AreaGauges?|ChildrenTable|ControlChart|FigureCard|FigureGrid|HeatMatrix|HeatPaper|heat|IndicatorSpread|KeyNumbers|MeasureSelect|MoneyTreemap|PlaceScatter|progress|ProgressGrid|ProvinceLinks|RankedBars|RedList|SpreadBoxes|StateFunnel|TodoStrip|TrendSpark|TrendTable|useDrill|useProvinceDashboard)\b/],
  ['offices', /\/src\/features\/maps\/(childrenOf|drawing|labels|MapBox|MapLegend|mapMeasures|PlaceLine|PlaceMap|steps|tiles|useMapInForce)\b|\/src\/ui\/charts\/kinds\/(bars|boxes|control|points|treemap)\b/],
  ['board', /\/src\/ui\/charts\/(?!echarts)|\/src\/features\/(dashboards\/|exports\/(ExportMenu|exports)\b|figures\/figurePlace|quality\/score|review\/(CycleSelect|useCycleChoice))/],
]

export const chunkOf = (id) => (/\/src\/app\/(SignedInPage|NowherePage|early)/.test(id) ? undefined : chunks.find(([, files]) => files.test(id))?.[0])

/** What several need comes with the first of these that needs it: a file that is needed at once never waits for one that comes later. */
export const chunksInTurn = ['app', 'form', 'keeping', 'rules', 'beside', 'calls', 'school', 'board', 'offices', 'charts']
