namespace Gengdu.Analytics.Quality;

/// <summary>What is known of one school for judging how it reported.</summary>
/// <param name="OrganisationId">The school.</param>
/// <param name="Type">School type: like is compared with like.</param>
/// <param name="Due">Module reports owed.</param>
/// <param name="Submitted">Of them submitted.</param>
/// <param name="OnTime">Of those, on time at first.</param>
/// <param name="Typed">Typed numbers by module, of the latest revisions.</param>
/// <param name="Earlier">The same of the cycle before, as far as the fields mean the same.</param>
/// <param name="Values">Its value of each indicator that is a ratio.</param>
/// <param name="ValuesBefore">The same of the cycle before, where the definition is the same.</param>
internal sealed record SchoolReported(
    Guid OrganisationId, string? Type, int Due, int Submitted, int OnTime,
    IReadOnlyDictionary<string, IReadOnlyDictionary<string, double>> Typed, IReadOnlyDictionary<string, IReadOnlyDictionary<string, double>> Earlier,
    IReadOnlyDictionary<string, decimal> Values, IReadOnlyDictionary<string, decimal> ValuesBefore);

/// <summary>One of the things the score is made of.</summary>
/// <param name="Key">One of <see cref="QualityKinds.All"/>.</param>
/// <param name="Weight">Of 100.</param>
/// <param name="Percent">0 to 100; null where there is nothing to judge by: then the others share its weight.</param>
/// <param name="Count">What was counted: submitted, on time, outliers, jumps, equal numbers, round numbers.</param>
/// <param name="Of">Among so many.</param>
internal sealed record QualityPart(string Key, int Weight, int? Percent, int Count, int Of);

/// <summary>Something somebody should look at.</summary>
/// <param name="Kind">"peers", "history", "copied", "repeated" or "rounded".</param>
/// <param name="Indicator">Of an outlier or jump.</param>
/// <param name="Module">Of copied and repeated numbers.</param>
/// <param name="Value">The school's value, numerator by denominator.</param>
/// <param name="Against">The median of the schools like it, or its own value before.</param>
/// <param name="Other">The school whose numbers are the same.</param>
/// <param name="Count">Equal or round numbers, or schools compared with.</param>
/// <param name="Of">Among so many.</param>
internal sealed record QualityFinding(
    string Kind, string? Indicator = null, string? Module = null, decimal? Value = null, decimal? Against = null, Guid? Other = null, int Count = 0, int Of = 0);

/// <summary>How one school reported; no score before it submitted anything.</summary>
internal sealed record AssessedSchool(
    Guid OrganisationId, int? Score, IReadOnlyList<QualityPart> Parts, IReadOnlyList<QualityFinding> Findings, IReadOnlyList<string> Suspicions, int[] Digits)
{
    public static AssessedSchool Nothing(Guid organisationId) => new(organisationId, null, [], [], [], new int[10]);
}

internal static class QualityKinds
{
    public const string Complete = "complete", Timely = "timely", Peers = "peers", History = "history", Copied = "copied", Repeated = "repeated", Rounded = "rounded";

    /// <summary>In the order people see them.</summary>
    public static readonly string[] All = [Complete, Timely, Peers, History, Copied, Repeated, Rounded];

    /// <summary>Those that raise a suspicion; the others are plain counts.</summary>
    public static readonly string[] Suspicious = [Peers, History, Copied, Repeated, Rounded];
}

/// <summary>
/// The score "quality-1" of ADR 0028, of all schools directly below one place, since they are compared with each other. A pure function
/// of what they submitted: whatever order it came in, the same.
/// </summary>
internal static class Assessment
{
    public const string Method = "quality-1";
    private const int FindingsKept = 30;

    public static IReadOnlyList<AssessedSchool> Of(IReadOnlyList<SchoolReported> schools)
    {
        var inOrder = schools.OrderBy(school => school.OrganisationId).ToList();
        var like = new LikeSchools(inOrder);
        var copies = CopiedReports.Among(inOrder);
        return [.. inOrder.Select(school => school.Submitted == 0 ? AssessedSchool.Nothing(school.OrganisationId) : Of(school, like, copies))];
    }

    private static AssessedSchool Of(SchoolReported school, LikeSchools like, IReadOnlyDictionary<Guid, Copy> copies)
    {
        var digits = LastDigits.Of(school.Typed.Values.SelectMany(module => module.Values));
        (QualityPart Part, IReadOnlyList<QualityFinding> Findings)[] judged =
        [
            (new(QualityKinds.Complete, 20, Share(school.Submitted, school.Due), school.Submitted, school.Due), []),
            (new(QualityKinds.Timely, 10, Share(school.OnTime, school.Submitted), school.OnTime, school.Submitted), []),
            like.Outliers(school),
            OwnPast.Jumps(school),
            CopiedReports.Judge(copies.GetValueOrDefault(school.OrganisationId)),
            OwnPast.Repeated(school),
            LastDigits.Judge(digits),
        ];
        var findings = judged.SelectMany(one => one.Findings).ToList();
        return new(
            school.OrganisationId, Score([.. judged.Select(one => one.Part)]), [.. judged.Select(one => one.Part)], [.. findings.Take(FindingsKept)],
            [.. QualityKinds.Suspicious.Where(kind => findings.Any(finding => finding.Kind == kind))], digits);
    }

    /// <summary>The mean of the parts by their weights, in whole numbers: what the page shows adds up to the digit.</summary>
    public static int? Score(IReadOnlyList<QualityPart> parts)
    {
        var judged = parts.Where(part => part.Percent is not null).ToList();
        var weight = judged.Sum(part => part.Weight);
        return weight == 0 ? null : ((2 * judged.Sum(part => part.Weight * part.Percent!.Value)) + weight) / (2 * weight);
    }

    /// <summary>Whole percent, rounded down: 100 is only what is whole.</summary>
    public static int? Share(int count, int of) => of == 0 ? null : 100 * Math.Min(count, of) / of;

    /// <summary>100 up to one share, 0 from another, straight between them; all in hundredths.</summary>
    public static int Falling(int count, int of, int from, int until)
    {
        var over = (100 * count) - (from * of);
        return over <= 0 ? 100 : Math.Max(0, 100 - (100 * over / ((until - from) * of)));
    }
}
