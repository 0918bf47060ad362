namespace Gengdu.Analytics.Exports.Missing;

/// <summary>One module report that somebody is waited for, or that came late.</summary>
/// <param name="ReportId">Whose: an organisation owes one report for each level it plays.</param>
/// <param name="Above">City and county it stands below, ids with names, the higher first.</param>
/// <param name="Due">Module reports of that report.</param>
/// <param name="State">"missing", "overdue" (missing after the deadline) or "returned"; null where it only came late.</param>
/// <param name="Late">Came, but not in time.</param>
/// <param name="Until">More time that was given: it opens the lock and makes nothing timely.</param>
internal sealed record MissingItem(
    Guid ReportId, Guid OrganisationId, string Code, string Name, IReadOnlyList<(Guid Id, string Name)> Above, string Level, int Due, string Module, string? State, bool Late,
    DateTimeOffset? Deadline, DateTimeOffset? Until, DateTimeOffset? SubmittedAt)
{
    public bool Missing => State is "missing" or "overdue";

    public string AboveText => string.Join(" / ", Above.Select(place => place.Name));
}
