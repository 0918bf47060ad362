namespace Gengdu.Analytics.Quality;

/// <summary>
/// Values far from those of the schools of one type at one place, by the modified z-score: distances from the median, measured by the
/// median of all distances. A mean and a deviation would be moved by the very schools that are looked for.
/// </summary>
internal sealed class LikeSchools
{
    private const int Least = 6;
    private const decimal Far = 3.5m;
    private const decimal Normal = 0.6745m;

    private readonly Dictionary<(string? Type, string Indicator), (decimal Median, decimal Distance, int Schools)> _groups;

    public LikeSchools(IEnumerable<SchoolReported> schools) => _groups = schools
        .SelectMany(school => school.Values.Select(value => (Key: (school.Type, Indicator: value.Key), value.Value)))
        .GroupBy(one => one.Key, one => one.Value)
        .Where(group => group.Count() >= Least)
        .ToDictionary(group => group.Key, group =>
        {
            var median = Median(group);
            return (median, Median(group.Select(value => Math.Abs(value - median))), group.Count());
        });

    public (QualityPart Part, IReadOnlyList<QualityFinding> Findings) Outliers(SchoolReported school)
    {
        var findings = new List<QualityFinding>();
        var compared = 0;
        foreach (var (indicator, value) in school.Values.OrderBy(value => value.Key, StringComparer.Ordinal))
        {
            // Where more than half say the same there is no distance to measure by.
            if (!_groups.TryGetValue((school.Type, indicator), out var group) || group.Distance == 0)
            {
                continue;
            }

            compared++;
            if (Normal * Math.Abs(value - group.Median) > Far * group.Distance)
            {
                findings.Add(new(QualityKinds.Peers, indicator, Value: value, Against: group.Median, Count: group.Schools));
            }
        }

        // A quarter of all values out of line leaves nothing.
        return (new(QualityKinds.Peers, 20, compared == 0 ? null : Assessment.Falling(findings.Count, compared, 0, 25), findings.Count, compared), findings);
    }

    public static decimal Median(IEnumerable<decimal> values)
    {
        decimal[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
