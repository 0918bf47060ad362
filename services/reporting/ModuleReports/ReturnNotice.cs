using Gengdu.Contracts.Supervision.V1;

namespace Gengdu.Reporting.ModuleReports;

/// <summary>What the reviewer asked to correct; shown until the next submission.</summary>
internal sealed record ReturnNotice(DateTimeOffset At, string ByLevel, DateTimeOffset? DueAt, int Revision, IReadOnlyList<ReturnNoticeReason> Reasons)
{
    public static ReturnNotice Of(ModuleReportReturned returned) => new(
        returned.ReturnedAt, returned.Level, returned.DueAt, returned.Revision, [.. returned.Reasons.Select(r => new ReturnNoticeReason(r.At, r.Code, r.Text))]);
}

internal sealed record ReturnNoticeReason(string? At, string Code, string Text);
