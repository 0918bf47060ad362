using System.Globalization;

namespace Gengdu.Rules;

/// <summary>What rules know besides the values: the organisation that reports and the period it reports on.</summary>
public sealed record EvaluationContext(SchoolContext School, PeriodContext Period);

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
