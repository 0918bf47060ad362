using Gengdu.Audit;
using Gengdu.Contracts.Supervision.V1;
using Gengdu.Messaging;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Gengdu.Supervision.Data;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Supervision.Samples;

/// <summary>
/// Settles the order of an announced list with the hash of the announcement's own audit entry: before it stood in the chain
/// nobody knew it, and since then the list is fixed.
/// </summary>
internal static class DrawSample
{
    public static async Task<Results<Ok<SampleResponse>, ProblemHttpResult>> HandleAsync(
        Guid id, Caller caller, SupervisionDbContext db, TimeProvider clock, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.HoldSampleAsync(id, cancellationToken);
        var (sample, problem) = await db.FindSampleAsync(caller, id, cancellationToken);
        if (sample is null || (problem = await db.RefuseAsync(caller, sample.OrganisationPath, sample.Step, cancellationToken)) is not null)
        {
            return problem!.ToHttpResult();
        }

        var (now, text) = (clock.GetUtcNow(), id.ToString());
        var entry = await db.Set<AuditEntry>().Where(e => e.ObjectId == text && e.Act == "sample.announced" && e.Outcome == "done")
            .OrderBy(e => e.Seq).Select(e => new { e.Seq, e.Hash }).FirstOrDefaultAsync(cancellationToken);
        if (sample.Draw(entry is null ? null : Convert.ToHexStringLower(entry.Hash), entry?.Seq, now) is { } refusal)
        {
            return refusal.ToHttpResult();
        }

        var reports = await db.Set<SampleReport>().AsNoTracking().Where(r => r.SampleId == id).ToListAsync(cancellationToken);
        var order = SampleDraw.OrderOf(sample.Algorithm, sample.Seed!, sample.ListHash, reports.Select(r => r.ToCandidate()));
        Guid[] drawn = [.. order.Select(c => c.ReportId)];
        await db.Database.ExecuteSqlAsync(
            $"update sample_reports r set place = d.place from unnest({drawn}) with ordinality d(report_id, place) where r.sample_id = {id} and r.report_id = d.report_id", cancellationToken);
        db.Publish(sample.ToSampleDrawn(caller.PersonId), now);
        db.Audit(AuditAct.Of(caller, "sample.drawn", id, sample.OrganisationPath, new { sample.Seed, sample.AuditSeq, sample.FirstSize }) with { OrganisationId = sample.OrganisationId }, now);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return TypedResults.Ok(await sample.ToResponseAsync(db, caller, cancellationToken));
    }
}
