using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Gengdu.Supervision.Data;
using Gengdu.Supervision.Reviews;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Supervision.Samples;

/// <summary>Where a sample stands.</summary>
public enum SampleState
{
    /// <summary>The list is frozen and told; the seed is on its way.</summary>
    Announced,

    /// <summary>Drawn; somebody reads.</summary>
    Reading,

    /// <summary>All that was drawn has been read; the rest can be approved on it.</summary>
    Read,

    /// <summary>Completed.</summary>
    Approved,
}

/// <param name="Reach">How many of the order have to be read by now; grows when one fails.</param>
/// <param name="Waiting">Of those, how many still wait.</param>
/// <param name="RestStanding">Modules of the other schools that still wait.</param>
/// <param name="Seed">Hash of the audit entry of the announcement.</param>
/// <param name="Drawn">Those to be read, in the order of the draw; empty until then.</param>
public sealed record SampleResponse(
    Guid Id, Guid CycleId, ReviewLevel Step, ActingOrganisation Organisation, SampleState State, int SharePercent, int Candidates, int FirstSize, int Reach, int Failures, int Waiting,
    int RestStanding, string ListHash, DateTimeOffset AnnouncedAt, Guid AnnouncedBy, string? Seed, long? AuditSeq, DateTimeOffset? DrawnAt, DateTimeOffset? ApprovedAt, Guid? ApprovedBy,
    long Version, IReadOnlyList<DrawnReport> Drawn, IReadOnlyList<SampleActResponse> Acts);

/// <param name="Modules">How many of it were on the list.</param>
public sealed record DrawnReport(
    int Place, Guid ReportId, ActingOrganisation Organisation, string? Code, int ExplainedWarnings, int ReturnRounds, bool Late, bool ReadLately, int? Quality, int Weight, int Modules, SampleOutcome Outcome);

/// <summary>What can be done with a sample.</summary>
public enum SampleAct
{
    /// <summary>Settle the order.</summary>
    Draw,

    /// <summary>Pass on the rest.</summary>
    Approve,
}

/// <summary>An act and, when it is not open to the caller, the reason.</summary>
public sealed record SampleActResponse(SampleAct Act, bool Allowed, Text? Reason);

internal static class SampleResponses
{
    public static async Task<SampleResponse> ToResponseAsync(this Sample sample, SupervisionDbContext db, Caller caller, CancellationToken cancellationToken)
    {
        var progress = await db.ProgressOfAsync(sample, cancellationToken);
        var refusal = await db.RefuseAsync(caller, sample.OrganisationPath, sample.Step, cancellationToken);
        var name = await db.Organisations.Where(o => o.Id == sample.OrganisationId).Select(o => new { o.NameZh, o.NameEn }).FirstOrDefaultAsync(cancellationToken);
        SampleActResponse Act(SampleAct act, Problem? not) => new(act, not is null, not?.Detail);
        return new(
            sample.Id, sample.CycleId, sample.Step, new(sample.OrganisationId, name?.NameZh, name?.NameEn), StateOf(sample, progress), sample.SharePercent, sample.Candidates, sample.FirstSize,
            progress.Reach, progress.Failures, progress.Waiting, progress.RestStanding, sample.ListHash, sample.AnnouncedAt, sample.AnnouncedBy, sample.Seed, sample.AuditSeq, sample.DrawnAt,
            sample.ApprovedAt, sample.ApprovedBy, sample.Version,
            [.. progress.Reports.Take(progress.Reach).Select(r => new DrawnReport(
                r.Place ?? 0, r.ReportId, new(r.OrganisationId, r.NameZh, r.NameEn), r.Code, r.ExplainedWarnings, r.ReturnRounds, r.Late, r.ReadLately, r.Quality, r.ToCandidate().Risk.Weight, r.Modules, r.Outcome))],
            [Act(SampleAct.Draw, refusal ?? (sample.Seed is null ? null : SampleProblems.DrawnAlready)), Act(SampleAct.Approve, refusal ?? sample.RefuseApproval(progress))]);
    }

    private static SampleState StateOf(Sample sample, SampleProgress progress) =>
        sample.ApprovedAt is not null ? SampleState.Approved : sample.Seed is null ? SampleState.Announced : progress.Waiting > 0 ? SampleState.Reading : SampleState.Read;
}
