using Gengdu.Audit;
using Gengdu.Organisations;
using Gengdu.Reporting.Data;
using Gengdu.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gengdu.Reporting.DeadlineRoom;

/// <summary>The same as the stream, once.</summary>
internal static class GetDeadlineRoom
{
    public static async Task<Results<Ok<RoomResponse>, ProblemHttpResult>> HandleAsync(
        Guid id, Guid? organisationId, Caller caller, ReportingDbContext db, Rooms rooms, AuditTrail trail, CancellationToken cancellationToken)
    {
        var (place, problem) = await RoomPlace.FindAsync(id, organisationId, caller, db, cancellationToken);
        if (place is null)
        {
            return problem!.ToHttpResult();
        }

        var room = (await rooms.ReadAsync(place.Cycle, cancellationToken)).Below(place.Path);
        await trail.SawAsync("deadline-room", id, place.Path, room.Children.Count);
        return TypedResults.Ok(room);
    }
}
