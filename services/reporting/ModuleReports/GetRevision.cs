using System.Text.Json;
using Gengdu.Organisations;
using Gengdu.Reporting.Data;
using Gengdu.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Reporting.ModuleReports;

internal sealed record RevisionResponse(
    Guid ModuleReportId, int Revision, JsonElement Values, IReadOnlyList<Explanation> Explanations, IReadOnlyList<Finding> Results,
    string ContentHash, string ReceiptNumber, DateTimeOffset SubmittedAt, Guid SubmittedBy, bool OnTime);

internal static class GetRevision
{
    public static async Task<Results<Ok<RevisionResponse>, ProblemHttpResult>> HandleAsync(
        Guid id, int number, Caller caller, ReportingDbContext db, CancellationToken cancellationToken)
    {
        if (await RevisionAccess.RefuseAsync(id, caller, db, cancellationToken) is { } problem)
        {
            return problem.ToHttpResult();
        }

        return await db.Revisions.SingleOrDefaultAsync(r => r.ModuleReportId == id && r.Number == number, cancellationToken) is { } revision
            ? TypedResults.Ok(new RevisionResponse(
                id, number, JsonElement.Parse(revision.Values), revision.Explanations, revision.Results, revision.ContentHash,
                revision.ReceiptNumber, revision.SubmittedAt, revision.SubmittedBy, revision.OnTime))
            : ModuleReportProblems.UnknownRevision.ToHttpResult();
    }
}
