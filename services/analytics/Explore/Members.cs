using System.Globalization;
using Gengdu.Analytics.Explanations;
using Gengdu.ServiceDefaults;
using Npgsql;

namespace Gengdu.Analytics.Explore;

/// <summary>What the keys of an answer mean, and in which order they stand.</summary>
internal sealed class Members
{
    private readonly Dictionary<string, IReadOnlyList<MemberResponse>> _of = [];
    private readonly Dictionary<string, Dictionary<string, int>> _order = [];
    private readonly Dictionary<string, string> _idOfPlace = [];

    public static async Task<Members> ReadAsync(Database database, Asked asked, List<CycleHead> heads, List<Fact> facts, CancellationToken cancellationToken)
    {
        var members = new Members();
        members.Take(Asked.Cycle, heads.Select(head => new MemberResponse(head.Id.ToString(), head.Name)));
        // As the newest cycle calls them.
        members.Take(Asked.Indicator, heads.AsEnumerable().Reverse().SelectMany(head => head.Indicators).DistinctBy(indicator => indicator.Id)
            .Select(indicator => new MemberResponse(indicator.Id, DefinitionResponse.Both(indicator.Name), DefinitionResponse.Both(indicator.Unit), indicator.Decimals)));
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        foreach (var kind in asked.Kinds)
        {
            var keys = facts.Select(fact => fact.Keys[kind]).Distinct().ToArray();
            if (Asked.IsPlace(kind) || kind == Asked.School)
            {
                members.Take(kind, members.Known(await (kind == Asked.School ? PlaceNames.OfSchoolsAsync(connection, keys, cancellationToken) : PlaceNames.OfPathsAsync(connection, keys, cancellationToken))));
            }
            else
            {
                // Classes of size by size; what is not known stands last.
                members.Take(kind, keys.OrderBy(key => key.Length == 0).ThenBy(key => kind == "size" ? Begins(key) : 0).ThenBy(key => key, StringComparer.Ordinal).Select(key => new MemberResponse(key, null)));
            }
        }

        return members;
    }

    /// <summary>The facts with places by their ids.</summary>
    public IEnumerable<Fact> Named(IEnumerable<Fact> facts) =>
        facts.Select(fact => new Fact(fact.Keys.ToDictionary(pair => pair.Key, pair => Asked.IsPlace(pair.Key) ? _idOfPlace.GetValueOrDefault(pair.Value, pair.Value) : pair.Value), fact.Sums));

    public int PlaceOf(string dimension, string key) => _order[dimension].GetValueOrDefault(key, int.MaxValue - 1);

    /// <summary>Those that a heading speaks of; cycles and indicators all.</summary>
    public Dictionary<string, IReadOnlyList<MemberResponse>> Shown(Pivot pivot)
    {
        var keys = pivot.Rows.Concat(pivot.Columns).SelectMany(heading => heading.Keys).OfType<string>().ToHashSet();
        return _of.ToDictionary(pair => pair.Key, pair => pair.Key is Asked.Cycle or Asked.Indicator ? pair.Value : [.. pair.Value.Where(member => keys.Contains(member.Key))]);
    }

    private static int Begins(string size) => int.TryParse(size.Split('-')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var from) ? from : int.MaxValue;

    private void Take(string dimension, IEnumerable<MemberResponse> members)
    {
        _of[dimension] = [.. members];
        _order[dimension] = _of[dimension].Select((member, at) => (member.Key, at)).ToDictionary(pair => pair.Key, pair => pair.at);
    }

    /// <summary>Whose ids stand for these keys; one that stood at several places is one member.</summary>
    private IEnumerable<MemberResponse> Known(List<PlaceName> places)
    {
        foreach (var place in places)
        {
            _idOfPlace[place.Key] = place.Id;
        }

        return places.DistinctBy(place => place.Id).Select(place => new MemberResponse(place.Id, place.Name));
    }
}
