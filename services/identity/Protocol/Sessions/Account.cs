using Gengdu.Identity.Data;
using Gengdu.Identity.People;
using Gengdu.Identity.Protocol.Pages;
using Gengdu.Identity.Protocol.SignIn;
using Gengdu.Identity.Protocol.TwoFactor;
using Gengdu.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Gengdu.Identity.Protocol.Sessions;

/// <summary>The account page of whoever is signed in with this browser; everybody else is sent to sign in and back.</summary>
internal sealed class Account(IdentityDbContext db, SignInSessions sessions, SecondFactors factors, SignInTickets tickets, IOptions<ProtocolOptions> options, TimeProvider clock)
{
    public const string Path = "/identity/account";

    public async Task<(SignInSession Session, Person Person)?> WhoAsync(HttpContext http, CancellationToken cancellationToken) =>
        await sessions.CurrentAsync(http, cancellationToken) is { } current && !await factors.IsMissingAsync(current.Session, cancellationToken) ? current : null;

    public SeeOther SignIn(Visit visit) => SeeOther.To($"/identity/sign-in?lang={visit.Language}&ticket={Uri.EscapeDataString(Ticket(visit))}");

    /// <summary>The way back here, for the steps that need one.</summary>
    public string Ticket(Visit visit) => tickets.SealAddress($"{Path}?lang={visit.Language}");

    public static SeeOther Done(Visit visit, string what) => SeeOther.To($"{Path}?lang={visit.Language}&done={what}");

    public async Task<IResult> PageAsync(Visit visit, int status, SignInSession session, Person person, Text? notice, bool good, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var mine = await db.Sessions.AsNoTracking().Where(s => s.PersonId == person.Id && s.EndedAt == null && s.ExpiresAt > now && s.SecurityStamp == person.SecurityStamp)
            .OrderByDescending(s => s.LastUsedAt).Take(50).ToListAsync(cancellationToken);
        var factor = await factors.HasAsync(person.Id, cancellationToken);
        return visit.Page(status, new AccountPage(visit, new(
            person.UserName!, person.DisplayName, options.Value.HomeAddress, factor, await factors.IsRequiredAsync(person.Id, cancellationToken),
            factor ? await factors.CodesLeftAsync(person.Id, cancellationToken) : 0,
            [.. mine.OrderByDescending(s => s.Id == session.Id)], session.Id, notice, good)));
    }
}

/// <summary>What the account page shows.</summary>
internal sealed record AccountState(
    string UserName, string DisplayName, string Home, bool HasFactor, bool NeedsFactor, int CodesLeft, IReadOnlyList<SignInSession> Sessions, string ThisSession, Text? Notice, bool IsGood);
