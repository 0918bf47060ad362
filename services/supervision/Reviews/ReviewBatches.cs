using Gengdu.Contracts.Supervision.V1;
using Gengdu.Messaging;
using Gengdu.Supervision.Data;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Supervision.Reviews;

/// <summary>
/// Passes reviews on set-wise: each batch of at most 500 moves, gets its history and its one event in one transaction.
/// Stopping half-way leaves whole batches; asking again goes on with the rest.
/// </summary>
internal sealed class ReviewBatches(SupervisionDbContext db, Guid by, ReviewTransition pass, Guid cycleId, DateTimeOffset now, ReviewScope nested)
{
    private const int Size = 500;

    /// <summary>Passes on what waits in the scope (only the given ids, when given) and says which those were.</summary>
    public async Task<HashSet<Guid>> PassAsync(ReviewScope scope, Guid[]? ids, CancellationToken cancellationToken)
    {
        var passed = new HashSet<Guid>();
        foreach (var (from, to) in scope.From.Zip(scope.To))
        {
            var last = (Path: from, Id: Guid.Empty);
            for (var full = true; full;)
            {
                var moved = await PassBatchAsync(last.Path, last.Id, to, ids, cancellationToken);
                passed.UnionWith(moved.Select(m => m.Id));
                full = moved.Count == Size;
                last = full ? (moved[^1].OrganisationPath, moved[^1].Id) : last;
            }
        }

        return passed;
    }

    private async Task<List<Moved>> PassBatchAsync(string path, Guid id, string to, Guid[]? ids, CancellationToken cancellationToken)
    {
        db.Database.AutoSavepointsEnabled = false;
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var moved = await MoveAsync(path, id, to, ids, cancellationToken);
        if (moved.Count > 0)
        {
            if (pass.Act == ReviewAct.Accept)
            {
                db.Publish(Accepted(moved), now);
            }
            else
            {
                db.Publish(Approved(moved), now);
            }

            await db.SaveChangesAsync(cancellationToken);
            FaultPoints.Pass(FaultPoints.BeforeCommit);
            await transaction.CommitAsync(cancellationToken);
            FaultPoints.Pass(FaultPoints.AfterCommit);
            db.ChangeTracker.Clear();
        }

        return moved;
    }

    // The order of the index is also the order of locking, so two bulk acts wait for each other instead of deadlocking;
    // the guard stands in the where clause exactly as in Review (a test walks both).
    private async Task<List<Moved>> MoveAsync(string path, Guid id, string to, Guid[]? ids, CancellationToken cancellationToken)
    {
        var (from, next, act, level) = (pass.From.Key(), pass.To.Key(), pass.Act.Key(), pass.At.Key());
        var moved = await db.Database.SqlQuery<Moved>($"""
            with due as (
              select r.id from reviews r
              where r.cycle_id = {cycleId} and r.state = {from} and (r.organisation_path, r.id) > ({path}, {id}) and r.organisation_path < {to}
                and ({ids}::uuid[] is null or r.id = any({ids}::uuid[]))
                and r.submitted_by <> {by} and r.county_approved_by is distinct from {by} and r.city_approved_by is distinct from {by}
                and not exists (select 1 from unnest({nested.From}, {nested.To}) n(f, t) where r.organisation_path >= n.f and r.organisation_path < n.t)
              order by r.organisation_path, r.id limit {Size} for update
            ), moved as (
              update reviews r set state = {next}, version = r.version + 1, waiting_since = {now},
                county_approved_by = case when {level} = 'county' then {by} else r.county_approved_by end,
                city_approved_by = case when {level} = 'city' then {by} else r.city_approved_by end
              from due where r.id = due.id
              returning r.id, r.module_report_id, r.revision, r.organisation_id, r.organisation_path, r.version
            ), written as (
              insert into review_entries (review_id, version, at, act, level, revision, by)
              select id, version, {now}, {act}, {level}, revision, {by} from moved
            )
            select id as "Id", module_report_id as "ModuleReportId", revision as "Revision", organisation_id as "OrganisationId",
              organisation_path as "OrganisationPath", version as "Version"
            from moved order by organisation_path, id
            """).ToListAsync(cancellationToken);
        return moved;
    }

    private ModuleReportsApproved Approved(List<Moved> moved) => new()
    {
        CycleId = cycleId,
        Level = pass.At.Key(),
        By = by,
        At = now,
        Items = [.. moved.Select(m => new ApprovedModuleReport
        {
            ReviewId = m.Id,
            ModuleReportId = m.ModuleReportId,
            Revision = m.Revision,
            OrganisationId = m.OrganisationId,
            ReviewVersion = m.Version,
        })],
    };

    private ModuleReportsAccepted Accepted(List<Moved> moved) => new()
    {
        CycleId = cycleId,
        Level = pass.At.Key(),
        By = by,
        At = now,
        Items = [.. moved.Select(m => new AcceptedModuleReport
        {
            ReviewId = m.Id,
            ModuleReportId = m.ModuleReportId,
            Revision = m.Revision,
            OrganisationId = m.OrganisationId,
            ReviewVersion = m.Version,
        })],
    };

    private sealed record Moved(Guid Id, Guid ModuleReportId, int Revision, Guid OrganisationId, string OrganisationPath, long Version);
}
