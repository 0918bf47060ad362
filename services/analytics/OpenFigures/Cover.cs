using Gengdu.Analytics.Cycles;

namespace Gengdu.Analytics.OpenFigures;

/// <summary>
/// What is left of a place when the told places below it are taken away. A tree's numbers are sums, so these rests are all that
/// subtraction can find: none may be that of one or two schools.
/// </summary>
internal sealed class Cover
{
    private readonly IReadOnlyDictionary<string, int> _schools;
    private readonly string[] _deepestFirst;
    private readonly ILookup<string, string> _below;

    /// <param name="schools">How many schools each place's number is made of; every place above a place is there too.</param>
    public Cover(IReadOnlyDictionary<string, int> schools)
    {
        _schools = schools;
        _deepestFirst = [.. TreePath.ByDepth(schools.Keys).SelectMany(depth => depth)];
        _below = schools.Keys.ToLookup(TreePath.Parent);
    }

    /// <summary>Takes places out of those that are told until no rest is too small. Never more than needed of one parent: the smallest first.</summary>
    /// <returns>Whether any was taken out.</returns>
    public bool Close(HashSet<string> told)
    {
        var before = told.Count;
        foreach (var place in _deepestFirst.Where(told.Contains))
        {
            if (TooFew(_schools[place]))
            {
                told.Remove(place);
                continue;
            }

            for (var parts = Told(place, told); TooFew(_schools[place] - parts.Sum(part => _schools[part])); parts = Told(place, told))
            {
                told.Remove(parts.Where(part => _schools[part] > 0).OrderBy(part => _schools[part]).ThenBy(part => part, StringComparer.Ordinal).First());
            }
        }

        return told.Count < before;
    }

    private static bool TooFew(int schools) => schools is > 0 and < Disclosure.AtLeast;

    /// <summary>The highest told places below a place.</summary>
    private List<string> Told(string place, HashSet<string> told) => [.. _below[place].SelectMany(below => told.Contains(below) ? [below] : Told(below, told))];
}
