using Gengdu.Audit;
using Gengdu.Messaging;
using Gengdu.Organisations;
using Gengdu.Reporting.Cycles;
using Gengdu.Reporting.Data;
using Gengdu.Reporting.Extensions;
using Gengdu.Reporting.Reports;
using Gengdu.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Gengdu.Reporting.Exemptions;

/// <param name="RequestId">What was read; somebody may have answered it meanwhile.</param>
/// <param name="Grant">Yes or no.</param>
/// <param name="Reason">The county reads it.</param>
internal sealed record DecideExemptionRequest(Guid RequestId, bool Grant, string Reason);

internal static class DecideExemption
{
    public static async Task<Results<Ok<ExemptionRequestResponse>, ProblemHttpResult>> HandleAsync(
        Guid id, DecideExemptionRequest request, Caller caller, ReportingDbContext db, TimeProvider clock, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await TreeLock.ShareAsync((NpgsqlConnection)db.Database.GetDbConnection(), cancellationToken);
        var report = await db.Reports.AsTracking().VisibleTo(caller).SingleOrDefaultAsync(r => r.Id == id, cancellationToken);
        if (report is null)
        {
            return GeneralProblems.NotFound.ToHttpResult();
        }

        // Nobody who stands at the report's own county could be the level above of whoever asked there.
        if (!caller.MayActAs(report.OrganisationPath, Roles.CitySupervisor, Roles.ProvinceOwner))
        {
            return GeneralProblems.Forbidden.ToHttpResult();
        }

        if (AskExtension.CheckReason(request.Reason, "reason") is { } wordless)
        {
            return wordless.ToHttpResult();
        }

        // Locked: of two who decide at once the second sees what the first decided.
        var asked = await db.ExemptionRequests.FromSql($"select * from exemption_requests where id = {request.RequestId} for update").AsTracking()
            .SingleOrDefaultAsync(r => r.ReportId == id, cancellationToken);
        if (asked is null)
        {
            return GeneralProblems.NotFound.ToHttpResult();
        }

        var open = await db.Cycles.AnyAsync(c => c.Id == report.CycleId && c.State == CycleState.Open, cancellationToken);
        if ((!caller.Decides(asked.AskedFrom) ? ExemptionProblems.OwnRequest : request.Grant && !open ? CycleProblems.NotOpen
            : asked.Decide(report, request.Grant, request.Reason.Trim(), caller.PersonId, now)) is { } problem)
        {
            return problem.ToHttpResult();
        }

        if (request.Grant)
        {
            db.Publish(asked.ToReportExempted(report), now);
        }
        else
        {
            db.Publish(asked.ToExemptionRefused(report), now);
        }

        // The answer is free text: it stands with the request.
        var act = AuditAct.Of(caller, request.Grant ? "exemption.granted" : "exemption.refused", asked.Id, report.OrganisationPath, new { asked.CycleId, asked.ReportId, asked.Cause });
        db.Audit(act with { OrganisationId = report.OrganisationId }, now);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return TypedResults.Ok(ExemptionRequestResponse.From(asked, report, mine: false));
    }
}
