using Gengdu.Organisations;
using Gengdu.Supervision.Data;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Supervision.Notices;

/// <param name="Until">Time of the newest that was on the page: what came in meanwhile stays unread.</param>
public sealed record ReadNoticesRequest(DateTimeOffset Until);

/// <summary>Marks all of the caller's own as read.</summary>
internal static class ReadNotices
{
    public static async Task<NoContent> HandleAsync(ReadNoticesRequest request, Caller caller, SupervisionDbContext db, TimeProvider clock, CancellationToken cancellationToken)
    {
        var (now, until) = (clock.GetUtcNow(), request.Until.ToUniversalTime());
        await db.Notices.Where(n => n.PersonId == caller.PersonId && n.ReadAt == null && n.CreatedAt <= until).ExecuteUpdateAsync(set => set.SetProperty(n => n.ReadAt, now), cancellationToken);
        return TypedResults.NoContent();
    }
}
