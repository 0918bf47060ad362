using Gengdu.Organisations;

namespace Gengdu.Reporting.Cycles;

/// <summary>Everybody with a right below the collecting province sees its cycles.</summary>
internal static class CycleScope
{
    public static IQueryable<Cycle> VisibleTo(this IQueryable<Cycle> cycles, Caller caller)
    {
        var above = caller.Rights.SelectMany(right => Ancestors(right.Path)).Distinct().ToArray();
        return cycles.Where(cycle => above.Contains(cycle.OrganisationPath));
    }

    // "/1/12/157/" lies below "/1/", "/1/12/" and itself.
    private static IEnumerable<string> Ancestors(string path)
    {
        for (var i = 1; i < path.Length; i++)
        {
            if (path[i] == '/')
            {
                yield return path[..(i + 1)];
            }
        }
    }
}
