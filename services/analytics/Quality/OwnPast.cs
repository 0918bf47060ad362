namespace Gengdu.Analytics.Quality;

/// <summary>A school beside its own cycle before: values that leapt, and numbers that did not move at all.</summary>
internal static class OwnPast
{
    private const int LeastNumbers = 6;
    private const int SuspiciousPercent = 80;

    /// <summary>Ratios that more than doubled or more than halved. From or to zero says nothing about a factor.</summary>
    public static (QualityPart Part, IReadOnlyList<QualityFinding> Findings) Jumps(SchoolReported school)
    {
        var findings = new List<QualityFinding>();
        var compared = 0;
        foreach (var (indicator, value) in school.Values.OrderBy(value => value.Key, StringComparer.Ordinal))
        {
            if (value <= 0 || !school.ValuesBefore.TryGetValue(indicator, out var before) || before <= 0)
            {
                continue;
            }

            compared++;
            if (value > 2 * before || before > 2 * value)
            {
                findings.Add(new(QualityKinds.History, indicator, Value: value, Against: before));
            }
        }

        return (new(QualityKinds.History, 10, compared == 0 ? null : Assessment.Falling(findings.Count, compared, 0, 50), findings.Count, compared), findings);
    }

    /// <summary>
    /// Numbers that equal those of the cycle before, zeros left out. Half of them may: areas and rooms stay. The threshold of the
    /// programme's own warning counts for the suspicion.
    /// </summary>
    public static (QualityPart Part, IReadOnlyList<QualityFinding> Findings) Repeated(SchoolReported school)
    {
        var findings = new List<QualityFinding>();
        var (equal, compared) = (0, 0);
        foreach (var (module, numbers) in school.Typed.OrderBy(module => module.Key, StringComparer.Ordinal))
        {
            if (!school.Earlier.TryGetValue(module, out var before))
            {
                continue;
            }

            var (same, all) = (0, 0);
            foreach (var (cell, number) in numbers)
            {
                if (number != 0 && before.TryGetValue(cell, out var earlier))
                {
                    all++;
                    same += number.Equals(earlier) ? 1 : 0;
                }
            }

            (equal, compared) = (equal + same, compared + all);
            if (all >= LeastNumbers && 100 * same >= SuspiciousPercent * all)
            {
                findings.Add(new(QualityKinds.Repeated, Module: module, Count: same, Of: all));
            }
        }

        return (new(QualityKinds.Repeated, 10, compared < LeastNumbers ? null : Assessment.Falling(equal, compared, 50, 100), equal, compared), findings);
    }
}
