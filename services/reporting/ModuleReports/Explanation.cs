namespace Gengdu.Reporting.ModuleReports;

/// <summary>Why a warning is right as it is; travels with the revision.</summary>
/// <param name="Rule">The rule that warned.</param>
/// <param name="At">The cell it warned at.</param>
/// <param name="Text">The school's words.</param>
internal sealed record Explanation(string Rule, string At, string Text);
