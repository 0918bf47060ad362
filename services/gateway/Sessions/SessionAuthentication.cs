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
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(8);

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (cookie.Read(Request) is not { } key || await sessions.FindAsync(key, Context.RequestAborted) is not { } session)
        {
            return AuthenticateResult.NoResult();
        }

        Context.Features.Set(session);
        return AuthenticateResult.Success(new AuthenticationTicket(session.Principal, SchemeName));
    }

    protected override async Task HandleSignInAsync(ClaimsPrincipal user, AuthenticationProperties? properties)
    {
        await EndFormerAsync();
        var tokens = new SessionTokens(properties!.GetTokenValue("refresh_token")!, properties!.GetTokenValue("id_token")!);
        var key = await sessions.CreateAsync(
            Guid.Parse(user.FindFirstValue("sub")!), user.FindFirstValue("name") ?? "", tokens, TimeProvider.GetUtcNow() + Lifetime, Context.RequestAborted);
        cookie.Write(Response, key);
    }

    protected override async Task HandleSignOutAsync(AuthenticationProperties? properties)
    {
        await EndFormerAsync();
        cookie.Remove(Response);
    }

    private async Task EndFormerAsync()
    {
        if (cookie.Read(Request) is { } key && await sessions.FindAsync(key, Context.RequestAborted) is { } former)
        {
            await sessions.RemoveAsync(former, Context.RequestAborted);
        }
    }
}
