using System.Numerics;
using Gengdu.Analytics.OpenFigures;

namespace Gengdu.Analytics.Tests.OpenFigures;

/// <summary>
/// Somebody with all publications, a register of schools and patience: adds and subtracts whatever was told, in fractions, school by school,
/// and looks whether anything is left that only one or two schools are in. Written apart from the code it attacks.
/// </summary>
internal static class Attacker
{
    /// <summary>Schools found out, at most two together; null when there are none.</summary>
    public static string? Finds(IReadOnlyList<EarlierParts> publications)
    {
        var unknowns = publications.SelectMany(publication => publication.Parts).Select(part => (part.School, part.Print)).Distinct().ToList();
        var equations = publications.SelectMany(publication => publication.Fresh.Select(place =>
            publication.Parts.Where(part => part.NodePath.StartsWith(place, StringComparison.Ordinal)).Select(part => (part.School, part.Print)).ToHashSet())).ToList();
        // Where an unknown stands, as a text of 0 and 1: those of the same text cannot be told apart by anybody.
        var columns = unknowns.ToDictionary(unknown => unknown, unknown => string.Concat(equations.Select(equation => equation.Contains(unknown) ? '1' : '0')));
        var rank = Rank(columns.Values);
        var schools = columns.GroupBy(pair => pair.Key.School).GroupBy(school => string.Join(';', school.Select(pair => pair.Value).Order(StringComparer.Ordinal)))
            .SelectMany(alike => alike.Take(2).Select(school => school.Key)).ToList();
        foreach (var (one, i) in schools.Select((school, i) => (school, i)))
        {
            if (schools.Skip(i).FirstOrDefault(other => Rank(columns.Where(pair => pair.Key.School != one && pair.Key.School != other).Select(pair => pair.Value)) < rank) is var found && found != Guid.Empty)
            {
                return $"{one} {found}";
            }
        }

        return null;
    }

    /// <summary>How many independent things the equations say about these unknowns.</summary>
    private static int Rank(IEnumerable<string> columns)
    {
        var rows = columns.Distinct().Select(column => column.Select(c => new Fraction(c - '0', 1)).ToArray()).ToList();
        var rank = 0;
        for (var column = 0; rows.Count > 0 && column < rows[0].Length; column++)
        {
            if (rows.Find(row => !row[column].IsZero) is not { } pivot)
            {
                continue;
            }

            rank++;
            rows.Remove(pivot);
            foreach (var row in rows.Where(row => !row[column].IsZero))
            {
                var factor = row[column].Over(pivot[column]);
                for (var i = column; i < row.Length; i++)
                {
                    row[i] = pivot[i].IsZero ? row[i] : row[i].Minus(factor.Times(pivot[i]));
                }
            }
        }

        return rank;
    }

    private readonly record struct Fraction(long Top, long Bottom)
    {
        public bool IsZero => Top == 0;

        public Fraction Times(Fraction other) => Of(checked(Top * other.Top), checked(Bottom * other.Bottom));

        public Fraction Over(Fraction other) => Of(checked(Top * other.Bottom), checked(Bottom * other.Top));

        public Fraction Minus(Fraction other) => Of(checked((Top * other.Bottom) - (other.Top * Bottom)), checked(Bottom * other.Bottom));

        private static Fraction Of(long top, long bottom)
        {
            var common = (long)BigInteger.GreatestCommonDivisor(top, bottom);
            return new(top / common, bottom / common);
        }
    }
}
