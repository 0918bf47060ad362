using System.Globalization;
using System.Security.Claims;
using Gengdu.Identity.Data;
using Gengdu.Identity.People;
using Microsoft.AspNetCore.Authentication;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Identity.Protocol.Sessions;

/// <summary>The browser's cookie names a session; the row decides whether it still holds.</summary>
internal sealed class SignInSessions(IdentityDbContext db, TimeProvider clock)
{
    public const string Scheme = "sign-in";
    private const string SessionClaim = "sid";

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
        return found is null ? null : (found.s, found.p);
    }

    /// <summary>A new session with a new id, never the old one continued; the browser's former session ends.</summary>
    public async Task BeginAsync(HttpContext http, Person person, CancellationToken cancellationToken)
    {
        if (await CurrentAsync(http, cancellationToken) is { } former)
        {
            await EndAsync(former.Session.Id, cancellationToken);
        }

        var session = SignInSession.Create(person, clock.GetUtcNow());
        db.Add(session);
        await db.SaveChangesAsync(cancellationToken);
        var identity = new ClaimsIdentity(
            [new("sub", person.Id.ToString()), new(SessionClaim, session.Id), new("auth_time", session.AuthenticatedAt.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture))], Scheme);
        await http.SignInAsync(Scheme, new ClaimsPrincipal(identity), new AuthenticationProperties { ExpiresUtc = session.ExpiresAt });
    }

    /// <summary>Ends the session and every grant that came of it.</summary>
    public async Task EndAsync(string id, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await db.Sessions.Where(s => s.Id == id && s.EndedAt == null).ExecuteUpdateAsync(s => s.SetProperty(x => x.EndedAt, now), cancellationToken);
        await db.RefreshTokens.Where(t => t.SessionId == id && t.RevokedAt == null).ExecuteUpdateAsync(t => t.SetProperty(x => x.RevokedAt, now), cancellationToken);
    }
}
