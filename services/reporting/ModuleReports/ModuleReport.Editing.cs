using Gengdu.ServiceDefaults;

namespace Gengdu.Reporting.ModuleReports;

/// <summary>Before it is signed: saved cell by cell, marked complete, opened again.</summary>
internal sealed partial class ModuleReport
{
    public Problem? MayEdit(CollectionWindow window, DateTimeOffset now) => window.Over ?? (now < window.OpensAt ? ModuleReportProblems.NotYetOpen
        : State switch
        {
            ModuleReportState.NotStarted or ModuleReportState.Draft or ModuleReportState.Returned => null,
            ModuleReportState.Complete => ModuleReportProblems.CompleteIsLocked,
            ModuleReportState.Accepted => ModuleReportProblems.Accepted,
            _ => ModuleReportProblems.InReview,
        });

    public Problem? MayReopen(CollectionWindow window) => window.Over ?? State switch
    {
        ModuleReportState.Complete => null,
        ModuleReportState.Accepted => ModuleReportProblems.Accepted,
        ModuleReportState.Submitted or ModuleReportState.Approved => ModuleReportProblems.InReview,
        _ => ModuleReportProblems.NotMarkedComplete,
    };

    public void Save(string values, IReadOnlyList<Explanation> explanations, Findings findings, Guid by, DateTimeOffset now)
    {
        (Values, Explanations, LastEditedBy, SavedAt) = (values, explanations, by, now);
        State = State == ModuleReportState.NotStarted ? ModuleReportState.Draft : State;
        Note(findings);
        Version++;
    }

    public Problem? Complete(string values, Findings findings, CollectionWindow window, DateTimeOffset now)
    {
        if ((MayEdit(window, now) ?? window.OutdatedForm(now) ?? findings.Blocking()) is { } problem)
        {
            return problem;
        }

        (State, Values, SavedAt) = (ModuleReportState.Complete, values, SavedAt ?? now);
        Note(findings);
        Version++;
        return null;
    }

    public Problem? Reopen(CollectionWindow window)
    {
        if (MayReopen(window) is { } problem)
        {
            return problem;
        }

        State = Return is null or { Kind: ReturnNoticeKinds.Withdrawn } ? ModuleReportState.Draft : ModuleReportState.Returned;
        Version++;
        return null;
    }
}
