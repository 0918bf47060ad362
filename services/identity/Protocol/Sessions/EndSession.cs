using Gengdu.Identity.Protocol.Clients;
using Gengdu.Identity.Protocol.Pages;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;

namespace Gengdu.Identity.Protocol.Sessions;

/// <summary>
/// /identity/end-session. A good hint for this browser's session signs out at once and may lead back to the client; anything
/// else asks first, so that a foreign page cannot sign people out with a picture.
/// </summary>
internal static class EndSession
{
    public static async Task<IResult> HandleAsync(
        HttpContext http, ClientRegistry clients, SignInSessions sessions, IdTokenHint hints, IAntiforgery antiforgery, IOptions<ProtocolOptions> options, CancellationToken cancellationToken)
    {
        if (await Parameters.ReadAsync(http.Request, cancellationToken) is not { Duplicated.Count: 0 } parameters)
        {
            return new PageResult(400, new ErrorPage(PageLanguage.Of(http, null), options.Value.HomeAddress));
        }

        var language = PageLanguage.Of(http, parameters["ui_locales"]);
        var hint = await hints.ReadAsync(parameters["id_token_hint"], cancellationToken);
        var current = await sessions.CurrentAsync(http, cancellationToken);
        var confirmed = HttpMethods.IsPost(http.Request.Method) && parameters["confirmed"] == "1" && await antiforgery.IsRequestValidAsync(http);
        if (current is { } signedIn && hint?.SessionId != signedIn.Session.Id && !confirmed)
        {
            var tokens = antiforgery.GetAndStoreTokens(http);
            return new PageResult(200, new EndSessionPage(language, tokens.FormFieldName, tokens.RequestToken!));
        }

        if (current is { } ending)
        {
            await sessions.EndAsync(ending.Session.Id, cancellationToken);
        }

        await http.SignOutAsync(SignInSessions.Scheme);
        return Back(parameters, hint is { } known ? clients.Find(known.ClientId) : null) is { } back
            ? SeeOther.To(back)
            : new PageResult(200, new SignedOutPage(language, options.Value.HomeAddress));
    }

    private static string? Back(Parameters parameters, Client? client)
    {
        var address = parameters["post_logout_redirect_uri"];
        if (address is null || client is null || !client.PostLogoutRedirectUris.Contains(address, StringComparer.Ordinal))
        {
            return null;
        }

        return parameters["state"] is { } state ? QueryHelpers.AddQueryString(address, "state", state) : address;
    }
}
