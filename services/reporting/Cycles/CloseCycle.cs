using Gengdu.Audit;
using Gengdu.Messaging;
using Gengdu.Organisations;
using Gengdu.Reporting.Data;
using Gengdu.Reporting.Reports;
using Gengdu.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Gengdu.Reporting.Cycles;

internal static class CloseCycle
{
    public static async Task<Results<Ok<CycleResponse>, ProblemHttpResult>> HandleAsync(
        Guid id, Caller caller, ReportingDbContext db, TimeProvider clock, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var connection = (NpgsqlConnection)db.Database.GetDbConnection();
        await TreeLock.ShareAsync(connection, cancellationToken);
        var cycle = await db.Cycles.AsTracking().VisibleTo(caller).SingleOrDefaultAsync(c => c.Id == id, cancellationToken);
        if (cycle is null)
        {
            return GeneralProblems.NotFound.ToHttpResult();
        }

        if (!caller.MayActAs(cycle.OrganisationPath, Roles.ProvinceOwner))
        {
            return GeneralProblems.Forbidden.ToHttpResult();
        }

        if (cycle.Close(now) is { } problem)
        {
            return problem.ToHttpResult();
        }

        db.Publish(cycle.ToCycleClosed(), now);
        db.Audit(AuditAct.Of(caller, "cycle.closed", cycle.Id, cycle.OrganisationPath), now);
        await db.SaveChangesAsync(cancellationToken);
        await ReportPlaces.FollowAsync(connection, cycle.Id, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return TypedResults.Ok(CycleResponse.From(cycle));
    }
}
