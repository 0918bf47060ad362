using System.Globalization;

namespace Gengdu.Analytics.OpenFigures;

/// <summary>
/// All told numbers of several publications as equations over what the schools reported. A school that corrected itself is two unknowns.
/// Asked is whether some sum of multiples of told numbers is about fewer schools than may be told.
/// </summary>
internal static class Equations
{
    // Whole numbers modulo a prime: exact, and no sum grows. Told numbers are sums, so all coefficients are 0 and 1.
    private const long Prime = int.MaxValue;

    /// <param name="publications">Parts, and which places were told of them.</param>
    /// <param name="atLeast">So many schools at least.</param>
    public static bool GiveAway(IReadOnlyList<EarlierParts> publications, int atLeast)
    {
        var atoms = Atoms(publications);
        // Schools that always stand together in the same equations are one unknown; enough of them give nobody away, and are solved away first.
        var columns = atoms.OrderBy(atom => atom.Schools.Count < atLeast).ThenBy(atom => atom.Signature, StringComparer.Ordinal).ToList();
        var large = columns.TakeWhile(atom => atom.Schools.Count >= atLeast).Count();
        // What no correction touched says the same in each publication.
        var rows = publications.SelectMany((publication, p) => publication.Fresh.Select(place => Row(columns, p, place))).DistinctBy(string.Concat).ToList();
        var few = Solve(rows, large).Select(row => row[large..]).ToList();
        return few.Count > 0 && Groups(few, columns[large..]).Any(schools => Shows(few, columns[large..], schools));
    }

    private static List<Atom> Atoms(IReadOnlyList<EarlierParts> publications)
    {
        var unknowns = new Dictionary<(Guid School, long Print), List<(int Publication, string Node)>>();
        for (var p = 0; p < publications.Count; p++)
        {
            foreach (var part in publications[p].Parts)
            {
                (unknowns.TryGetValue((part.School, part.Print), out var known) ? known : unknowns[(part.School, part.Print)] = []).Add((p, part.NodePath));
            }
        }

        return [.. unknowns.GroupBy(unknown => string.Join(';', unknown.Value.Select(at => string.Create(CultureInfo.InvariantCulture, $"{at.Publication}{at.Node}"))))
            .Select(group => new Atom(group.Key, group.First().Value, [.. group.Select(unknown => unknown.Key.School)]))];
    }

    private static long[] Row(List<Atom> columns, int publication, string place) =>
        [.. columns.Select(atom => atom.At.Any(at => at.Publication == publication && at.Node.StartsWith(place, StringComparison.Ordinal)) ? 1L : 0L)];

    /// <summary>Eliminates the first columns; what is left of the rows says something about the others alone, none of them twice.</summary>
    private static List<long[]> Solve(List<long[]> rows, int first)
    {
        var left = rows;
        for (var column = 0; column < first && left.Count > 0; column++)
        {
            left = Eliminate(left, column).Left;
        }

        var independent = new List<long[]>();
        for (var column = first; left.Count > 0 && column < left[0].Length; column++)
        {
            var (pivot, rest) = Eliminate(left, column);
            left = rest;
            if (pivot is not null)
            {
                independent.Add(pivot);
            }
        }

        return independent;
    }

    private static (long[]? Pivot, List<long[]> Left) Eliminate(List<long[]> rows, int column)
    {
        var at = rows.FindIndex(row => row[column] != 0);
        if (at < 0)
        {
            return (null, rows);
        }

        var pivot = rows[at];
        var inverse = Power(pivot[column], Prime - 2);
        rows.RemoveAt(at);
        foreach (var row in rows.Where(row => row[column] != 0))
        {
            var factor = Prime - (row[column] * inverse % Prime);
            for (var i = column; i < row.Length; i++)
            {
                row[i] = (row[i] + (factor * pivot[i])) % Prime;
            }
        }

        return (pivot, rows);
    }

    /// <summary>Whether the equations say something about these schools alone: without their columns they say less.</summary>
    private static bool Shows(List<long[]> few, List<Atom> columns, HashSet<Guid> schools)
    {
        var others = Enumerable.Range(0, columns.Count).Where(column => !columns[column].Schools.IsSubsetOf(schools)).ToArray();
        return Solve([.. few.Select(row => others.Select(column => row[column]).ToArray())], 0).Count < few.Count;
    }

    /// <summary>One school, or two that stand in equations together; those apart give nothing away together that one does not alone.</summary>
    private static IEnumerable<HashSet<Guid>> Groups(List<long[]> few, List<Atom> columns)
    {
        var linked = few.Select(row => columns.Where((_, column) => row[column] != 0).SelectMany(atom => atom.Schools).ToHashSet()).ToList();
        for (var i = 0; i < linked.Count; i++)
        {
            for (var j = linked.Count - 1; j > i; j--)
            {
                if (linked[i].Overlaps(linked[j]))
                {
                    linked[i].UnionWith(linked[j]);
                    linked.RemoveAt(j);
                    j = linked.Count;
                }
            }
        }

        return linked.SelectMany(group => group.SelectMany((one, i) => group.Skip(i).Select(other => new HashSet<Guid> { one, other })));
    }

    private static long Power(long value, long exponent)
    {
        long result = 1;
        for (value %= Prime; exponent > 0; exponent >>= 1, value = value * value % Prime)
        {
            result = (exponent & 1) == 1 ? result * value % Prime : result;
        }

        return result;
    }

    private sealed record Atom(string Signature, List<(int Publication, string Node)> At, HashSet<Guid> Schools);
}
