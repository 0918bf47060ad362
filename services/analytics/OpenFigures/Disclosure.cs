using Gengdu.Analytics.Cycles;

namespace Gengdu.Analytics.OpenFigures;

/// <summary>
/// Which numbers of one indicator may be told to everybody: those from which, with all that was told before, nobody can work out
/// what one or two schools reported.
/// </summary>
internal static class Disclosure
{
    /// <summary>Fewer schools are not told, nor is anything that gives them away.</summary>
    public const int AtLeast = 3;

    /// <param name="places">Every place that has a cell, with every place above it.</param>
    /// <param name="now">What the schools gave.</param>
    /// <param name="earlier">The cycle's publications before, all of them: a correction taken back would show in the difference to any.</param>
    /// <param name="withheld">Places that must not be told for another reason.</param>
    /// <returns>The places that are told, empty ones among them.</returns>
    public static HashSet<string> Told(IReadOnlyCollection<string> places, IReadOnlyList<SchoolPart> now, IReadOnlyList<EarlierParts> earlier, IReadOnlySet<string> withheld)
    {
        var schools = Count(places, now.Select(part => part.NodePath));
        var told = places.Where(place => schools[place] == 0 || !withheld.Contains(place)).ToHashSet();
        var own = new Cover(schools);
        var changes = earlier.Select(before => (before.Fresh, Counts: Count(places, Changed(before.Parts, now))))
            .Select(change => (change.Fresh, Cover: new Cover(change.Counts), Touched: change.Counts.Where(count => count.Value > 0).Select(count => count.Key))).ToList();
        bool again;
        do
        {
            again = own.Close(told);
            foreach (var (fresh, cover, _) in changes)
            {
                // What was not told then has no difference to now.
                var both = told.Where(fresh.Contains).ToHashSet();
                var known = both.ToHashSet();
                if (cover.Close(both))
                {
                    told.ExceptWith(known.Except(both).ToList());
                    again = true;
                }
            }
        }
        while (again);

        // Schools that moved, and numbers held back and told later, make no plain tree over several publications: those are solved as equations.
        // What they give away is met by telling nothing that changed, and if that is not enough, nothing anew.
        if (earlier.Count == 0 || !Equations.GiveAway([.. earlier, new(now, told)], AtLeast))
        {
            return told;
        }

        told.ExceptWith(changes.SelectMany(change => change.Touched).ToList());
        return Equations.GiveAway([.. earlier, new(now, told)], AtLeast) ? [] : told;
    }

    /// <summary>Where each school stood whose numbers came, went or are others; both places of one that moved.</summary>
    private static IEnumerable<string> Changed(IReadOnlyList<SchoolPart> before, IReadOnlyList<SchoolPart> now)
    {
        var then = before.ToDictionary(part => part.School);
        foreach (var part in now)
        {
            if (!then.Remove(part.School, out var old))
            {
                yield return part.NodePath;
            }
            else if (old != part)
            {
                yield return part.NodePath;
                if (old.NodePath != part.NodePath)
                {
                    yield return old.NodePath;
                }
            }
        }

        foreach (var part in then.Values)
        {
            yield return part.NodePath;
        }
    }

    /// <summary>Schools at and below each place.</summary>
    internal static Dictionary<string, int> Count(IReadOnlyCollection<string> places, IEnumerable<string> nodes)
    {
        var counts = places.ToDictionary(place => place, _ => 0);
        foreach (var node in nodes.GroupBy(node => node))
        {
            foreach (var place in TreePath.Ancestors(node.Key).Prepend(node.Key))
            {
                counts[place] = counts.GetValueOrDefault(place) + node.Count();
            }
        }

        return counts;
    }
}
