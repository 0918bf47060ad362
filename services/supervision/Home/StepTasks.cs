using Gengdu.Organisations;
using Gengdu.Supervision.Clocks;
using Gengdu.Supervision.Cycles;
using Gengdu.Supervision.Data;
using Gengdu.Supervision.Dispatches;
using Gengdu.Supervision.Reviews;
using Gengdu.Supervision.Samples;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Supervision.Home;

/// <summary>What else a desk has to do in a cycle, besides reading what waits.</summary>
public enum HomeTaskKind
{
    /// <summary>A sample was announced and not drawn.</summary>
    DrawSample,

    /// <summary>Drawn schools are still to be read.</summary>
    ReadSample,

    /// <summary>All that was drawn has been read; the rest can be passed on it.</summary>
    ApproveRest,

    /// <summary>A county went up except named schools, and waits for the answer.</summary>
    AnswerGaps,

    /// <summary>The county can go up now, or its deadline is near.</summary>
    SendCounty,

    /// <summary>The city did not allow the gaps.</summary>
    SendCountyAgain,
}

/// <param name="Count">Samples to draw or to approve on; schools to read; counties to answer; schools still missing when the county is to be sent up.</param>
/// <param name="Since">Since when the oldest waits; null where it follows from the roster alone.</param>
/// <param name="Due">The deadline of the own level.</param>
/// <param name="SampleId">The oldest of the samples.</param>
/// <param name="Organisation">What the oldest is about.</param>
public sealed record HomeTask(HomeTaskKind Kind, int Count, DateTimeOffset? Since, DateTimeOffset? Due, Guid? SampleId, ActingOrganisation Organisation);

/// <summary>Each is asked of the rule that the act itself asks, so a task is there exactly while its act is open.</summary>
internal static class StepTasks
{
    /// <summary>A county is reminded to go up so many working days before its deadline, complete or not.</summary>
    public const int RemindDays = 3;

    // Each is counted from its reviews; a city hardly has more open at once.
    private const int MostSamples = 30;

    public static async Task<IReadOnlyList<HomeTask>> OfAsync(
        SupervisionDbContext db, Cycle cycle, Organisation desk, IReadOnlyCollection<ReviewLevel> levels, Caller caller, DateTimeOffset now, CancellationToken cancellationToken) =>
    [
        .. await SamplesAsync(db, cycle, desk, levels, cancellationToken),
        .. levels.Contains(ReviewLevel.City) ? await GapsAsync(db, cycle, desk, caller, cancellationToken) : [],
        .. levels.Contains(ReviewLevel.County) && cycle.ClosedAt is null && desk.LevelRoles.Contains("county") ? await SendingAsync(db, cycle, desk, caller, now, cancellationToken) : [],
    ];

    private static async Task<IEnumerable<HomeTask>> SamplesAsync(
        SupervisionDbContext db, Cycle cycle, Organisation desk, IReadOnlyCollection<ReviewLevel> levels, CancellationToken cancellationToken)
    {
        ReviewLevel[] steps = [.. levels.Intersect(SampleRights.Steps)];
        var open = await db.Set<Sample>().AsNoTracking().Under(desk.Path, s => s.OrganisationPath).Where(s => s.CycleId == cycle.Id && s.ApprovedAt == null && steps.Contains(s.Step))
            .OrderBy(s => s.AnnouncedAt).ThenBy(s => s.Id).Take(MostSamples).ToListAsync(cancellationToken);
        if (open.Count == 0)
        {
            return [];
        }

        var lines = await db.LinesOfAsync([.. open.Select(s => s.OrganisationPath)], cancellationToken);
        var tasks = new List<(Sample Sample, HomeTask Task)>();
        foreach (var sample in open.Where(s => lines[s.OrganisationPath].At(s.Step) == desk.Path))
        {
            var progress = await db.ProgressOfAsync(sample, cancellationToken);
            var (kind, count) = sample.Seed is null ? (HomeTaskKind.DrawSample, 1) : progress.Waiting > 0 ? (HomeTaskKind.ReadSample, progress.Waiting) : (HomeTaskKind.ApproveRest, 1);
            tasks.Add((sample, new(kind, count, sample.AnnouncedAt, Due(cycle, sample.Step), sample.Id, new(sample.OrganisationId, null, null))));
        }

        var names = await NamesAsync(db, [.. tasks.Select(one => one.Sample.OrganisationId)], cancellationToken);
        return tasks.GroupBy(one => (one.Task.Kind, one.Sample.Step)).OrderByDescending(same => same.Key.Kind)
            .Select(same => same.First().Task with { Count = same.Sum(one => one.Task.Count), Organisation = names[same.First().Sample.OrganisationId] });
    }

    private static async Task<IEnumerable<HomeTask>> GapsAsync(SupervisionDbContext db, Cycle cycle, Organisation desk, Caller caller, CancellationToken cancellationToken)
    {
        var counties = await db.Organisations.Under(desk.Path, o => o.Path).Where(o => o.LevelRoles.Contains("county")).Select(o => new { o.Id, o.Path }).ToDictionaryAsync(o => o.Id, o => o.Path, cancellationToken);
        var latest = (await db.Set<Dispatch>().AsNoTracking().Include(d => d.Gaps).Where(d => d.CycleId == cycle.Id && counties.Keys.Contains(d.OrganisationId)).ToListAsync(cancellationToken))
            .GroupBy(d => d.OrganisationId).Select(own => own.MaxBy(d => d.Round)!).Where(d => d.RefuseDecision(caller.PersonId) is null).ToList();
        var lines = await db.LinesOfAsync([.. latest.Select(d => counties[d.OrganisationId])], cancellationToken);
        var mine = latest.Where(d => lines[counties[d.OrganisationId]].City == desk.Path).OrderBy(d => d.SentAt).ThenBy(d => d.Id).ToList();
        return mine.Count == 0 ? []
            : [new(HomeTaskKind.AnswerGaps, mine.Count, mine[0].SentAt, Due(cycle, ReviewLevel.City), null, (await NamesAsync(db, [mine[0].OrganisationId], cancellationToken))[mine[0].OrganisationId])];
    }

    private static async Task<IEnumerable<HomeTask>> SendingAsync(SupervisionDbContext db, Cycle cycle, Organisation desk, Caller caller, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var county = (await db.CountiesAsync(caller, cycle.Id, [desk.Id], cancellationToken)).Single();
        if (!county.Acts.Any(act => act is { Act: "send", Allowed: true }) || county.Dispatch?.State == DispatchState.Waiting)
        {
            return [];
        }

        var (due, missing) = (Due(cycle, ReviewLevel.County), county.Owed - county.Arrived);
        return county.Dispatch is { } refused ? [new(HomeTaskKind.SendCountyAgain, missing, refused.DecidedAt, due, null, county.Organisation)]
            : missing == 0 || (due is { } deadline && HeldDays.After(deadline, -RemindDays) <= now) ? [new(HomeTaskKind.SendCounty, missing, null, due, null, county.Organisation)]
            : [];
    }

    private static DateTimeOffset? Due(Cycle cycle, ReviewLevel level) => cycle.Deadlines.TryGetValue(level.Key(), out var due) ? due : null;

    private static async Task<Dictionary<Guid, ActingOrganisation>> NamesAsync(SupervisionDbContext db, Guid[] ids, CancellationToken cancellationToken)
    {
        var found = await db.Organisations.Where(o => ids.Contains(o.Id)).Select(o => new ActingOrganisation(o.Id, o.NameZh, o.NameEn)).ToDictionaryAsync(o => o.Id, cancellationToken);
        return ids.Distinct().ToDictionary(id => id, id => found.GetValueOrDefault(id) ?? new(id, null, null));
    }
}
