namespace Gengdu.Analytics.Explore;

/// <summary>A question that can be answered: every dimension is known and stands once, and each cell will be about one indicator of one cycle.</summary>
internal sealed record Asked(
    Guid Place, IReadOnlyList<Guid> Cycles, bool Newest, IReadOnlyList<string> Indicators, IReadOnlyList<string> Rows, IReadOnlyList<string> Columns,
    IReadOnlyDictionary<string, IReadOnlySet<string>> Where)
{
    public const string Cycle = "cycle";
    public const string Indicator = "indicator";
    public const string City = "city";
    public const string County = "county";
    public const string School = "school";
    public const string Stage = "stage";

    private const int MostCycles = 12;
    private const int MostIndicators = 60;
    private const int MostOnAnAxis = 3;
    private const int Longest = 2000;

    private static readonly string[] s_kinds = [City, County, School, "level", "school-type", Stage, "urban-rural", "run-by", "boarding", "size", "state"];

    /// <summary>All but cycle and indicator that the answer has to be parted by: those on an axis and those that are filtered.</summary>
    public IReadOnlyList<string> Kinds { get; } = [.. s_kinds.Where(kind => Rows.Contains(kind) || Columns.Contains(kind) || Where.ContainsKey(kind))];

    /// <summary>Whether roll-ups have the answer: they are by place.</summary>
    public bool ByPlaceAlone => Kinds.All(IsPlace);

    public static bool IsPlace(string dimension) => dimension is City or County;

    /// <summary>Whether what lies along it can be added up: numbers of two cycles or of two indicators cannot, and a school may have two stages.</summary>
    public static bool AddsUp(string dimension) => dimension is not (Cycle or Indicator or Stage);

    /// <summary>Null when it cannot be laid out.</summary>
    public static Asked? Of(ExploreQuestion question)
    {
        if (new[] { question.Cycles, question.Indicators, question.Rows, question.Columns, question.Where }.Any(text => text?.Length > Longest))
        {
            return null;
        }

        var (rows, columns, indicators) = (List(question.Rows), List(question.Columns), List(question.Indicators));
        var axes = rows.Concat(columns).ToList();
        var newest = question.Cycles == "newest";
        var cycles = newest ? [] : List(question.Cycles).ConvertAll(text => Guid.TryParse(text, out var id) ? id : Guid.Empty);
        var known = axes.All(dimension => dimension is Cycle or Indicator || s_kinds.Contains(dimension)) && axes.Distinct().Count() == axes.Count
            && rows.Count <= MostOnAnAxis && columns.Count <= MostOnAnAxis;
        return known && (newest || cycles.Count is > 0 and <= MostCycles) && indicators.Count is > 0 and <= MostIndicators
            && (indicators.Count == 1 || axes.Contains(Indicator)) && (newest || cycles.Count == 1 || axes.Contains(Cycle))
            && Filters(question.Where) is { } where && (!where.TryGetValue(Stage, out var stages) || stages.Count == 1 || axes.Contains(Stage))
            ? new(question.OrganisationId, [.. cycles.Distinct()], newest, [.. indicators.Distinct()], rows, columns, where) : null;
    }

    private static List<string> List(string? text) => [.. (text ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)];

    // Null when it cannot be read or names a dimension that is not filtered by.
    private static Dictionary<string, IReadOnlySet<string>>? Filters(string? text)
    {
        var filters = new Dictionary<string, IReadOnlySet<string>>();
        foreach (var part in (text ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries))
        {
            // An empty key is a group too: the schools of which it is not known.
            if (part.Split(':') is not [var dimension, var keys] || !s_kinds.Contains(dimension) || !filters.TryAdd(dimension, keys.Split('|').ToHashSet()))
            {
                return null;
            }
        }

        return filters;
    }
}
