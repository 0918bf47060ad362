using Gengdu.Contracts.Supervision.V1;
using Gengdu.Reporting.Cycles;
using Gengdu.Reporting.Reports;
using Gengdu.Rules;
using Gengdu.ServiceDefaults;

namespace Gengdu.Reporting.ModuleReports;

/// <summary>
/// One module of one report: the unit of editing, signing, review and return. Each May… says why an act is refused now
/// (null: permitted); the page shows the same reasons that the acts give.
/// </summary>
internal sealed partial class ModuleReport
{
    private string[] _reads = [];

    public required Guid Id { get; init; }

    public required Guid ReportId { get; init; }

    public required Guid CycleId { get; init; }

    public required Guid OrganisationId { get; init; }

    public required string OrganisationPath { get; init; }

    public required string ModuleKey { get; init; }

    /// <summary>Modules of the same report whose values this module's rules read; as its programme version says.</summary>
    public required string[] Reads
    {
        get => _reads;
        init => _reads = value;
    }

    public ModuleReportState State { get; private set; }

    /// <summary>Grows with every change; the ETag.</summary>
    public long Version { get; private set; } = 1;

    /// <summary>The values as one JSON document by field key.</summary>
    public string Values { get; private set; } = "{}";

    public IReadOnlyList<Explanation> Explanations { get; private set; } = [];

    public ReturnNotice? Return { get; private set; }

    public int Errors { get; private set; }

    public int Warnings { get; private set; }

    public int Unexplained { get; private set; }

    public double Completion { get; private set; }

    public DateTimeOffset? SavedAt { get; private set; }

    public Guid? LastEditedBy { get; private set; }

    /// <summary>The latest submitted revision; 0 before the first.</summary>
    public int Revision { get; private set; }

    public DateTimeOffset? SubmittedAt { get; private set; }

    /// <summary>Whether the first submission met the deadline; null before it. Later ones answer returns and change nothing about it.</summary>
    public bool? OnTime { get; private set; }

    /// <summary>The highest level that approved the latest revision.</summary>
    public string? ApprovedLevel { get; private set; }

    /// <summary>The last act of review applied; an older or repeated event changes nothing.</summary>
    public long ReviewVersion { get; private set; }

    /// <summary>When the personal values of a cycle long closed were erased.</summary>
    public DateTimeOffset? ErasedAt { get; private set; }

    public static ModuleReport NotStarted(Report report, Module module, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        ReportId = report.Id,
        CycleId = report.CycleId,
        OrganisationId = report.OrganisationId,
        OrganisationPath = report.OrganisationPath,
        ModuleKey = module.Key,
        Reads = [.. module.RelatedModules],
    };

    public Problem? MaySubmit(Guid by, CollectionWindow window, DateTimeOffset now) => window.Over ?? State switch
    {
        ModuleReportState.Complete when LastEditedBy == by => ModuleReportProblems.SameHand,
        ModuleReportState.Complete => now <= window.EndsAt(Return) ? window.OutdatedForm(now) : ModuleReportProblems.DeadlinePassed(window.EndsAt(Return), now),
        ModuleReportState.Accepted => ModuleReportProblems.Accepted,
        ModuleReportState.Submitted or ModuleReportState.Approved => ModuleReportProblems.InReview,
        _ => ModuleReportProblems.NotComplete,
    };

    public Problem? Submit(Findings findings, Guid by, CollectionWindow window, DateTimeOffset now)
    {
        if ((MaySubmit(by, window, now) ?? findings.Blocking()) is { } problem)
        {
            return problem;
        }

        (State, Revision, SubmittedAt, Return, ApprovedLevel, ReviewVersion) = (ModuleReportState.Submitted, Revision + 1, now, null, null, 0);
        OnTime ??= now <= window.OnTimeUntil;
        Note(findings);
        Version++;
        return null;
    }

    private void Note(Findings findings) =>
        (Errors, Warnings, Unexplained, Completion) = (findings.Errors, findings.Warnings, findings.Unexplained, findings.Completion);
}
