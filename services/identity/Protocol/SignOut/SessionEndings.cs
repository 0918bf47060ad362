using Gengdu.Contracts.Identity.V1;
using Gengdu.Identity.Data;
using Gengdu.Identity.Protocol.Clients;
using Gengdu.Identity.Protocol.Sessions;
using Gengdu.Messaging;
using Gengdu.Organisations;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Identity.Protocol.SignOut;

/// <summary>Tells what a session's end is to others: the event for every service, a notice for every client that took part.</summary>
internal sealed class SessionEndings(IdentityDbContext db, ClientRegistry clients, EndedSignIns ended)
{
    /// <summary>Inside the transaction that ends them; the caller commits and then calls <see cref="Committed"/>.</summary>
    public async Task AnnounceAsync(IReadOnlyCollection<SignInSession> ending, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var ids = ending.Select(session => session.Id).ToArray();
        var parties = await db.AuthorizationCodes.Where(c => ids.Contains(c.SessionId) && c.UsedAt != null).Select(c => new { c.SessionId, c.ClientId }).Distinct().ToListAsync(cancellationToken);
        var people = ending.ToDictionary(session => session.Id, session => session.PersonId);
        foreach (var session in ending)
        {
            db.Publish(new SignInEnded { SessionId = session.Id, PersonId = session.PersonId, EndedAt = now }, now);
        }

        db.AddRange(parties.Where(party => clients.Find(party.ClientId)?.BackchannelLogoutUri is not null)
            .Select(party => LogoutNotice.Create(party.ClientId, party.SessionId, people[party.SessionId], now)));
        await db.SaveChangesAsync(cancellationToken);
    }

    /// <summary>Here it holds at once; other processes hear of it within a second.</summary>
    public void Committed(IReadOnlyCollection<SignInSession> ending)
    {
        foreach (var session in ending)
        {
            ended.Add(session.Id);
        }
    }
}
