using Gengdu.Identity.Data;
using Gengdu.Identity.People;
using Gengdu.Identity.Protocol.Clients;
using Gengdu.Identity.Protocol.Pages;
using Gengdu.Identity.Protocol.Sessions;
using Gengdu.Identity.Protocol.SignIn;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;

namespace Gengdu.Identity.Protocol.Authorization;

/// <summary>/identity/authorize: code for a signed-in person, else the way to sign-in and back.</summary>
internal static class Authorize
{
    public static async Task<IResult> HandleAsync(
        HttpContext http, ClientRegistry clients, SignInSessions sessions, SignInTickets tickets, IdentityDbContext db, TimeProvider clock,
        IOptions<ProtocolOptions> options, CancellationToken cancellationToken)
    {
        http.Response.Headers.CacheControl = "no-store";
        if (await Parameters.ReadAsync(http.Request, cancellationToken) is not { } parameters)
        {
            return new PageResult(415, new ErrorPage(PageLanguage.Of(http, null), options.Value.HomeAddress));
        }

        var outcome = AuthorizeRequest.Read(parameters, clients);
        if (outcome.Request is not { } request)
        {
            return outcome.RedirectTo is { } back
                ? Redirect(back, outcome.State, options.Value.Issuer, ("error", outcome.Error), ("error_description", outcome.Description))
                : new PageResult(400, new ErrorPage(PageLanguage.Of(http, parameters["ui_locales"]), options.Value.HomeAddress));
        }

        var now = clock.GetUtcNow();
        var current = await sessions.CurrentAsync(http, cancellationToken);
        var fresh = current is { } found && !request.PromptLogin && !(request.MaxAge < (now - found.Session.AuthenticatedAt).TotalSeconds);
        if (current is { } signedIn && fresh)
        {
            var code = Secrets.New();
            db.Add(AuthorizationCode.Create(code, request, signedIn.Session, signedIn.Person, now));
            await db.SaveChangesAsync(cancellationToken);
            return Redirect(request.RedirectUri, request.State, options.Value.Issuer, ("code", code));
        }

        // The request travels through sign-in sealed: no return address that anybody could bend. A prompt is answered by then.
        return request.PromptNone
            ? Redirect(request.RedirectUri, request.State, options.Value.Issuer, ("error", "login_required"), ("error_description", "Nobody is signed in"))
            : SeeOther.To(QueryHelpers.AddQueryString("/identity/sign-in", "ticket", tickets.Seal(parameters.Except("prompt"))));
    }

    private static SeeOther Redirect(string redirectUri, string? state, string issuer, params (string Name, string Value)[] answer)
    {
        var query = answer.Select(pair => KeyValuePair.Create(pair.Name, (string?)pair.Value)).Append(new("iss", issuer));
        return SeeOther.To(QueryHelpers.AddQueryString(redirectUri, state is null ? query : query.Append(new("state", state))));
    }
}
