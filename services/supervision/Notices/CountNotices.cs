using Gengdu.Organisations;
using Gengdu.Supervision.Data;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Supervision.Notices;

/// <param name="Unread">At most 100: nobody counts further.</param>
public sealed record NoticeCount(int Unread);

/// <summary>For the badge on every page: one short range of an index.</summary>
internal static class CountNotices
{
    public const int Most = 100;

    public static async Task<Ok<NoticeCount>> HandleAsync(Caller caller, SupervisionDbContext db, CancellationToken cancellationToken) =>
        TypedResults.Ok(new NoticeCount(await db.Notices.Where(n => n.PersonId == caller.PersonId && n.ReadAt == null).Take(Most).CountAsync(cancellationToken)));
}
