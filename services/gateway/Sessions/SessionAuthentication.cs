using System.Globalization;
using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace Gengdu.Gateway.Sessions;

/// <summary>
/// The browser's cookie: 256 random bits that mean nothing elsewhere. Not the framework's cookie handler, because with a
/// session store that one keeps the old key at a new sign-in, which is the door for session fixation.
/// </summary>
internal sealed class SessionAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, SessionStore sessions, SessionCookie cookie)
    : SignInAuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "session";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var asksOnly = Request.Path.Equals("/bff/session", StringComparison.Ordinal);
        if (cookie.Read(Request) is not { } key || await sessions.FindAsync(key, present: !asksOnly, Context.RequestAborted) is not { } session)
        {
            return AuthenticateResult.NoResult();
        }

        Context.Features.Set(session);
        return AuthenticateResult.Success(new AuthenticationTicket(session.Principal, SchemeName));
    }

    /// <summary>Always under a new key, whatever cookie came with the request; the browser's former session ends.</summary>
    protected override async Task HandleSignInAsync(ClaimsPrincipal user, AuthenticationProperties? properties)
    {
        await EndFormerAsync();
        var signedInAt = long.TryParse(user.FindFirstValue("auth_time"), CultureInfo.InvariantCulture, out var seconds) ? DateTimeOffset.FromUnixTimeSeconds(seconds) : TimeProvider.GetUtcNow();
        var signedIn = new NewSession(
            Guid.Parse(user.FindFirstValue("sub")!), user.FindFirstValue("name") ?? "", user.FindFirstValue("sid"), user.FindFirstValue(SignInOptions.Area),
            new SessionTokens(properties!.GetTokenValue("refresh_token")!, properties!.GetTokenValue("id_token")!), signedInAt);
        if (await sessions.CreateAsync(signedIn, Context.RequestAborted) is { } newKey)
        {
            cookie.Write(Response, newKey, signedIn.PersonId);
        }
    }

    protected override async Task HandleSignOutAsync(AuthenticationProperties? properties)
    {
        await EndFormerAsync();
        cookie.Remove(Response);
    }

    private async Task EndFormerAsync()
    {
        if (cookie.Read(Request) is { } key && await sessions.FindAsync(key, present: true, Context.RequestAborted) is { } former)
        {
            await sessions.EndAsync(former, Context.RequestAborted);
        }
    }
}
