using Gengdu.Audit;
using Gengdu.Contracts.Supervision.V1;
using Gengdu.Messaging;
using Gengdu.Organisations;
using Gengdu.Supervision.Data;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Gengdu.Supervision.Reviews;

/// <summary>What of a scope a bulk act is about; without anything all that waits.</summary>
/// <param name="Ids">These alone.</param>
/// <param name="Revisions">Each of them only while it is at this revision.</param>
/// <param name="CleanOnly">Those without an explained warning; where nobody told, somebody has to read.</param>
internal sealed record ChosenReviews(Guid[]? Ids = null, int[]? Revisions = null, bool CleanOnly = false);

/// <summary>
/// Passes reviews on set-wise: each batch of at most 500 moves, gets its history and its one event in one transaction.
/// Stopping half-way leaves whole batches; asking again goes on with the rest. The right is looked at again before each of them.
/// </summary>
internal sealed class ReviewBatches(SupervisionDbContext db, AccessCache access, Guid by, ReviewTransition pass, Guid cycleId, DateTimeOffset now, ReviewScope nested)
{
    private const int Size = 500;

    public HashSet<Guid> Passed { get; } = [];

    /// <summary>Passes on what waits in the scope, of that only what was chosen.</summary>
    /// <returns>false when the right ended on the way: the rest waits for others.</returns>
    public async Task<bool> PassAsync(ReviewScope scope, ChosenReviews chosen, CancellationToken cancellationToken)
    {
        foreach (var (from, to) in scope.From.Zip(scope.To))
        {
            var last = (Path: from, Id: Guid.Empty);
            for (var full = true; full;)
            {
                if (await PassBatchAsync(from, last.Path, last.Id, to, chosen, cancellationToken) is not { } moved)
                {
                    return false;
                }

                Passed.UnionWith(moved.Select(m => m.Id));
                full = moved.Count == Size;
                last = full ? (moved[^1].OrganisationPath, moved[^1].Id) : last;
            }
        }

        return true;
    }

    private async Task<List<Moved>?> PassBatchAsync(string root, string path, Guid id, string to, ChosenReviews chosen, CancellationToken cancellationToken)
    {
        db.Database.AutoSavepointsEnabled = false;
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var connection = (NpgsqlConnection)db.Database.GetDbConnection();
        await TreeLock.ShareAsync(connection, cancellationToken);
        var rights = await access.RightsOfAsync(by, cancellationToken);
        if (rights.FirstOrDefault(r => r.Role == pass.Role && r.LevelRoles.Contains(pass.At.Key()) && root.StartsWith(r.Path, StringComparison.Ordinal)) is not { } right)
        {
            return null;
        }

        var moved = await MoveAsync(right.OrganisationId, path, id, to, chosen, cancellationToken);
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
            await db.AuditAsync(moved.Select(Audited), now, cancellationToken);
            await db.TellPassedAsync([.. moved.Select(m => new PassedReport(m.ReportId, m.OrganisationId, m.OrganisationPath))], cycleId, pass.Act, pass.At, by, now, cancellationToken);
            await ReviewPlaces.SettleAsync(connection, [.. moved.Select(m => m.Id)], cancellationToken);
            FaultPoints.Pass(FaultPoints.BeforeCommit);
            await transaction.CommitAsync(cancellationToken);
            FaultPoints.Pass(FaultPoints.AfterCommit);
            db.ChangeTracker.Clear();
        }

        return moved;
    }

    // The order of the index is also the order of locking, so two bulk acts wait for each other instead of deadlocking;
    // the guard stands in the where clause exactly as in Review (a test walks both).
    private async Task<List<Moved>> MoveAsync(Guid at, string path, Guid id, string to, ChosenReviews chosen, CancellationToken cancellationToken)
    {
        var (from, next, act, level) = (pass.From.Key(), pass.To.Key(), pass.Act.Key(), pass.At.Key());
        var moved = await db.Database.SqlQuery<Moved>($"""
            with due as (
              select r.id from reviews r
              where r.cycle_id = {cycleId} and r.state = {from} and (r.organisation_path, r.id) > ({path}, {id}) and r.organisation_path < {to}
                and ({chosen.Ids}::uuid[] is null or r.id = any({chosen.Ids}::uuid[]))
                and ({chosen.Revisions}::int[] is null or (r.id, r.revision) in (select a.id, a.revision from unnest({chosen.Ids}::uuid[], {chosen.Revisions}::int[]) a(id, revision)))
                and (not {chosen.CleanOnly} or r.explained_warnings = 0)
                and r.submitted_by <> {by} and r.county_approved_by is distinct from {by} and r.city_approved_by is distinct from {by}
                and not exists (select 1 from unnest({nested.From}, {nested.To}) n(f, t) where r.organisation_path >= n.f and r.organisation_path < n.t)
              order by r.organisation_path, r.id limit {Size} for update
            ), moved as (
              update reviews r set state = {next}, version = r.version + 1, waiting_since = {now},
                county_approved_by = case when {level} = 'county' then {by} else r.county_approved_by end,
                city_approved_by = case when {level} = 'city' then {by} else r.city_approved_by end
              from due where r.id = due.id
              returning r.id, r.module_report_id, r.report_id, r.revision, r.organisation_id, r.organisation_path, r.version
            ), written as (
              insert into review_entries (review_id, version, at, act, level, organisation_id, revision, by, unopened)
              select id, version, {now}, {act}, {level}, {at}, revision, {by},
                not exists (select 1 from review_openings o where o.review_id = id and o.revision = moved.revision and o.person_id = {by}) from moved
              returning review_id, unopened
            )
            select id as "Id", module_report_id as "ModuleReportId", report_id as "ReportId", revision as "Revision", organisation_id as "OrganisationId",
              organisation_path as "OrganisationPath", version as "Version", w.unopened as "Unopened"
            from moved join written w on w.review_id = id order by organisation_path, id
            """).ToListAsync(cancellationToken);
        return moved;
    }

    private AuditAct Audited(Moved moved) => AuditAct.By(
        by, ReviewEvents.Past(pass.Act), moved.Id, moved.OrganisationPath, new { moved.ModuleReportId, moved.Revision, level = pass.At.Key(), moved.Unopened }) with
    { OrganisationId = moved.OrganisationId };

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
            Unopened = m.Unopened,
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
            Unopened = m.Unopened,
        })],
    };

    private sealed record Moved(Guid Id, Guid ModuleReportId, Guid ReportId, int Revision, Guid OrganisationId, string OrganisationPath, long Version, bool Unopened);
}
