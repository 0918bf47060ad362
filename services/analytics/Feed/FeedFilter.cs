using Gengdu.ServiceDefaults;
using Microsoft.OData.UriParser;
using Npgsql;

namespace Gengdu.Analytics.Feed;

/// <summary>$filter as SQL: expressions of ours, values as parameters that come right behind those of <see cref="FeedScope"/>.</summary>
/// <param name="Terms">Joined by "and".</param>
internal sealed record FeedFilter(IReadOnlyList<string> Terms, IReadOnlyList<object> Values)
{
    /// <summary>More than anybody types; a list of hundreds of schools is better filtered by their place.</summary>
    private const int Most = 200;
    private const string Offered = "eq, ge, gt, le, lt, in, and; eq null";

    public static (FeedFilter? Filter, Problem? Problem) Of(FeedSet set, FilterClause? clause)
    {
        var (terms, values) = (new List<string>(), new List<object>());
        var refused = clause is null ? null : Add(set, clause.Expression, terms, values);
        refused ??= Math.Max(terms.Count, values.Count) > Most ? FeedProblems.NotUnderstood($"values > {Most}") : null;
        return refused is null ? (new(terms, values), null) : (null, refused);
    }

    public string Sql => string.Concat(Terms.Select(term => $" and {term}"));

    public IEnumerable<NpgsqlParameter> Parameters() => Values.Select(value => new NpgsqlParameter { Value = value });

    private static Problem? Add(FeedSet set, QueryNode node, List<string> terms, List<object> values)
    {
        switch (Bare(node))
        {
            case BinaryOperatorNode { OperatorKind: BinaryOperatorKind.And } both:
                return Add(set, both.Left, terms, values) ?? Add(set, both.Right, terms, values);
            case BinaryOperatorNode { OperatorKind: var kind } compared when Operator(kind) is { } sign && Bare(compared.Left) is SingleValuePropertyAccessNode { Property.Name: var name } && Bare(compared.Right) is ConstantNode value:
                return Compare(set.Column(name), sign, value.Value, terms, values);
            case InNode { Left: var left, Right: CollectionConstantNode list } when Bare(left) is SingleValuePropertyAccessNode { Property.Name: var name }:
                return In(set.Column(name), list, terms, values);
            case var other:
                return FeedProblems.NotSupported($"$filter: {other.Kind}", Offered);
        }
    }

    private static Problem? Compare(FeedColumn column, string sign, object? value, List<string> terms, List<object> values)
    {
        if (!column.Filters)
        {
            return NotThis(column);
        }

        if (value is null)
        {
            terms.Add($"({column.Sql}) is null");
            return sign == "=" ? null : FeedProblems.NotSupported($"$filter: {column.Name} {sign} null", Offered);
        }

        terms.Add($"({column.Sql}) {sign} {Parameter(value, values)}");
        return null;
    }

    private static Problem? In(FeedColumn column, CollectionConstantNode list, List<string> terms, List<object> values)
    {
        if (!column.Filters || list.Collection.Any(one => one.Value is null))
        {
            return NotThis(column);
        }

        var listed = list.Collection.Select(one => Parameter(one.Value, values)).ToList();
        terms.Add(listed.Count == 0 ? "false" : $"({column.Sql}) in ({string.Join(", ", listed)})");
        return null;
    }

    private static string Parameter(object value, List<object> values)
    {
        values.Add(FeedValues.ForSql(value));
        return $"${FeedScope.Count + values.Count}";
    }

    private static Problem NotThis(FeedColumn column) => FeedProblems.NotSupported($"$filter: {column.Name}", "Org.OData.Capabilities.V1.FilterRestrictions in $metadata");

    private static QueryNode Bare(QueryNode node) => node is ConvertNode convert ? Bare(convert.Source) : node;

    private static string? Operator(BinaryOperatorKind kind) => kind switch
    {
        BinaryOperatorKind.Equal => "=",
        BinaryOperatorKind.GreaterThanOrEqual => ">=",
        BinaryOperatorKind.GreaterThan => ">",
        BinaryOperatorKind.LessThanOrEqual => "<=",
        BinaryOperatorKind.LessThan => "<",
        _ => null,
    };
}
