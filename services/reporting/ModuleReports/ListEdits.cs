using Gengdu.Audit;
using Gengdu.Organisations;
using Gengdu.Reporting.Data;
using Gengdu.Reporting.Reports;
using Gengdu.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Reporting.ModuleReports;

internal sealed record ListEditsResponse(IReadOnlyList<Edit> Items);

/// <param name="Version">The version it made.</param>
/// <param name="PersonId">Who saved.</param>
/// <param name="Name">Known while they have, or lately had, the module open.</param>
/// <param name="SavedAt">The server's time.</param>
/// <param name="Cells">Addresses, without values.</param>
internal sealed record Edit(long Version, Guid PersonId, string? Name, DateTimeOffset SavedAt, IReadOnlyList<string> Cells);

/// <summary>Who saved which cells after a version, newest first: what somebody must know who typed into the same cell.</summary>
internal static class ListEdits
{
    private const int Most = 100;

    /// <param name="since">Edits that made a later version than this.</param>
    public static async Task<Results<Ok<ListEditsResponse>, ProblemHttpResult>> HandleAsync(
        Guid id, Caller caller, ReportingDbContext db, AuditTrail trail, CancellationToken cancellationToken, long since = 0)
    {
        var module = await db.ModuleReports.Where(m => m.Id == id).Select(m => new { m.OrganisationId, m.OrganisationPath }).SingleOrDefaultAsync(cancellationToken);
        if (module is null || !caller.SeesReport(module.OrganisationId, module.OrganisationPath))
        {
            return GeneralProblems.NotFound.ToHttpResult();
        }

        if (!caller.Owns(module.OrganisationId, Roles.Reporter, Roles.Approver))
        {
            return ModuleReportProblems.NotReporter.ToHttpResult();
        }

        var edits = await db.SavedBatches.Where(b => b.ModuleReportId == id && b.Version > since).OrderByDescending(b => b.Version).Take(Most)
            .Select(b => new Edit(b.Version, b.PersonId, db.Presences.Where(p => p.ModuleReportId == id && p.PersonId == b.PersonId).Select(p => p.Name).FirstOrDefault(), b.SavedAt, b.Cells))
            .ToListAsync(cancellationToken);
        await trail.SawAsync("module-report", id, module.OrganisationPath, edits.Count, new { edits = true, since });
        return TypedResults.Ok(new ListEditsResponse(edits));
    }
}
