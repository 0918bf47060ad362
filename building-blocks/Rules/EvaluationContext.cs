using System.Globalization;
using System.Text.Json;

namespace Gengdu.Rules;

/// <summary>What rules know besides the values: the organisation that reports and the period it reports on.</summary>
public sealed record EvaluationContext(SchoolContext School, PeriodContext Period)
{
    /// <summary>What the organisation signed for the module that is evaluated in the cycle before; null when it signed nothing.</summary>
    public JsonElement? Previous { get; init; }

    /// <summary>What the central school of a teaching point signed for the same module in this cycle; null when there is none.</summary>
    public JsonElement? Parent { get; init; }

    /// <summary>Figures from registers by the programme's <see cref="Programme.Master"/> keys; null when there are none.</summary>
    public IReadOnlyDictionary<string, double>? Master { get; init; }

    /// <summary>Figures of schools like this one by indicator; null, or without an entry, where there are too few of them.</summary>
    public IReadOnlyDictionary<string, PeerStatistics>? Peers { get; init; }
}

/// <summary>An indicator among schools of the same kind in the same county.</summary>
/// <param name="N">How many schools.</param>
/// <param name="Median">What the schools in the middle have.</param>
/// <param name="Low">What the lower schools have.</param>
/// <param name="High">What the upper schools have.</param>
/// <param name="Mean">Mean of the schools.</param>
/// <param name="Deviation">Standard deviation between the schools.</param>
public sealed record PeerStatistics(double N, double Median, double Low, double High, double Mean, double Deviation);

/// <summary>The reporting organisation as it was when the cycle's roster was frozen; departments have no type and no grades.</summary>
/// <param name="Code">Organisation code.</param>
/// <param name="Type">School type key, null for a department.</param>
/// <param name="Grades">Keys of the grades it has.</param>
/// <param name="UrbanRural">urban, town, rural or null.</param>
/// <param name="RunBy">Who runs it, or null.</param>
public sealed record SchoolContext(string Code, string? Type, IReadOnlyList<string> Grades, string? UrbanRural = null, string? RunBy = null);

/// <summary>The period of the cycle; <see cref="Today"/> is the day of evaluation in Asia/Shanghai.</summary>
public sealed record PeriodContext(
    DateOnly Today, DateOnly Start, DateOnly End, DateOnly AcademicYearStart, DateOnly AcademicYearEnd, int FiscalYear)
{
    internal static string Iso(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
