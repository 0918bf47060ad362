using Gengdu.Contracts.Supervision.V1;

namespace Gengdu.Reporting.ModuleReports;

/// <summary>What supervision decided about the submitted revision. An event that comes late, twice or out of order changes nothing.</summary>
internal sealed partial class ModuleReport
{
    public void ApplyReturn(ModuleReportReturned returned) =>
        GiveBack(ModuleReportState.Returned, ReturnNotice.Of(returned), returned.Revision, returned.ReviewVersion);

    /// <summary>It is the organisation's draft again; the revision and its receipt stay.</summary>
    public void ApplyWithdrawal(ModuleReportWithdrawn withdrawn, string level) =>
        GiveBack(ModuleReportState.Draft, ReturnNotice.Of(withdrawn, level), withdrawn.Revision, withdrawn.ReviewVersion);

    public void ApplyUnlock(ModuleReportUnlocked unlocked) =>
        GiveBack(ModuleReportState.Returned, ReturnNotice.Of(unlocked), unlocked.Revision, unlocked.ReviewVersion);

    /// <summary>A request to unlock, or its refusal: it stays accepted, and its people see what was written.</summary>
    public void ApplyWords(ReturnNotice notice, long reviewVersion)
    {
        if (IsNews(notice.Revision, reviewVersion))
        {
            // They only speak of what is accepted, also when the acceptance itself is still on its way.
            (State, Return, ReviewVersion) = (ModuleReportState.Accepted, notice, reviewVersion);
            ApprovedLevel = "province";
            Version++;
        }
    }

    private void GiveBack(ModuleReportState state, ReturnNotice notice, int revision, long reviewVersion)
    {
        if (IsNews(revision, reviewVersion))
        {
            (State, Return, ApprovedLevel, ReviewVersion) = (state, notice, null, reviewVersion);
            Version++;
        }
    }

    // An act of review counts for the revision it read, and only while that revision is under review; ReviewOutcomes says the same set-wise.
    private bool IsNews(int revision, long reviewVersion) =>
        revision == Revision && reviewVersion > ReviewVersion && State is ModuleReportState.Submitted or ModuleReportState.Approved or ModuleReportState.Accepted;
}
