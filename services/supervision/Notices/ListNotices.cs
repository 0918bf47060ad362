using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Gengdu.Supervision.Data;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Supervision.Notices;

/// <summary>The caller's own notices, unread first, then the newest.</summary>
/// <param name="Next">Asks for the rest; null at the end.</param>
/// <param name="Unread">All that are unread, at most 100.</param>
public sealed record NoticePage(IReadOnlyList<NoticeResponse> Items, string? Next, int Unread);

/// <param name="Kind">Texts by kind: contracts/Supervision/notice-kinds.json.</param>
/// <param name="Args">What the texts are filled with.</param>
/// <param name="Link">Page of the web app with the act.</param>
public sealed record NoticeResponse(Guid Id, string Kind, IReadOnlyDictionary<string, string> Args, string Link, bool Urgent, DateTimeOffset CreatedAt, DateTimeOffset? ReadAt);

/// <param name="Cursor">From <see cref="NoticePage.Next"/>.</param>
/// <param name="PageSize">1 to 100, 30 without it.</param>
internal sealed record ListNoticesFilter(string? Cursor, int? PageSize);

internal static class ListNotices
{
    public static async Task<Results<Ok<NoticePage>, ProblemHttpResult>> HandleAsync(
        [AsParameters] ListNoticesFilter filter, Caller caller, SupervisionDbContext db, CancellationToken cancellationToken)
    {
        var size = Math.Clamp(filter.PageSize ?? 30, 1, 100);
        var own = db.Notices.AsNoTracking().Where(n => n.PersonId == caller.PersonId);
        var unread = await own.Where(n => n.ReadAt == null).Take(CountNotices.Most).CountAsync(cancellationToken);
        if (filter.Cursor is { } text)
        {
            if (Read(text) is not { } after)
            {
                return GeneralProblems.BadRequest("cursor").ToHttpResult();
            }

            var (read, at, id) = after;
            own = own.Where(n => (n.ReadAt != null && !read) || ((n.ReadAt != null) == read && (n.CreatedAt < at || (n.CreatedAt == at && n.Id < id))));
        }

        var found = await own.OrderBy(n => n.ReadAt != null).ThenByDescending(n => n.CreatedAt).ThenByDescending(n => n.Id).Take(size + 1).ToListAsync(cancellationToken);
        var next = found.Count > size ? Write(found[size - 1]) : null;
        return TypedResults.Ok(new NoticePage([.. found.Take(size).Select(n => new NoticeResponse(n.Id, n.Kind, n.Args, n.Link, n.Urgent, n.CreatedAt, n.ReadAt))], next, unread));
    }

    private static string Write(Notice last) =>
        Base64Url.EncodeToString(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{(last.ReadAt is null ? 0 : 1)}.{last.CreatedAt.UtcTicks}.{last.Id:N}")));

    private static (bool Read, DateTimeOffset At, Guid Id)? Read(string cursor)
    {
        if (cursor.Length > 200 || !Base64Url.IsValid(cursor))
        {
            return null;
        }

        return Encoding.ASCII.GetString(Base64Url.DecodeFromChars(cursor)).Split('.') is ["0" or "1", _, _] and [var read, var ticks, var id]
            && long.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out var at) && at <= DateTimeOffset.MaxValue.UtcTicks && Guid.TryParseExact(id, "N", out var last)
            ? (read == "1", new(at, TimeSpan.Zero), last) : null;
    }
}
