using System.Globalization;
using Gengdu.Calendar;
using Gengdu.Supervision.Clocks;
using Gengdu.Supervision.Cycles;
using Gengdu.Supervision.Data;
using Gengdu.Supervision.Reviews;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Gengdu.Supervision.Notices;

/// <summary>
/// Each working morning everybody hears once what waits at their own step: how many reports, since when, how many too long. Counted
/// by the statement of the board and the home page. Who reports late is not told here but by the ladder, before the deadline.
/// </summary>
internal sealed class WaitingDigest(SupervisionDbContext db, IOptions<MorningOptions> options, IOptions<LadderOptions> ladder)
{
    public const string Kind = "waiting";

    private const int AtOnce = 500;
    private static readonly TimeSpan Forgotten = TimeSpan.FromDays(400);
    private static readonly HeldState[] Steps = [HeldState.Returned, HeldState.CountyReview, HeldState.CityReview, HeldState.ProvinceReview];

    /// <summary>Whether this is the time of the day, and a day on which people work.</summary>
    public bool IsDue(DateTimeOffset now)
    {
        var local = now.ToOffset(HeldDays.Zone);
        return options.Value.FromHour >= 0 && local.Hour >= options.Value.FromHour && local.Hour < options.Value.ToHour && WorkingDays.IsWorkingDay(HeldDays.DayOf(now));
    }

    /// <summary>Once a day for each person, cycle and step, however often and by how many replicas it is asked.</summary>
    /// <returns>How many were told.</returns>
    public async Task<int> TellAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtextextended(current_schema() || ' waiting', 7307))", cancellationToken);
        // Yesterday's figures are nobody's news any more, whether today's are told or nothing waits.
        var today = new DateTimeOffset(HeldDays.DayOf(now).ToDateTime(TimeOnly.MinValue), HeldDays.Zone).ToUniversalTime();
        await db.Notices.Where(n => n.Kind == Kind && n.ReadAt == null && n.CreatedAt < today).ExecuteUpdateAsync(set => set.SetProperty(n => n.ReadAt, now), cancellationToken);

        var oldest = now - Forgotten;
        var told = 0;
        foreach (var cycle in await db.Cycles.AsNoTracking().Where(c => c.ClosedAt == null || c.ClosedAt > oldest).OrderBy(c => c.Id).ToListAsync(cancellationToken))
        {
            // What came back and was not given before the cycle closed cannot be given any more; reviews go on.
            foreach (var state in Steps.Where(state => cycle.ClosedAt is null || state.IsReview()))
            {
                var held = await HeldReports.ByHolderAsync(db, cycle.Id, state, ReviewScope.Of(["/"]), DateTimeOffset.MaxValue, holders: null, cancellationToken);
                foreach (var part in held.Chunk(AtOnce))
                {
                    told += await db.RaiseNoticesAsync(part.Select(one => About(cycle, state, one, now)), now, cancellationToken);
                }
            }
        }

        await transaction.CommitAsync(cancellationToken);
        return told;
    }

    private Telling About(Cycle cycle, HeldState state, Held held, DateTimeOffset now)
    {
        var args = ClockTexts.Args(cycle, new(held.Id, held.NameZh, held.NameEn), state, held.Reports, held.Since[0]);
        args["modules"] = held.Modules.ToString(CultureInfo.InvariantCulture);
        if (ladder.Value.Of(state).FirstOrDefault(step => step.From == LadderClock.Held) is { } first && held.Since.Count(since => since < HeldDays.Before(first.Days, now)) is > 0 and var late)
        {
            (args["late"], args["days"]) = (late.ToString(CultureInfo.InvariantCulture), first.Days.ToString(CultureInfo.InvariantCulture));
        }

        return new()
        {
            Kind = Kind,
            Key = string.Create(CultureInfo.InvariantCulture, $"waiting:{HeldDays.DayOf(now):yyyyMMdd}:{cycle.Id}:{state.Key()}:{held.Id}"),
            OrganisationId = held.Id,
            OrganisationPath = held.Path,
            Roles = state.RolesOf(),
            Link = ClockTexts.ActLink(state, cycle.Id, held.ReportIds[0]),
            Args = args,
        };
    }
}
