using Gengdu.Contracts.Supervision.V1;

namespace Gengdu.Reporting.ModuleReports;

/// <summary>
/// The last word between the organisation and those above it: what the reviewer asked to correct, why it was taken back, asked to
/// be unlocked, unlocked or not. Shown until the next submission.
/// </summary>
/// <param name="At">When.</param>
/// <param name="ByLevel">Level that spoke: "school", "county", "city" or "province".</param>
/// <param name="DueAt">Until when the correction is asked for; null: as <see cref="CollectionWindow.EndsAt"/> says.</param>
/// <param name="Revision">The revision it is about.</param>
/// <param name="Reasons">Of a return: at least one.</param>
/// <param name="Kind">One of <see cref="ReturnNoticeKinds"/>.</param>
/// <param name="Words">Of anything but a return: what was written.</param>
internal sealed record ReturnNotice(
    DateTimeOffset At, string ByLevel, DateTimeOffset? DueAt, int Revision, IReadOnlyList<ReturnNoticeReason> Reasons, string Kind = ReturnNoticeKinds.Returned, string? Words = null)
{
    public static ReturnNotice Of(ModuleReportReturned returned) => new(
        returned.ReturnedAt, returned.Level, returned.DueAt, returned.Revision, [.. returned.Reasons.Select(r => new ReturnNoticeReason(r.At, r.Code, r.Text))]);

    public static ReturnNotice Of(ModuleReportWithdrawn withdrawn, string level) =>
        new(withdrawn.WithdrawnAt, level, null, withdrawn.Revision, [], ReturnNoticeKinds.Withdrawn, withdrawn.Words);

    public static ReturnNotice Of(UnlockRequested asked) => new(asked.RequestedAt, asked.Level, null, asked.Revision, [], ReturnNoticeKinds.UnlockRequested, asked.Words);

    public static ReturnNotice Of(UnlockRefused refused) => new(refused.RefusedAt, "province", null, refused.Revision, [], ReturnNoticeKinds.UnlockRefused, refused.Words);

    public static ReturnNotice Of(ModuleReportUnlocked unlocked) =>
        new(unlocked.UnlockedAt, "province", unlocked.DueAt, unlocked.Revision, [], ReturnNoticeKinds.Unlocked, unlocked.Words);
}

internal sealed record ReturnNoticeReason(string? At, string Code, string Text);

/// <summary>What a notice is about, as published.</summary>
internal static class ReturnNoticeKinds
{
    public const string Returned = "returned";
    public const string Withdrawn = "withdrawn";
    public const string UnlockRequested = "unlock-requested";
    public const string UnlockRefused = "unlock-refused";
    public const string Unlocked = "unlocked";
}
