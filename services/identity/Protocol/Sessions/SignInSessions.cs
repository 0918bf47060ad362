using System.Globalization;
using System.Security.Claims;
using Gengdu.Audit;
using Gengdu.Contracts.Identity.V1;
using Gengdu.Identity.Data;
using Gengdu.Identity.People;
using Gengdu.Identity.Protocol.SignIn;
using Gengdu.Identity.Protocol.SignOut;
using Gengdu.Messaging;
using Microsoft.AspNetCore.Authentication;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Identity.Protocol.Sessions;

/// <summary>The browser's cookie names a session; the row decides whether it still holds.</summary>
internal sealed class SignInSessions(IdentityDbContext db, SessionEndings endings, AccountActs acts, TimeProvider clock)
{
    public const string Scheme = "sign-in";
    private const string SessionClaim = "sid";
    private static readonly TimeSpan UseIsNoted = TimeSpan.FromMinutes(10);

    /// <summary>The session of this browser with its person, or null when there is none, it ended, or the person's password changed.</summary>
    public async Task<(SignInSession Session, Person Person)?> CurrentAsync(HttpContext http, CancellationToken cancellationToken)
    {
        var cookie = await http.AuthenticateAsync(Scheme);
        return cookie.Principal?.FindFirstValue(SessionClaim) is { } id ? await FindAsync(id, cancellationToken) : null;
    }

    public async Task<(SignInSession Session, Person Person)?> FindAsync(string id, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var found = await db.Sessions.AsNoTracking().Where(s => s.Id == id && s.EndedAt == null && s.ExpiresAt > now)
            .Join(db.People.AsNoTracking().Where(p => p.DisabledAt == null), s => new { Id = s.PersonId, Stamp = (string?)s.SecurityStamp }, p => new { p.Id, Stamp = p.SecurityStamp }, (s, p) => new { s, p })
            .SingleOrDefaultAsync(cancellationToken);
        if (found is not null && now - found.s.LastUsedAt > UseIsNoted)
        {
            await db.Sessions.Where(s => s.Id == id).ExecuteUpdateAsync(s => s.SetProperty(x => x.LastUsedAt, now), cancellationToken);
        }

        return found is null ? null : (found.s, found.p);
    }

    /// <summary>A new session with a new id, never the old one continued; the browser's former session ends.</summary>
    public async Task BeginAsync(HttpContext http, Person person, string acr, CancellationToken cancellationToken)
    {
        if (await CurrentAsync(http, cancellationToken) is { } former)
        {
            await EndAsync(former.Session.Id, cancellationToken);
        }

        var session = SignInSession.Create(person, acr, http.Request.Headers.UserAgent.ToString(), clock.GetUtcNow());
        db.Add(session);
        db.Audit(await acts.OfAsync(person.Id, "sign-in.begun", new { acr }, cancellationToken, http.Connection.RemoteIpAddress) with { Session = AuditAct.SessionOf(session.Id) }, clock.GetUtcNow());
        await db.SaveChangesAsync(cancellationToken);
        await db.People.Where(p => p.Id == person.Id).ExecuteUpdateAsync(p => p.SetProperty(x => x.LastSignInAt, session.AuthenticatedAt), cancellationToken);
        var identity = new ClaimsIdentity(
            [new("sub", person.Id.ToString()), new(SessionClaim, session.Id), new("auth_time", session.AuthenticatedAt.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture))], Scheme);
        await http.SignInAsync(Scheme, new ClaimsPrincipal(identity), new AuthenticationProperties { ExpiresUtc = session.ExpiresAt });
    }

    /// <summary>Ends the session and every grant that came of it.</summary>
    public Task EndAsync(string id, CancellationToken cancellationToken) => EndAsync(db.Sessions.Where(s => s.Id == id), null, cancellationToken);

    /// <summary>Ends all sessions of a person, except one when given, and says so also when none was alive: what was made in an earlier one may act without it.</summary>
    public Task EndAllOfAsync(Guid personId, CancellationToken cancellationToken, string? except = null) =>
        EndAsync(db.Sessions.Where(s => s.PersonId == personId && s.Id != except), personId, cancellationToken);

    // The only place where sessions end before their time; the event and the clients' notices are written with it or not at all.
    private async Task EndAsync(IQueryable<SignInSession> which, Guid? allOf, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await using var own = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(cancellationToken) : null;
        var ending = await which.AsNoTracking().Where(s => s.EndedAt == null && s.ExpiresAt > now).ToListAsync(cancellationToken);
        if (allOf is { } personId)
        {
            db.Publish(new PersonSignInsEnded { PersonId = personId, EndedAt = now }, now);
        }
        else if (ending.Count == 0)
        {
            return;
        }

        var ids = ending.ConvertAll(s => s.Id);
        await db.Sessions.Where(s => ids.Contains(s.Id) && s.EndedAt == null).ExecuteUpdateAsync(s => s.SetProperty(x => x.EndedAt, now), cancellationToken);
        await db.RefreshTokens.Where(t => ids.Contains(t.SessionId) && t.RevokedAt == null).ExecuteUpdateAsync(t => t.SetProperty(x => x.RevokedAt, now), cancellationToken);
        await endings.AnnounceAsync(ending, now, cancellationToken);
        foreach (var session in ending)
        {
            var ended = await acts.OfAsync(session.PersonId, "sign-in.ended", null, cancellationToken);
            await db.AuditAsync([ended with { ActorId = AuditAct.Requester ?? session.PersonId, Session = AuditAct.SessionOf(session.Id) }], now, cancellationToken);
        }

        if (own is not null)
        {
            // Within somebody else's transaction nothing is certain yet; then this process, like the others, looks within a second.
            await own.CommitAsync(cancellationToken);
            endings.Committed(ending);
        }
    }
}
