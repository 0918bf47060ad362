using Gengdu.Audit;
using Gengdu.Contracts.Reporting.V1;
using Gengdu.Messaging;
using Gengdu.Organisations;
using Gengdu.Reporting.Data;
using Gengdu.Reporting.Programmes;
using Gengdu.Reporting.Reports;
using Gengdu.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Gengdu.Reporting.Cycles;

internal static class OpenCycle
{
    public static async Task<Results<Ok<CycleResponse>, ProblemHttpResult>> HandleAsync(
        Guid id, Caller caller, ProgrammeCatalogue catalogue, ReportingDbContext db, TimeProvider clock, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        // A school that is just being moved stands on the roster where it was or where it will be, and follows from there.
        await TreeLock.ShareAsync((NpgsqlConnection)db.Database.GetDbConnection(), cancellationToken);
        // Locked, so that the second of two openings waits and then finds it open.
        var cycle = await db.Cycles.FromSql($"select *, xmin from cycles where id = {id} for update").AsTracking().SingleOrDefaultAsync(cancellationToken);
        if (cycle is null || !caller.Rights.Any(r => r.Path.StartsWith(cycle.OrganisationPath, StringComparison.Ordinal)))
        {
            return GeneralProblems.NotFound.ToHttpResult();
        }

        if (!caller.MayActAs(cycle.OrganisationPath, Roles.ProvinceOwner))
        {
            return GeneralProblems.Forbidden.ToHttpResult();
        }

        if (cycle.State != CycleState.Planned)
        {
            return CycleProblems.AlreadyOpened.ToHttpResult();
        }

        var today = ChinaTime.DateOf(now);
        var organisations = await db.Organisations.AsNoTracking().Under(cycle.OrganisationPath, o => o.Path)
            .Where(o => o.ValidFrom <= today && (o.ValidTo == null || o.ValidTo >= today)).ToListAsync(cancellationToken);
        var programme = await catalogue.GetAsync(cycle.ProgrammeKey, cycle.ProgrammeVersion, cancellationToken);
        var profiles = await SchoolProfile.ReadAsync((NpgsqlConnection)db.Database.GetDbConnection(), programme, cycle.OrganisationPath, cancellationToken);
        var roster = Roster.Freeze(cycle, programme, organisations, now, profiles);
        if (cycle.Open(roster, now) is { } problem)
        {
            return problem.ToHttpResult();
        }

        db.Audit(AuditAct.Of(caller, "cycle.opened", cycle.Id, cycle.OrganisationPath) with { Rows = roster.Reports.Count }, now);
        var parts = roster.ToCycleRosterPublished(cycle.Id);
        var names = programme.Modules.Where(m => cycle.ModuleKeys.Contains(m.Key)).Select(m => new ModuleName { Key = m.Key, Zh = m.Name.Zh, En = m.Name.En });
        db.Publish(cycle.ToCycleOpened(parts.Count, [.. names]), now);
        foreach (var part in parts)
        {
            db.Publish(part, now);
        }

        await ((NpgsqlConnection)db.Database.GetDbConnection()).CopyAsync(roster, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return TypedResults.Ok(CycleResponse.From(cycle));
    }
}
