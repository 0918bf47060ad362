using Gengdu.Organisations;
using Gengdu.Supervision.Data;
using Gengdu.Supervision.Reviews;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Supervision.Home;

/// <summary>
/// Conversations in which something waits to be read: those that the caller was told of (<c>ConversationNotices</c>), so that nobody's
/// home page fills with what others say to each other. Reading a conversation reads its notices.
/// </summary>
/// <param name="Reports">How many reports they are about.</param>
/// <param name="Mentioned">Whether somebody asked the caller to look; that one is led to first.</param>
/// <param name="Since">Since when the one that is led to waits.</param>
/// <param name="Link">Where it is read: a path of the web app.</param>
/// <param name="Organisation">Whose report that is.</param>
public sealed record HomeTalks(int Reports, bool Mentioned, DateTimeOffset Since, string Link, ActingOrganisation Organisation)
{
    private const int Most = 500;
    private static readonly string[] Kinds = ["mention", "message"];

    internal static async Task<HomeTalks?> OfAsync(SupervisionDbContext db, Caller caller, string deskPath, CancellationToken cancellationToken)
    {
        var unread = await (from n in db.Notices.AsNoTracking().Under(deskPath, n => n.OrganisationPath)
                            where n.PersonId == caller.PersonId && n.ReadAt == null && Kinds.Contains(n.Kind)
                            join o in db.Organisations on n.OrganisationId equals o.Id into named
                            from o in named.DefaultIfEmpty()
                            orderby n.Kind == "mention" descending, n.CreatedAt, n.Id
                            select new { n.Kind, n.Link, n.CreatedAt, n.OrganisationId, o!.NameZh, o.NameEn }).Take(Most).ToListAsync(cancellationToken);
        return unread.Count == 0 ? null : new(unread.Select(n => ReportOf(n.Link)).Distinct().Count(), unread[0].Kind == "mention", unread[0].CreatedAt, unread[0].Link,
            new(unread[0].OrganisationId, unread[0].NameZh, unread[0].NameEn));
    }

    /// <summary>"/fill/{report}/modules/…" or "/review/{report}?…".</summary>
    private static string ReportOf(string link) => link.Split('/', '?')[2];
}
