using Gengdu.Organisations;
using Gengdu.Reporting.Data;
using Gengdu.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Reporting.ModuleReports;

internal sealed record RevisionSummary(int Revision, string ReceiptNumber, DateTimeOffset SubmittedAt, Guid SubmittedBy, string ContentHash, bool OnTime);

internal static class ListRevisions
{
    public static async Task<Results<Ok<Page<RevisionSummary>>, ProblemHttpResult>> HandleAsync(
        Guid id, [AsParameters] PageRequest page, Caller caller, ReportingDbContext db, CancellationToken cancellationToken)
    {
        if (await RevisionAccess.RefuseAsync(id, caller, db, cancellationToken) is { } problem)
        {
            return problem.ToHttpResult();
        }

        var revisions = db.Revisions.Where(r => r.ModuleReportId == id);
        var total = await revisions.CountAsync(cancellationToken);
        var items = await revisions.OrderByDescending(r => r.Number).Skip(page.Skip()).Take(page.Size())
            .Select(r => new RevisionSummary(r.Number, r.ReceiptNumber, r.SubmittedAt, r.SubmittedBy, r.ContentHash, r.OnTime)).ToListAsync(cancellationToken);
        return TypedResults.Ok(new Page<RevisionSummary>(items, page.Number(), page.Size(), total));
    }
}
