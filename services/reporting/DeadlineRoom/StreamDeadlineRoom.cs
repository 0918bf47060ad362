using Gengdu.Audit;
using Gengdu.LivePages;
using Gengdu.Organisations;
using Gengdu.Reporting.Data;
using Gengdu.ServiceDefaults;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;

namespace Gengdu.Reporting.DeadlineRoom;

/// <summary>
/// The room as server-sent events (<see cref="OpenPage"/>): each snapshot as "room" with its number as id, so that a page that comes
/// back with Last-Event-ID is not told again what it has.
/// </summary>
internal static class StreamDeadlineRoom
{
    private const string Room = "deadline-room";
    private static readonly TimeSpan RestAfterFault = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(100);

    public static async Task HandleAsync(
        Guid id, Guid? organisationId, HttpContext http, Caller caller, ReportingDbContext db, Rooms rooms, PageSeats seats, AuditTrail trail,
        IOptions<RoomOptions> options, IOptions<JsonOptions> json, TimeProvider clock)
    {
        var (place, problem) = await RoomPlace.FindAsync(id, organisationId, caller, db, http.RequestAborted);
        if ((problem ?? (seats.TryTake(caller.PersonId, Room, options.Value.AtOnce) ? null : RoomProblems.TooManyPages)) is { } refused)
        {
            await refused.ToHttpResult().ExecuteAsync(http);
            return;
        }

        try
        {
            await trail.SawAsync("deadline-room", id, place!.Path, filter: new { stream = true });
            await OpenPage.ServeAsync(http, TimeSpan.FromMinutes(options.Value.StreamMinutes), RestAfterFault, now => RoomPlace.IsOpenTo(now, place.Path), LookAsync);
        }
        finally
        {
            seats.Leave(caller.PersonId, Room);
        }

        async Task<PageTurn?> LookAsync(long last, CancellationToken cancellationToken)
        {
            var snapshot = await rooms.ReadAsync(place.Cycle, cancellationToken);
            // Another process counts on its own: only the very number that was seen is not sent again.
            var news = snapshot.Number == last ? null
                : snapshot.Bytes.GetOrAdd(place.Path, path => OpenPage.Event(snapshot.Number, "room", snapshot.Below(path), json.Value.SerializerOptions));
            var wait = rooms.NextAfter(snapshot) - clock.GetUtcNow();
            return new(snapshot.Number, news, wait > Shortest ? wait : Shortest);
        }
    }
}
