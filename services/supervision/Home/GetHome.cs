using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Gengdu.Supervision.Clocks;
using Gengdu.Supervision.Data;
using Gengdu.Supervision.Reviews;
using Gengdu.Supervision.Urges;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Gengdu.Supervision.Home;

/// <summary>What one desk has to do now, by when, and who waits for it. Nothing in it that cannot be acted on.</summary>
/// <param name="AsOf">Server time of all counts.</param>
/// <param name="Urges">Of this organisation's people, while something of it is still held; unanswered ones first.</param>
/// <param name="Warnings">Steps of the ladder that told this organisation and have not ended, one for each cycle, state and step; unanswered ones first.</param>
/// <param name="Cycles">With something held at or below this organisation.</param>
/// <param name="Vacancies">For its administrator: who is missing for the open cycles; else null.</param>
/// <param name="Talks">What was said to the caller about reports at or below this organisation and not read yet; null when nothing.</param>
public sealed record HomeResponse(
    DateTimeOffset AsOf, IReadOnlyList<UrgeResponse> Urges, IReadOnlyList<HomeWarning> Warnings, IReadOnlyList<HomeCycle> Cycles, HomeVacancies? Vacancies, HomeTalks? Talks);

/// <param name="EscalationIds">Acknowledged together.</param>
/// <param name="Own">Whether this organisation itself is late.</param>
/// <param name="Holders">How many organisations are late.</param>
/// <param name="HolderLevel">At which level they are.</param>
public sealed record HomeWarning(
    Guid CycleId, HeldState State, int Step, bool Own, IReadOnlyList<Guid> EscalationIds, int Holders, ReviewLevel HolderLevel, int Reports, DateTimeOffset OldestSince, Guid ReportId,
    DateTimeOffset AnswerBy, PromiseResponse? Answer);

/// <param name="Deadlines">By level.</param>
/// <param name="UnlockRequests">For the province's owner: accepted modules that somebody asked to unlock.</param>
/// <param name="UnlockAskedSince">Since when the oldest of these waits.</param>
/// <param name="Tasks">Samples, and counties that go up.</param>
public sealed record HomeCycle(
    Guid CycleId, string NameZh, string NameEn, IReadOnlyDictionary<string, DateTimeOffset> Deadlines, DateTimeOffset? ClosedAt, int UnlockRequests, DateTimeOffset? UnlockAskedSince,
    IReadOnlyList<HomeState> States, IReadOnlyList<HomeTask> Tasks);

/// <param name="Mine">Waits for this organisation; else for one below it, which may be urged.</param>
/// <param name="Reports">As many rows as the board's list of this state has here.</param>
/// <param name="Days">Working days since the oldest.</param>
/// <param name="LateDays">The ladder begins after so many working days; null where it goes by the deadline.</param>
/// <param name="LateReports">Held for that long: the rows of the list with atLeastDays.</param>
/// <param name="Extended">Of the reports, those that have more time now.</param>
public sealed record HomeState(HeldState State, bool Mine, int Reports, int Modules, DateTimeOffset OldestSince, int Days, int? LateDays, int LateReports, int Extended);

internal static class GetHome
{
    private const string Sql = $"""
        with {HeldReports.Sql}
        select h.state as "State", count(*)::int as "Reports", sum(h.modules)::int as "Modules", min(h.since) as "OldestSince", (count(*) filter (where h.counts_from < l.before))::int as "Late",
          (count(*) filter (where h.extended_until > @now))::int as "Extended"
        from held h left join unnest(@states, @lates) l(state, before) on l.state = h.state where h.state <> 'accepted' group by h.state
        """;

    public static async Task<Results<Ok<HomeResponse>, ProblemHttpResult>> HandleAsync(
        Guid organisationId, Caller caller, SupervisionDbContext db, IOptions<LadderOptions> options, TimeProvider clock, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var desk = await db.Organisations.FirstOrDefaultAsync(o => o.Id == organisationId, cancellationToken);
        if (desk is null || !caller.Sees(desk.Path))
        {
            return GeneralProblems.NotFound.ToHttpResult();
        }

        string[] roles = [.. caller.Rights.Where(right => right.OrganisationId == desk.Id).Select(right => right.Role).Distinct()];
        if (roles.Length == 0)
        {
            // A home is where somebody has a role: seeing a place from above is what the board is for.
            return GeneralProblems.Forbidden.ToHttpResult();
        }

        var cycles = await CyclesAsync(db, desk, roles, caller, options.Value, now, cancellationToken);
        // Quiet hours keep notices back; who looks at the own desk at night is awake.
        var urges = await db.Urges.AsNoTracking().Where(u => u.HolderId == desk.Id).OrderBy(u => u.AnsweredAt != null).ThenByDescending(u => u.RaisedAt).Take(50).ToListAsync(cancellationToken);
        var own = await OwnAsync(db, desk.Id, urges, cancellationToken);
        var warnings = await db.Escalations.AsNoTracking().Where(e => e.ToldId == desk.Id && e.EndedAt == null).ToListAsync(cancellationToken);
        return TypedResults.Ok(new HomeResponse(now,
            await urges.Where(u => u.State.RolesOf().Any(roles.Contains) && own.Contains((u.CycleId, u.State))).DistinctBy(u => (u.CycleId, u.State, u.HolderLevel)).ToList().ToResponsesAsync(db, cancellationToken),
            [.. warnings.Where(e => e.ToldRoles.Any(roles.Contains)).GroupBy(e => (e.CycleId, e.State, e.Step, e.ToldLevel, e.HolderLevel, e.DoneBy)).Select(group => Warning([.. group]))
                .OrderBy(w => w.Answer is not null).ThenBy(w => w.Answer?.DoneBy ?? w.AnswerBy)],
            cycles, roles.Contains(Roles.Administrator) ? await Vacancies.UnderAsync(db, desk.Path, now, cancellationToken) : null,
            await HomeTalks.OfAsync(db, caller, desk.Path, cancellationToken)));
    }

    private static HomeWarning Warning(List<Escalation> group)
    {
        var first = group.MinBy(e => e.OldestSince)!;
        return new(first.CycleId, first.State, first.Step, group.TrueForAll(e => e.ToldId == e.HolderId && e.ToldLevel == e.HolderLevel), [.. group.Select(e => e.Id).Order()], group.Count, first.HolderLevel,
            group.Sum(e => e.Reports), first.OldestSince, first.ReportId, group.Min(e => e.AnswerBy), first.Answer.ToResponse());
    }

    private static async Task<IReadOnlyList<HomeCycle>> CyclesAsync(
        SupervisionDbContext db, Organisation desk, string[] roles, Caller caller, LadderOptions ladder, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var levels = roles.Select(HeldStates.LevelOf).OfType<ReviewLevel>().ToList();
        if (levels.Count == 0)
        {
            return [];
        }

        var oldest = now.AddDays(-400);
        var cycles = await db.Cycles.AsNoTracking().Where(c => c.ClosedAt == null || c.ClosedAt > oldest).OrderByDescending(c => c.OpensAt).ToListAsync(cancellationToken);
        var late = HeldStates.All.Select(state => (State: state, Step: ladder.Of(state).FirstOrDefault(step => step.From == LadderClock.Held))).Where(l => l.Step is not null)
            .ToDictionary(l => l.State, l => l.Step!.Days);
        var homes = new List<HomeCycle>();
        foreach (var cycle in cycles)
        {
            var rows = await db.Database.SqlQueryRaw<Row>(Sql, [.. HeldReports.Of(cycle.Id, ReviewScope.Of([desk.Path])), new NpgsqlParameter<string[]>("states", [.. late.Keys.Select(state => state.Key())]),
                new NpgsqlParameter<DateTimeOffset[]>("lates", [.. late.Values.Select(days => HeldDays.Before(days, now))]), new NpgsqlParameter<DateTimeOffset>("now", now.ToUniversalTime())]).ToListAsync(cancellationToken);
            var states = rows.Select(row => State(row, HeldStates.Find(row.State)!.Value, levels, late, now))
                .Where(state => state.Mine || levels.Any(level => level > state.State.Holder(ReviewLevel.School)))
                // What was owed and not given when the cycle closed cannot be given any more.
                .Where(state => cycle.ClosedAt is null || state.State.IsReview()).OrderByDescending(state => state.Mine).ThenByDescending(state => state.State).ToList();
            var unlock = roles.Contains(Roles.ProvinceOwner)
                ? await db.Reviews.Where(r => r.CycleId == cycle.Id && r.UnlockAskedAt != null).Select(r => r.UnlockAskedAt).ToListAsync(cancellationToken) : [];
            var tasks = await StepTasks.OfAsync(db, cycle, desk, levels, caller, now, cancellationToken);
            if (states.Count > 0 || unlock.Count > 0 || tasks.Count > 0)
            {
                homes.Add(new(cycle.Id, cycle.NameZh, cycle.NameEn, cycle.Deadlines, cycle.ClosedAt, unlock.Count, unlock.Min(), states, tasks));
            }
        }

        return homes;
    }

    private static HomeState State(Row row, HeldState state, List<ReviewLevel> levels, Dictionary<HeldState, int> late, DateTimeOffset now) => new(
        state, state.IsReview() && levels.Contains(state.Holder(ReviewLevel.School)), row.Reports, row.Modules, row.OldestSince, HeldDays.Of(row.OldestSince, now),
        late.TryGetValue(state, out var days) ? days : null, row.Late, row.Extended);

    /// <summary>What this organisation still holds of what it was urged about.</summary>
    private static async Task<HashSet<(Guid, HeldState)>> OwnAsync(SupervisionDbContext db, Guid deskId, List<Urge> urges, CancellationToken cancellationToken)
    {
        var holds = new HashSet<(Guid, HeldState)>();
        foreach (var (cycleId, state, path) in urges.Select(u => (u.CycleId, u.State, u.HolderPath)).Distinct())
        {
            if ((await HeldReports.ByHolderAsync(db, cycleId, state, ReviewScope.Of([path]), DateTimeOffset.MaxValue, [deskId], cancellationToken)).Count > 0)
            {
                holds.Add((cycleId, state));
            }
        }

        return holds;
    }

    private sealed record Row(string State, int Reports, int Modules, DateTimeOffset OldestSince, int Late, int Extended);
}
