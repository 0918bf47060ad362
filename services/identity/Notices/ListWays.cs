using Gengdu.Audit;
using Gengdu.Identity.Data;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Identity.Notices;

/// <summary>How one way to people does at present.</summary>
/// <param name="Channel">"mail", "sms" or "webhook:" and its name.</param>
/// <param name="Present">Whether this installation has it; what waits for a way that was taken out waits for ever.</param>
/// <param name="Overdue">How many could have gone by now and did not.</param>
/// <param name="OverdueSince">Since when the oldest of them could.</param>
/// <param name="Fault">Why the last try failed; null while all goes well.</param>
/// <param name="Waiting">How many wait for their hour.</param>
/// <param name="Sent">Brought in the last day.</param>
/// <param name="LastSentAt">When the last one was brought.</param>
/// <param name="GivenUp">How many were given up in the last month.</param>
internal sealed record WayResponse(string Channel, bool Present, int Overdue, DateTimeOffset? OverdueSince, string? Fault, int Waiting, int Sent, DateTimeOffset? LastSentAt, int GivenUp);

/// <summary>Whether mails go out: a mail server that is down is seen here, not by people who wonder.</summary>
internal static class ListWays
{
    // A sender looks every few seconds; what is due for longer is held up.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    public static async Task<Results<Ok<IReadOnlyList<WayResponse>>, ProblemHttpResult>> HandleAsync(
        Caller caller, IdentityDbContext db, IEnumerable<IChannel> channels, AuditTrail trail, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (!ListGivenUp.MayLookAfter(caller))
        {
            return GeneralProblems.Forbidden.ToHttpResult();
        }

        var (now, present) = (clock.GetUtcNow(), channels.Select(channel => channel.Name).ToHashSet());
        var (late, day) = (now - Patience, now.AddDays(-1));
        var rows = await db.Deliveries.GroupBy(d => d.Channel).Select(g => new
        {
            Channel = g.Key,
            // A try that failed put the due time off: with a fault it is held up all the same.
            Overdue = g.Count(d => d.State == DeliveryState.Waiting && (d.DueAt < late || d.Fault != null)),
            Since = g.Min(d => d.State == DeliveryState.Waiting && (d.DueAt < late || d.Fault != null) ? (DateTimeOffset?)d.RaisedAt : null),
            Waiting = g.Count(d => d.State == DeliveryState.Waiting && d.DueAt >= late && d.Fault == null),
            Sent = g.Count(d => d.State == DeliveryState.Sent && d.SettledAt >= day),
            Last = g.Max(d => d.State == DeliveryState.Sent ? d.SettledAt : null),
            Dead = g.Count(d => d.State == DeliveryState.Dead),
        }).ToListAsync(cancellationToken);
        var faults = await db.Deliveries.Where(d => d.State == DeliveryState.Waiting && d.Fault != null).GroupBy(d => d.Channel)
            .Select(g => new { g.Key, Fault = g.OrderByDescending(d => d.DueAt).Select(d => d.Fault).First() }).ToDictionaryAsync(g => g.Key, g => g.Fault, cancellationToken);
        var known = rows.ToDictionary(row => row.Channel);
        await trail.SawAsync("delivery", null, caller.PlaceOf(caller.Rights.Select(right => right.Path)), rows.Count);
        return TypedResults.Ok<IReadOnlyList<WayResponse>>([.. present.Union(known.Keys).Order(StringComparer.Ordinal).Select(channel => known.GetValueOrDefault(channel) is { } row
            ? new WayResponse(channel, present.Contains(channel), row.Overdue, row.Since, faults.GetValueOrDefault(channel), row.Waiting, row.Sent, row.Last, row.Dead)
            : new WayResponse(channel, true, 0, null, null, 0, 0, null, 0))]);
    }
}
