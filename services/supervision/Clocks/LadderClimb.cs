using Gengdu.Audit;
using Gengdu.Messaging;
using Gengdu.Supervision.Cycles;
using Gengdu.Supervision.Data;
using Gengdu.Supervision.Reviews;
using Gengdu.Supervision.Urges;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Gengdu.Supervision.Clocks;

/// <summary>
/// One look at everything that is held: raises the steps that are due, ends those with nothing late left, tells who is to be told.
/// One transaction behind one lock: a second replica waits and then finds it done, a process that dies has done nothing.
/// </summary>
internal sealed class LadderClimb(SupervisionDbContext db, IOptions<LadderOptions> options, IOptions<QuietHours> quiet)
{
    private static readonly TimeSpan Forgotten = TimeSpan.FromDays(400);

    /// <returns>How many steps were raised.</returns>
    public async Task<int> LookAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtextextended(current_schema() || ' ladder', 7307))", cancellationToken);
        var oldest = now - Forgotten;
        var cycles = await db.Cycles.Where(c => c.ClosedAt == null || c.ClosedAt > oldest).OrderBy(c => c.Id).ToListAsync(cancellationToken);
        var raised = 0;
        foreach (var cycle in cycles)
        {
            foreach (var steps in options.Value.Steps.GroupBy(step => step.State))
            {
                raised += await ClimbAsync(cycle, steps.Key, [.. steps], now, cancellationToken);
            }
        }

        db.PublishRaised(db.ChangeTracker.Entries<Escalation>().Where(entry => entry.State == EntityState.Added).Select(entry => entry.Entity).OrderBy(e => e.Id).ToList(), now);
        await db.SaveChangesAsync(cancellationToken);
        await UrgeDelivery.DeliverDueAsync(db, cycles, now, cancellationToken);
        await EscalationDelivery.DeliverDueAsync(db, cycles, now, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        FaultPoints.Pass(FaultPoints.BeforeCommit);
        await transaction.CommitAsync(cancellationToken);
        FaultPoints.Pass(FaultPoints.AfterCommit);
        return raised;
    }

    private async Task<int> ClimbAsync(Cycle cycle, HeldState state, IReadOnlyList<LadderStep> steps, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var open = (await db.Escalations.Where(e => e.CycleId == cycle.Id && e.State == state && e.EndedAt == null).ToListAsync(cancellationToken)).ToLookup(e => (e.HolderId, e.HolderLevel));
        var late = await LateAsync(cycle, state, steps[0], now, cancellationToken);
        foreach (var done in open.Where(climb => !late.Any(held => (held.Id, held.At) == climb.Key)).SelectMany(climb => climb))
        {
            done.EndedAt = now;
        }

        if (late.Count == 0)
        {
            return 0;
        }

        var lines = await db.LinesOfAsync([.. late.Select(held => held.Path)], cancellationToken);
        var ids = late.Select(held => held.Id).ToArray();
        var episodes = (await db.Escalations.Where(e => e.CycleId == cycle.Id && e.State == state && ids.Contains(e.HolderId) && e.EndedAt != null)
            .GroupBy(e => new { e.HolderId, e.HolderLevel }).Select(g => new { g.Key, Last = g.Max(e => e.Episode) }).ToListAsync(cancellationToken)).ToDictionary(e => (e.Key.HolderId, e.Key.HolderLevel), e => e.Last);
        var nodes = await PlacesAsync(lines.Values, cancellationToken);
        var raised = 0;
        foreach (var held in late)
        {
            var told = Told(held, steps, lines[held.Path], nodes).ToList();
            var climbed = open[(held.Id, held.At)].OrderBy(e => e.Step).ToList();
            var from = steps[0].From == LadderClock.Held ? held.CountsFrom : DeadlineOf(cycle, held);
            if (Ladder.Next([.. told.Select(t => HeldDays.After(from, steps[t.Step].Days))], [.. climbed.Select(e => e.Rung)], now) is { } next)
            {
                var episode = climbed.Count > 0 ? climbed[0].Episode : episodes.GetValueOrDefault((held.Id, held.At)) + 1;
                db.Add(Raise(cycle, state, held, steps[told[next].Step], told[next], episode, now));
                raised++;
            }
        }

        return raised;
    }

    /// <summary>The holders for whom the first step is due.</summary>
    private async Task<IReadOnlyList<Held>> LateAsync(Cycle cycle, HeldState state, LadderStep first, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var due = cycle.Deadlines.Where(deadline => HeldDays.After(deadline.Value, first.Days) <= now).Select(deadline => deadline.Key).ToHashSet();
        if ((cycle.ClosedAt is not null && !state.IsReview()) || (first.From == LadderClock.Deadline && due.Count == 0))
        {
            return [];
        }

        var before = first.From == LadderClock.Held ? HeldDays.Before(first.Days, now) : DateTimeOffset.MaxValue;
        var held = await HeldReports.ByHolderAsync(db, cycle.Id, state, ReviewScope.Of(["/"]), before, holders: null, cancellationToken);
        return first.From == LadderClock.Held ? held : [.. held.Where(one => due.Contains(one.Level) && HeldDays.After(DeadlineOf(cycle, one), first.Days) <= now)];
    }

    /// <summary>More time moves it on: whoever was given it is not late before that.</summary>
    private static DateTimeOffset DeadlineOf(Cycle cycle, Held held) => held.ExtendedUntil is { } until && until > cycle.Deadlines[held.Level] ? until : cycle.Deadlines[held.Level];

    private async Task<Dictionary<string, Guid>> PlacesAsync(IEnumerable<ReviewLine> lines, CancellationToken cancellationToken)
    {
        var paths = lines.SelectMany(line => new[] { line.County, line.City, line.Province }).OfType<string>().Distinct().ToArray();
        return await db.Organisations.Where(o => paths.Contains(o.Path)).ToDictionaryAsync(o => o.Path, o => o.Id, cancellationToken);
    }

    /// <summary>The steps that this holder's line has, with who is told.</summary>
    private static IEnumerable<(int Step, Guid Id, ReviewLevel Level)> Told(Held held, IReadOnlyList<LadderStep> steps, ReviewLine line, Dictionary<string, Guid> nodes)
    {
        for (var i = 0; i < steps.Count; i++)
        {
            if (steps[i].Told(held.At) is { } level && (steps[i].Tell == LadderTells.Holder ? held.Id : line.At(level) is { } path && nodes.TryGetValue(path, out var id) ? id : (Guid?)null) is { } told)
            {
                yield return (i, told, level);
            }
        }
    }

    private Escalation Raise(Cycle cycle, HeldState state, Held held, LadderStep step, (int Step, Guid Id, ReviewLevel Level) told, int episode, DateTimeOffset now)
    {
        var deliverAt = quiet.Value.Delivery(now, cycle.Deadlines.Where(deadline => deadline.Key == held.Level).Select(deadline => deadline.Value));
        var escalation = new Escalation
        {
            Id = Guid.CreateVersion7(now),
            CycleId = cycle.Id,
            State = state,
            HolderId = held.Id,
            HolderPath = held.Path,
            HolderLevel = held.At,
            Episode = episode,
            Step = told.Step + 1,
            ToldId = told.Id,
            ToldLevel = told.Level,
            Reports = held.Reports,
            Modules = held.Modules,
            OldestSince = held.Since[0],
            ReportId = held.ReportIds[0],
            RaisedAt = now,
            DeliverAt = deliverAt,
            AnswerBy = HeldDays.EndOf(deliverAt, step.AnswerWithin),
        };
        db.Audit(AuditAct.By(null, "escalation.raised", escalation.Id, held.Path, new { escalation.CycleId, State = state.Key(), escalation.Step, escalation.ToldId, escalation.Reports }) with { OrganisationId = held.Id }, now);
        return escalation;
    }
}
