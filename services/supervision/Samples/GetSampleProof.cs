using Gengdu.Audit;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Gengdu.Supervision.Data;
using Gengdu.Supervision.Reviews;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gengdu.Supervision.Samples;

/// <summary>All that is needed to run the draw again without us: scripts/recheck-sample.mjs does, in another language (ADR 0019).</summary>
/// <param name="Algorithm">"gengdu-sample-2"; "gengdu-sample-1" of samples from before quality was a risk.</param>
/// <param name="AuditStream">Whose chain holds the announcement …</param>
/// <param name="AuditSeq">… at this place; its hash is the seed.</param>
/// <param name="Candidates">The frozen list, in the order of the report ids.</param>
/// <param name="Order">The report ids in the order of the draw.</param>
/// <param name="Outcomes">Of those read, in that order.</param>
public sealed record SampleProof(
    string Algorithm, Guid SampleId, Guid CycleId, ReviewLevel Step, Guid OrganisationId, DateTimeOffset AnnouncedAt, string AuditStream, long AuditSeq, string Seed, string ListHash,
    int SharePercent, int Least, int FirstSize, int Failures, int Reach, IReadOnlyList<ProofCandidate> Candidates, IReadOnlyList<Guid> Order, IReadOnlyList<SampleOutcome> Outcomes);

public sealed record ProofCandidate(Guid ReportId, Guid OrganisationId, string? Code, int ExplainedWarnings, int ReturnRounds, bool Late, bool ReadLately, int? Quality, int Weight);

internal static class GetSampleProof
{
    public static async Task<Results<Ok<SampleProof>, ProblemHttpResult>> HandleAsync(
        Guid id, Caller caller, SupervisionDbContext db, AuditTrail trail, CancellationToken cancellationToken)
    {
        var (sample, problem) = await db.FindSampleAsync(caller, id, cancellationToken);
        if (sample is null || (problem = sample.Seed is null ? SampleProblems.NotDrawn : null) is not null)
        {
            return problem!.ToHttpResult();
        }

        var progress = await db.ProgressOfAsync(sample, cancellationToken);
        var candidates = progress.Reports.OrderBy(r => r.ReportId.ToString(), StringComparer.Ordinal).Select(r => new ProofCandidate(
            r.ReportId, r.OrganisationId, r.Code, r.ExplainedWarnings, r.ReturnRounds, r.Late, r.ReadLately, r.Quality, r.ToCandidate().Risk.Weight));
        await trail.SawAsync("sample-proof", sample.Id, sample.OrganisationPath, progress.Reports.Count);
        return TypedResults.Ok(new SampleProof(
            sample.Algorithm, sample.Id, sample.CycleId, sample.Step, sample.OrganisationId, sample.AnnouncedAt, "supervision", sample.AuditSeq!.Value, sample.Seed!, sample.ListHash,
            sample.SharePercent, SampleSize.Least, sample.FirstSize, progress.Failures, progress.Reach, [.. candidates], [.. progress.Reports.Select(r => r.ReportId)],
            [.. progress.Reports.Take(progress.Reach).Select(r => r.Outcome)]));
    }
}
