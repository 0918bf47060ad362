using Gengdu.Analytics.Data;
using Gengdu.Audit;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Analytics.Recounts;

/// <summary>Which cycle to compute anew.</summary>
public sealed record RebuildFiguresRequest(Guid CycleId);

/// <summary>A recount and how far it is.</summary>
/// <param name="Kind">"rebuild" sets figures right, "nightly" only compares.</param>
/// <param name="State">"waiting", "running", "finished", "cancelled" or "failed".</param>
/// <param name="Organisations">Organisations on the roster.</param>
/// <param name="Done">Of them computed so far.</param>
/// <param name="ModuleReports">Submitted module reports they were computed from.</param>
/// <param name="Figures">Figures that were compared: of schools, of nodes, and counts of completeness.</param>
/// <param name="Differences">Stored rows that differed; a rebuild has set them right. 0 unless something went wrong before.</param>
/// <param name="Examples">The first of them, as indicator and place.</param>
/// <param name="SwapMilliseconds">How long events waited while all differing figures were replaced at once.</param>
public sealed record RecountResponse(
    Guid Id, Guid CycleId, string Kind, string State, int Organisations, int Done, int ModuleReports, int Figures, int Differences, IReadOnlyList<string> Examples,
    DateTimeOffset RequestedAt, DateTimeOffset? StartedAt, DateTimeOffset? FinishedAt, int? SwapMilliseconds);

internal static class RebuildFigures
{
    /// <summary>Has a cycle recomputed from its stored revisions in the background, beside live traffic. One that is under way already is answered with that one.</summary>
    public static async Task<Results<Accepted<RecountResponse>, ProblemHttpResult>> HandleAsync(
        RebuildFiguresRequest request, Caller caller, AnalyticsDbContext db, RecountSignal signal, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (!MayRebuild(caller))
        {
            return GeneralProblems.Forbidden.ToHttpResult();
        }

        if (!await db.Cycles.AnyAsync(c => c.Id == request.CycleId, cancellationToken))
        {
            return AnalyticsProblems.UnknownCycle.ToHttpResult();
        }

        var (id, now) = (Guid.CreateVersion7(clock.GetUtcNow()), clock.GetUtcNow());
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var fresh = await db.Database.ExecuteSqlAsync($$"""
            insert into recounts (id, cycle_id, kind, state, requested_by, requested_at, cancel_asked, organisations, done, module_reports, figures, differences, examples)
            values ({{id}}, {{request.CycleId}}, 'rebuild', 'waiting', {{caller.PersonId}}, {{now}}, false, 0, 0, 0, 0, 0, '{}')
            on conflict (cycle_id) where kind = 'rebuild' and state in ('waiting', 'running') do nothing
            """, cancellationToken);
        if (fresh > 0)
        {
            await db.AuditAsync([AuditAct.Of(caller, "figures.rebuild-asked", request.CycleId, caller.SubtreePaths()[0])], now, cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        signal.Wake();
        // Not the newest of the cycle: the one just asked for may be over already, the one under way may end at this moment.
        var recount = await db.Set<Recount>().AsNoTracking().Where(r => fresh > 0 ? r.Id == id : r.CycleId == request.CycleId && r.Kind == Recount.Rebuild)
            .OrderBy(r => r.State != "waiting" && r.State != "running").ThenByDescending(r => r.RequestedAt).FirstAsync(cancellationToken);
        return TypedResults.Accepted($"/api/analytics/rebuilds/{recount.Id}", ToResponse(recount));
    }

    internal static bool MayRebuild(Caller caller) =>
        caller.Rights.Any(right => right.Role is Roles.ProvinceOwner or Roles.Administrator && right.LevelRoles.Contains("province"));

    internal static RecountResponse ToResponse(Recount r) => new(
        r.Id, r.CycleId, r.Kind, r.State, r.Organisations, r.Done, r.ModuleReports, r.Figures, r.Differences, r.Examples, r.RequestedAt, r.StartedAt, r.FinishedAt, r.SwapMilliseconds);
}
