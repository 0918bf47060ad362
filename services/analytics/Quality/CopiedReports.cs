namespace Gengdu.Analytics.Quality;

/// <summary>The school that a module of another one resembles most.</summary>
internal sealed record Copy(string Module, Guid Other, int Equal, int Of);

/// <summary>
/// Modules whose numbers are those of another school at the same place. Small numbers meet by chance and are left out; so is what many
/// schools say alike in a cell, which is a standard and no copy.
/// </summary>
internal static class CopiedReports
{
    /// <summary>From here up two schools seldom have the same number in the same cell.</summary>
    private const double Telling = 20;
    private const int LeastNumbers = 6;
    private const int SuspiciousPercent = 80;

    // What at least four schools and more than a fifth of those that answer a cell say is a standard.
    private const int StandardAtLeast = 4;
    private const int StandardShare = 5;

    /// <summary>For each school its closest resemblance in one module, if there is any to speak of.</summary>
    public static IReadOnlyDictionary<Guid, Copy> Among(IReadOnlyList<SchoolReported> schools)
    {
        var closest = new Dictionary<Guid, Copy>();
        foreach (var module in schools.SelectMany(school => school.Typed.Keys).Distinct().Order(StringComparer.Ordinal))
        {
            var reported = schools.Where(school => school.Typed.ContainsKey(module)).ToArray();
            var numbers = TellingNumbers([.. reported.Select(school => school.Typed[module])]);
            for (var one = 0; one < reported.Length; one++)
            {
                for (var other = one + 1; other < reported.Length; other++)
                {
                    var (equal, of) = Compare(numbers[one], numbers[other]);
                    if (of >= LeastNumbers && equal > 0)
                    {
                        Keep(closest, reported[one].OrganisationId, new(module, reported[other].OrganisationId, equal, of));
                        Keep(closest, reported[other].OrganisationId, new(module, reported[one].OrganisationId, equal, of));
                    }
                }
            }
        }

        return closest;
    }

    public static (QualityPart Part, IReadOnlyList<QualityFinding> Findings) Judge(Copy? copy) => copy is null
        ? (new(QualityKinds.Copied, 20, null, 0, 0), [])
        : (new(QualityKinds.Copied, 20, Assessment.Falling(copy.Equal, copy.Of, 50, 100), copy.Equal, copy.Of),
            100 * copy.Equal >= SuspiciousPercent * copy.Of ? [new(QualityKinds.Copied, Module: copy.Module, Other: copy.Other, Count: copy.Equal, Of: copy.Of)] : []);

    /// <summary>Each school's numbers at the same places of an array, NaN where it has none that tells anything.</summary>
    private static double[][] TellingNumbers(IReadOnlyDictionary<string, double>[] schools)
    {
        string[] cells = [.. schools.SelectMany(school => school.Where(cell => Math.Abs(cell.Value) >= Telling).Select(cell => cell.Key)).Distinct().Order(StringComparer.Ordinal)];
        var numbers = Array.ConvertAll(schools, _ => new double[cells.Length]);
        for (var cell = 0; cell < cells.Length; cell++)
        {
            var known = Array.ConvertAll(schools, school => school.TryGetValue(cells[cell], out var number) ? number : double.NaN);
            var answers = known.Count(number => !double.IsNaN(number));
            var standards = known.CountBy(number => number).Where(number => number.Value >= StandardAtLeast && StandardShare * number.Value > answers).Select(number => number.Key).ToHashSet();
            for (var school = 0; school < schools.Length; school++)
            {
                numbers[school][cell] = Math.Abs(known[school]) >= Telling && !standards.Contains(known[school]) ? known[school] : double.NaN;
            }
        }

        return numbers;
    }

    private static (int Equal, int Of) Compare(double[] one, double[] other)
    {
        var (equal, of) = (0, 0);
        for (var cell = 0; cell < one.Length; cell++)
        {
            if (!double.IsNaN(one[cell]) && !double.IsNaN(other[cell]))
            {
                of++;
                equal += one[cell].Equals(other[cell]) ? 1 : 0;
            }
        }

        return (equal, of);
    }

    // The larger share, then more numbers, then whoever comes first by module and id: always the same one.
    private static void Keep(Dictionary<Guid, Copy> closest, Guid school, Copy copy)
    {
        if (!closest.TryGetValue(school, out var known) || (long)copy.Equal * known.Of > (long)known.Equal * copy.Of
            || ((long)copy.Equal * known.Of == (long)known.Equal * copy.Of && copy.Of > known.Of))
        {
            closest[school] = copy;
        }
    }
}
