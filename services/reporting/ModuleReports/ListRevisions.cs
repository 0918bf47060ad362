using Gengdu.Audit;
using Gengdu.Organisations;
using Gengdu.Reporting.Data;
using Gengdu.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Reporting.ModuleReports;

internal sealed record RevisionSummary(int Revision, string ReceiptNumber, DateTimeOffset SubmittedAt, Guid SubmittedBy, string ContentHash, bool OnTime, string? CheckCode, string? StatementVersion);

internal static class ListRevisions
{
    public static async Task<Results<Ok<Page<RevisionSummary>>, ProblemHttpResult>> HandleAsync(
        Guid id, [AsParameters] PageRequest page, Caller caller, ReportingDbContext db, AuditTrail trail, CancellationToken cancellationToken)
    {
        if (await RevisionAccess.RefuseAsync(id, caller, db, cancellationToken) is { } problem)
        {
            return problem.ToHttpResult();
        }

        var revisions = db.Revisions.Where(r => r.ModuleReportId == id);
        var total = await revisions.CountAsync(cancellationToken);
        var items = await revisions.OrderByDescending(r => r.Number).Skip(page.Skip()).Take(page.Size())
            .Select(r => new RevisionSummary(r.Number, r.ReceiptNumber, r.SubmittedAt, r.SubmittedBy, r.ContentHash, r.OnTime, r.CheckCode, r.StatementVersion)).ToListAsync(cancellationToken);
        await trail.SawAsync("revision", id, await db.ModuleReports.Where(m => m.Id == id).Select(m => m.OrganisationPath).SingleAsync(cancellationToken), items.Count, new { page = page.Number() });
        return TypedResults.Ok(new Page<RevisionSummary>(items, page.Number(), page.Size(), total));
    }
}
