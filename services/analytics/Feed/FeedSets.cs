using Gengdu.Analytics.Dashboards;
using Kind = Microsoft.OData.Edm.EdmPrimitiveTypeKind;

namespace Gengdu.Analytics.Feed;

/// <summary>What the feed has. A change here changes $metadata, which spreadsheets of people depend on: add, never rename.</summary>
internal static class FeedSets
{
    private const string PlaceOfCycle = "left join organisations p on n.organisation_id is null and p.path = n.path join organisations o on o.id = coalesce(n.organisation_id, p.id)";

    public static readonly FeedSet Cycles = new("Cycles", "Cycle",
        [
            Key("Id", Kind.Guid, "c.id"), Plain("NameZh", Kind.String, "c.name_zh"), Plain("NameEn", Kind.String, "c.name_en"), Filter("Programme", Kind.String, "c.programme_key"),
            Filter("ProgrammeVersion", Kind.String, "coalesce(v.programme_version, c.programme_version)"), Filter("PeriodKey", Kind.String, "c.period_key"), Filter("AcademicYear", Kind.String, "c.academic_year"),
            Filter("FiscalYear", Kind.Int32, "c.fiscal_year"), Filter("PeriodStart", Kind.Date, "c.period_start"), Filter("PeriodEnd", Kind.Date, "c.period_end"),
            Filter("State", Kind.String, "case when x.closed_at is null then 'open' else 'closed' end"), Filter("OpensAt", Kind.DateTimeOffset, "c.opens_at"), Filter("OpenedAt", Kind.DateTimeOffset, "c.opened_at"),
            Maybe("ClosedAt", Kind.DateTimeOffset, "x.closed_at", true), Plain("RosterSize", Kind.Int32, "c.roster_size"),
            Maybe("Publication", Kind.Int32, "y.number"), Maybe("PublicationFinal", Kind.Boolean, "y.final"), Maybe("PublishedAt", Kind.DateTimeOffset, "y.published_at"),
        ],
        """
        from cycles c left join cycle_closings x on x.cycle_id = c.id left join cycle_programmes v on v.cycle_id = c.id
        left join lateral (select number, final, published_at from publications where cycle_id = c.id order by number desc limit 1) y on true where true
        """, ["OpenedAt", "Id"], ByCycle: false);

    public static readonly FeedSet Organisations = new("Organisations", "Organisation",
        [
            Key("Id", Kind.Guid, "o.id"), Maybe("ParentId", Kind.Guid, "o.parent_id", true), Filter("Code", Kind.String, "o.code"), Plain("NameZh", Kind.String, "o.name_zh"), Plain("NameEn", Kind.String, "o.name_en"),
            Filter("Levels", Kind.String, "array_to_string(o.level_roles, ',')"), Filter("Kind", Kind.String, "o.kind"), Maybe("SchoolType", Kind.String, "o.school_type", true), Maybe("UrbanRural", Kind.String, "o.urban_rural", true),
            Maybe("RunBy", Kind.String, "o.run_by", true), Filter("Path", Kind.String, "o.path"), Plain("ValidFrom", Kind.Date, "o.valid_from"), Maybe("ValidTo", Kind.Date, "o.valid_to", true),
        ],
        $"from organisations o where {DashboardHead.SeenSql("o.id", "o.path", "$6", "$7")}", ["Path", "Id"], ByCycle: false);

    public static readonly FeedSet Indicators = new("Indicators", "Indicator",
        [
            Key("Programme", Kind.String, "i.programme"), Key("ProgrammeVersion", Kind.String, "i.version"), Plain("Number", Kind.Int32, "i.number"), Key("Id", Kind.String, "i.id"), Filter("Area", Kind.String, "i.area"),
            Plain("NameZh", Kind.String, "i.name_zh"), Plain("NameEn", Kind.String, "i.name_en"), Maybe("UnitZh", Kind.String, "i.unit_zh"), Maybe("UnitEn", Kind.String, "i.unit_en"), Filter("Kind", Kind.String, "i.kind"),
            Filter("Direction", Kind.String, "i.direction"), Maybe("Target", Kind.Decimal, "i.target"), Plain("Decimals", Kind.Int32, "i.decimals"), Plain("Information", Kind.Boolean, "i.information"),
            Plain("Computed", Kind.Boolean, "i.computed"), Plain("FormulaVersion", Kind.String, "i.formula"),
        ],
        """
        from jsonb_to_recordset($9::jsonb) as i(programme text, version text, number int, id text, area text, name_zh text, name_en text, unit_zh text, unit_en text, kind text, direction text,
          target numeric, decimals int, information boolean, computed boolean, formula text) where true
        """, ["Programme", "ProgrammeVersion", "Number"], ByCycle: false)
    { OfIndicators = true };

    public static readonly FeedSet Figures = new("Figures", "Figure",
        [
            Key("CycleId", Kind.Guid, "$1::uuid"), Key("OrganisationId", Kind.Guid, "o.id"), Key("IndicatorId", Kind.String, "f.indicator"), .. Place("f.path"),
            Computed("Value", Kind.Decimal, row => Rating.Shown(row.Indicator, row.Measured)), Maybe("Numerator", Kind.Decimal, "case when f.reported > 0 then f.numerator end"),
            Maybe("Denominator", Kind.Decimal, "case when f.reported > 0 then f.denominator end"), Computed("Target", Kind.Decimal, row => (decimal?)row.Indicator.Target?.Value),
            Computed("Light", Kind.String, row => Rating.Light(row.Indicator, row.Measured)), Filter("Due", Kind.Int32, "f.due"), Filter("Reported", Kind.Int32, "f.reported"),
            Computed("Coverage", Kind.Decimal, row => Completeness.Share((int)row["Reported"]!, (int)row["Due"]!)), Plain("Approved", Kind.Int32, "f.approved"), Plain("Submitted", Kind.Int32, "f.submitted"),
            Computed("ApprovalShare", Kind.Decimal, row => Completeness.Share((int)row["Approved"]!, (int)row["Submitted"]!)),
            Filter("AsOf", Kind.DateTimeOffset, "coalesce(f.as_of, n.as_of, c.opened_at)"), Computed("FormulaVersion", Kind.String, row => row.Cycle!.Programme.IndicatorsVersion),
        ],
        $"""
        from ({PlaceFigures.Sql}) f join cycles c on c.id = $1 join node_completeness n on n.cycle_id = $1 and n.path = f.path {PlaceOfCycle}
        where f.due > 0 and {DashboardHead.SeenSql("o.id", "f.path", "$6", "$7")}
        """, ["CycleId", "Path", "IndicatorId"], ByCycle: true)
    { OfIndicators = true };

    public static readonly FeedSet SchoolFigures = new("SchoolFigures", "SchoolFigure",
        [
            Key("CycleId", Kind.Guid, "$1::uuid"), Key("OrganisationId", Kind.Guid, "s.organisation_id"), Key("IndicatorId", Kind.String, "s.indicator"), Filter("AbovePath", Kind.String, "s.node_path"),
            .. Place("s.path"), Computed("Value", Kind.Decimal, row => Rating.Shown(row.Indicator, row.Measured)), Maybe("Numerator", Kind.Decimal, "s.numerator"),
            Maybe("Denominator", Kind.Decimal, "s.denominator"), Maybe("Reason", Kind.String, "s.reason", true), Filter("Approved", Kind.Boolean, "s.approved"),
            Maybe("AsOf", Kind.DateTimeOffset, "s.as_of", true), Computed("FormulaVersion", Kind.String, row => row.Cycle!.Programme.IndicatorsVersion),
        ],
        // As the schools behind a number are listed.
        """
        from school_indicators s join organisations o on o.id = s.organisation_id
        where s.cycle_id = $1 and s.indicator = any($2) and s.node_path >= $4 and s.node_path < $5 and (s.path = any($8) or s.path ^@ any($7))
        """, ["CycleId", "AbovePath", "IndicatorId", "OrganisationId"], ByCycle: true)
    { OfIndicators = true };

    public static readonly FeedSet CompletenessOfPlaces = new("Completeness", "Completeness",
        [
            Key("CycleId", Kind.Guid, "$1::uuid"), Key("OrganisationId", Kind.Guid, "o.id"), .. Place("n.path"), Plain("Schools", Kind.Int32, "n.schools"), Filter("Due", Kind.Int32, "n.due"),
            Filter("Submitted", Kind.Int32, "n.submitted"), Plain("OnTime", Kind.Int32, "n.on_time"), Plain("Late", Kind.Int32, "n.submitted - n.on_time"), Plain("CountyApproved", Kind.Int32, "n.county_approved"),
            Plain("CityApproved", Kind.Int32, "n.city_approved"), Plain("Accepted", Kind.Int32, "n.accepted"), Filter("Returned", Kind.Int32, "n.returned"), Plain("Exempt", Kind.Int32, "n.exempt"),
            Computed("Rate", Kind.Decimal, row => Completeness.Share((int)row["Submitted"]!, (int)row["Due"]!)),
            Computed("TimelyRate", Kind.Decimal, row => Completeness.Share((int)row["OnTime"]!, (int)row["Due"]!)), Maybe("AsOf", Kind.DateTimeOffset, "n.as_of", true),
        ],
        $"from node_completeness n {PlaceOfCycle} where n.cycle_id = $1 and n.path >= $4 and n.path < $5 and {DashboardHead.SeenSql("o.id", "n.path", "$6", "$7")}",
        ["CycleId", "Path"], ByCycle: true);

    public static readonly IReadOnlyList<FeedSet> All = [Cycles, Organisations, Indicators, Figures, SchoolFigures, CompletenessOfPlaces];

    public static FeedSet? Find(string name) => All.FirstOrDefault(set => set.Name == name);

    private static FeedColumn[] Place(string path) =>
    [
        Filter("Path", Kind.String, path), Filter("Code", Kind.String, "o.code"), Plain("NameZh", Kind.String, "o.name_zh"), Plain("NameEn", Kind.String, "o.name_en"), Filter("Levels", Kind.String, "array_to_string(o.level_roles, ',')"),
    ];

    private static FeedColumn Key(string name, Kind kind, string sql) => new(name, kind, sql) { IsKey = true, Filters = true };

    private static FeedColumn Plain(string name, Kind kind, string sql) => new(name, kind, sql);

    private static FeedColumn Filter(string name, Kind kind, string sql) => new(name, kind, sql) { Filters = true };

    private static FeedColumn Maybe(string name, Kind kind, string sql, bool filters = false) => new(name, kind, sql) { Nullable = true, Filters = filters };

    private static FeedColumn Computed(string name, Kind kind, Func<FeedRow, object?> of) => new(name, kind, null) { Nullable = true, Of = of };
}
