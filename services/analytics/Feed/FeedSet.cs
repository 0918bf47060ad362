using Gengdu.Analytics.Dashboards;
using Gengdu.Rules;
using Microsoft.OData.Edm;

namespace Gengdu.Analytics.Feed;

/// <summary>One property of an entity.</summary>
/// <param name="Name">As clients see it.</param>
/// <param name="Kind">Its EDM type.</param>
/// <param name="Sql">Expression in the set's query; null for what is worked out from the others.</param>
internal sealed record FeedColumn(string Name, EdmPrimitiveTypeKind Kind, string? Sql)
{
    public bool IsKey { get; init; }

    /// <summary>Whether $filter takes it.</summary>
    public bool Filters { get; init; }

    public bool Nullable { get; init; }

    /// <summary>Worked out where the pages of figures do it too, so that both show the same number.</summary>
    public Func<FeedRow, object?>? Of { get; init; }
}

/// <summary>One row as it was read.</summary>
/// <param name="Cycle">Of sets that go by cycle; null of others.</param>
internal sealed record FeedRow(FeedSet Set, object?[] Values, FeedCycle? Cycle)
{
    public object? this[string column] => Values[Set.IndexOf(column)];

    public Indicator Indicator => Cycle!.Indicators[(string)this["IndicatorId"]!];

    /// <summary>Of a place or school with a figure; what is null stays null.</summary>
    public Measured Measured => new(true, (decimal?)this["Numerator"], (decimal?)this["Denominator"], Indicator.Target?.Value);
}

/// <summary>A set of entities: what they have, and the query they come from. $1 to $9 of it are those of <see cref="FeedScope"/>.</summary>
/// <param name="Columns">In the order in which they are shown.</param>
/// <param name="From">"from … where …", scope included.</param>
/// <param name="Order">Columns of the one order the set has; together they name a row, so that a page begins right behind the one before.</param>
/// <param name="ByCycle">Read a cycle after the other, whose id is the first of <paramref name="Order"/>.</param>
internal sealed record FeedSet(string Name, string TypeName, IReadOnlyList<FeedColumn> Columns, string From, IReadOnlyList<string> Order, bool ByCycle)
{
    private readonly Dictionary<string, int> _at = Columns.Select((column, at) => (column.Name, at)).ToDictionary(pair => pair.Name, pair => pair.at);

    /// <summary>Whether the definitions of the cycles are needed to read it.</summary>
    public bool OfIndicators { get; init; }

    public int IndexOf(string column) => _at[column];

    public FeedColumn Column(string name) => Columns[_at[name]];

    /// <summary>What a query selects: in the place of what is worked out stands nothing.</summary>
    public string Select => string.Join(", ", Columns.Select(column => column.Sql ?? "null"));

    public string SqlOf(string column) => Column(column).Sql!;
}
