using System.Globalization;
using System.Text.Json;
using Gengdu.ServiceDefaults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.OData;
using Microsoft.OData.UriParser;

namespace Gengdu.Analytics.Feed;

/// <summary>What a client may ask of a set.</summary>
/// <param name="Select">Properties, with commas.</param>
/// <param name="Filter">Comparisons (eq, ge, gt, le, lt, in) of properties with values, joined by "and".</param>
/// <param name="OrderBy">The set's own order or the beginning of it.</param>
/// <param name="Top">At most so many rows in all.</param>
/// <param name="Count">"true": how many there are in all.</param>
/// <param name="SkipToken">Of the page before.</param>
/// <param name="Format">"json".</param>
internal sealed record FeedOptionsAsked(
    [FromQuery(Name = "$select")] string? Select, [FromQuery(Name = "$filter")] string? Filter, [FromQuery(Name = "$orderby")] string? OrderBy,
    [FromQuery(Name = "$top")] string? Top, [FromQuery(Name = "$count")] string? Count, [FromQuery(Name = "$skiptoken")] string? SkipToken,
    [FromQuery(Name = "$format")] string? Format);

/// <summary>A question that can be answered.</summary>
/// <param name="Selected">Null for all properties.</param>
/// <param name="After">Where the page begins: values of the set's order; null for the first.</param>
internal sealed record FeedQuery(FeedSet Set, SelectExpandClause? Selected, FeedFilter Filter, long? Top, bool Count, IReadOnlyList<string>? After)
{
    private const string Options = "$select, $filter, $orderby, $top, $count, $skiptoken, $format";
    private static readonly string[] s_known = Options.Split(", ");

    public static (FeedQuery? Query, Problem? Problem, string? Target) Of(FeedSet set, FeedOptionsAsked asked, IEnumerable<string> names)
    {
        if (names.FirstOrDefault(name => name.StartsWith('$') && !s_known.Contains(name)) is { } other)
        {
            return (null, FeedProblems.NotSupported(other, Options), other);
        }

        if (asked.Format is not (null or "json" or "application/json"))
        {
            return (null, FeedProblems.NotSupported($"$format={asked.Format}", "json"), "$format");
        }

        var target = "$filter";
        try
        {
            var parser = new ODataQueryOptionParser(FeedModel.Model, FeedModel.SetOf(set).EntityType, FeedModel.SetOf(set), Given(asked));
            var (filter, problem) = FeedFilter.Of(set, parser.ParseFilter());
            if (filter is null)
            {
                return (null, problem, target);
            }

            target = "$orderby";
            if (!IsOwnOrder(set, parser.ParseOrderBy()))
            {
                return (null, FeedProblems.NotSupported($"$orderby={asked.OrderBy}", string.Join(',', set.Order)), target);
            }

            target = "$select";
            var selected = parser.ParseSelectAndExpand();
            target = "$top";
            var top = parser.ParseTop();
            target = "$count";
            var count = parser.ParseCount() is true;
            target = "$skiptoken";
            return asked.SkipToken is null ? (new(set, selected, filter, top, count, null), null, null)
                : ReadToken(set, asked.SkipToken) is { } after ? (new(set, selected, filter, top, count, after), null, null)
                : (null, FeedProblems.PageUnknown, target);
        }
        catch (ODataException fault)
        {
            return (null, FeedProblems.NotUnderstood(fault.Message), target);
        }
    }

    /// <summary>The next page's token: of which set, and the values of its order in the last row of this one.</summary>
    public static string Token(FeedSet set, FeedRow last) =>
        System.Buffers.Text.Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(set.Order.Select(column => Written(last[column]!)).Prepend(set.Name)));

    private static string Written(object value) => value is DateTimeOffset time ? time.ToString("O", CultureInfo.InvariantCulture) : Convert.ToString(value, CultureInfo.InvariantCulture)!;

    private static string[]? ReadToken(FeedSet set, string token)
    {
        try
        {
            var read = JsonSerializer.Deserialize<string[]>(System.Buffers.Text.Base64Url.DecodeFromChars(token));
            return read is [var name, .. var values] && name == set.Name && values.Length == set.Order.Count && set.Order.Zip(values).All(pair => FeedValues.TryRead(set.Column(pair.First).Kind, pair.Second, out _))
                ? values : null;
        }
        catch (Exception fault) when (fault is JsonException or FormatException)
        {
            return null;
        }
    }

    private static Dictionary<string, string> Given(FeedOptionsAsked asked)
    {
        var given = new Dictionary<string, string>();
        foreach (var (name, value) in new[] { ("$select", asked.Select), ("$filter", asked.Filter), ("$orderby", asked.OrderBy), ("$top", asked.Top), ("$count", asked.Count) })
        {
            if (value is not null)
            {
                given[name] = value;
            }
        }

        return given;
    }

    private static bool IsOwnOrder(FeedSet set, OrderByClause? order)
    {
        for (var at = 0; order is not null; (order, at) = (order.ThenBy, at + 1))
        {
            if (at >= set.Order.Count || order.Direction != OrderByDirection.Ascending || order.Expression is not SingleValuePropertyAccessNode { Property.Name: var name } || name != set.Order[at])
            {
                return false;
            }
        }

        return true;
    }
}
