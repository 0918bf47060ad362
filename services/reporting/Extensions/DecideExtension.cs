using Gengdu.Audit;
using Gengdu.Messaging;
using Gengdu.Organisations;
using Gengdu.Reporting.Cycles;
using Gengdu.Reporting.Data;
using Gengdu.Reporting.Reports;
using Gengdu.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Gengdu.Reporting.Extensions;

/// <param name="RequestId">What was read; somebody may have answered it meanwhile.</param>
/// <param name="Approve">Yes or no.</param>
/// <param name="Until">Another date than the one asked for; left out: that one.</param>
/// <param name="Reason">The organisation reads it.</param>
internal sealed record DecideExtensionRequest(Guid RequestId, bool Approve, string Reason, DateTimeOffset? Until = null);

/// <summary>The level above answers the organisation's request.</summary>
internal static class DecideExtension
{
    public static async Task<Results<Ok<ExtensionRequestResponse>, ProblemHttpResult>> HandleAsync(
        Guid id, Guid organisationId, DecideExtensionRequest request, Caller caller, ReportingDbContext db, TimeProvider clock, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var cycle = await db.Cycles.VisibleTo(caller).SingleOrDefaultAsync(c => c.Id == id, cancellationToken);
        var organisation = await db.Organisations.SingleOrDefaultAsync(o => o.Id == organisationId, cancellationToken);
        if (cycle is null || organisation is null || !caller.SeesReport(organisation.Id, organisation.Path))
        {
            return GeneralProblems.NotFound.ToHttpResult();
        }

        if (!caller.Decides(organisation.Path))
        {
            return GeneralProblems.Forbidden.ToHttpResult();
        }

        if (AskExtension.CheckReason(request.Reason, "reason") is { } wordless)
        {
            return wordless.ToHttpResult();
        }

        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await TreeLock.ShareAsync((NpgsqlConnection)db.Database.GetDbConnection(), cancellationToken);
        // Locked: of two who decide at once the second sees what the first decided.
        var asked = await db.ExtensionRequests.FromSql($"select * from extension_requests where id = {request.RequestId} for update").AsTracking()
            .SingleOrDefaultAsync(r => r.CycleId == id && r.OrganisationId == organisationId, cancellationToken);
        if (asked is null)
        {
            return GeneralProblems.NotFound.ToHttpResult();
        }

        if (asked.Decide(cycle, request.Approve, request.Until?.ToUniversalTime(), request.Reason.Trim(), caller.PersonId, now) is { } problem)
        {
            return problem.ToHttpResult();
        }

        db.Publish(asked.ToExtensionDecided(), now);
        await db.SaveChangesAsync(cancellationToken);
        var reports = asked.Until is { } until ? await ExtendAsync(db, asked, organisation.Path, until, cancellationToken) : 0;
        // The answer is free text: it stands with the request.
        var act = AuditAct.Of(caller, request.Approve ? "extension.approved" : "extension.refused", asked.Id, organisation.Path, new { asked.CycleId, asked.Until });
        await db.AuditAsync([act with { OrganisationId = organisation.Id, Rows = reports }], now, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return TypedResults.Ok(ExtensionRequestResponse.From(asked, organisation, mine: false));
    }

    // One statement for a whole county; an earlier, longer extension stays.
    private static Task<int> ExtendAsync(ReportingDbContext db, ExtensionRequest asked, string path, DateTimeOffset until, CancellationToken cancellationToken)
    {
        var reports = db.Reports.Where(r => r.CycleId == asked.CycleId);
        reports = asked.CoversSubtree ? reports.Under(path, r => r.OrganisationPath) : reports.Where(r => r.OrganisationId == asked.OrganisationId);
        return reports.ExecuteUpdateAsync(set => set.SetProperty(r => r.ExtendedUntil, r => r.ExtendedUntil > until ? r.ExtendedUntil : until), cancellationToken);
    }
}
