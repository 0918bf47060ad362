namespace Gengdu.Reporting.ModuleReports;

internal enum ModuleReportState
{
    NotStarted,
    Draft,
    Complete,
    Submitted,
    Returned,
    Approved,
    Accepted,
}

/// <summary>The stored and published words.</summary>
internal static class ModuleReportStateText
{
    private static readonly string[] Words = ["not-started", "draft", "complete", "submitted", "returned", "approved", "accepted"];

    public static string ToText(this ModuleReportState state) => Words[(int)state];

    public static ModuleReportState Parse(string word) => (ModuleReportState)Array.IndexOf(Words, word);
}
