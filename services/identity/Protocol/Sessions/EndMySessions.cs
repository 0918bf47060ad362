using Gengdu.Identity.Data;
using Gengdu.Identity.Protocol.Pages;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Identity.Protocol.Sessions;

/// <summary>Signs another browser of mine out, or all others.</summary>
internal static class EndMySessions
{
    public static async Task<IResult> HandleAsync(HttpContext http, Visits visits, Account account, SignInSessions sessions, IdentityDbContext db, CancellationToken cancellationToken)
    {
        var visit = await visits.ReadAsync(http, cancellationToken);
        if (await account.WhoAsync(http, cancellationToken) is not { } me)
        {
            return account.SignIn(visit);
        }

        if (!visit.IsFromOurPage)
        {
            return await account.PageAsync(visit, 400, me.Session, me.Person, AccountTexts.Expired, good: false, cancellationToken);
        }

        if (visit.Posted("others") == "1")
        {
            await sessions.EndAllOfAsync(me.Person.Id, cancellationToken, except: me.Session.Id);
            return Account.Done(visit, "sessions");
        }

        var id = visit.Posted("session");
        if (await db.Sessions.AnyAsync(s => s.Id == id && s.PersonId == me.Person.Id, cancellationToken))
        {
            await sessions.EndAsync(id, cancellationToken);
        }

        return Account.Done(visit, "session");
    }
}
