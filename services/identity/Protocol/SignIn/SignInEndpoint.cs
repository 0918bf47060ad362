using System.Globalization;
using Gengdu.Identity.Protocol.Pages;
using Gengdu.Identity.Protocol.Sessions;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;

namespace Gengdu.Identity.Protocol.SignIn;

/// <summary>/identity/sign-in: the page, and what it posts.</summary>
internal static class SignInEndpoint
{
    public static IResult Show(HttpContext http, SignInTickets tickets, IAntiforgery antiforgery, IOptions<ProtocolOptions> options)
    {
        var ticket = http.Request.Query["ticket"].ToString();
        if (tickets.Open(ticket) is not { } request)
        {
            return new PageResult(400, new ErrorPage(PageLanguage.Of(http, null), options.Value.HomeAddress));
        }

        var asked = QueryHelpers.ParseQuery(new Uri(new Uri("http://x"), request).Query);
        return Page(http, antiforgery, 200, ticket, asked.TryGetValue("login_hint", out var hint) ? hint.ToString() : "", SignInNotice.None, request);
    }

    public static async Task<IResult> SubmitAsync(
        HttpContext http, SignInTickets tickets, PasswordCheck passwords, SignInSessions sessions, IAntiforgery antiforgery, IOptions<ProtocolOptions> options, CancellationToken cancellationToken)
    {
        var form = http.Request.HasFormContentType ? await http.Request.ReadFormAsync(cancellationToken) : FormCollection.Empty;
        var ticket = form["ticket"].ToString();
        if (tickets.Open(ticket) is not { } request)
        {
            return new PageResult(400, new ErrorPage(PageLanguage.Of(http, null), options.Value.HomeAddress));
        }

        var (userName, password) = (form["userName"].ToString(), form["password"].ToString());
        if (!await antiforgery.IsRequestValidAsync(http))
        {
            return Page(http, antiforgery, 400, ticket, userName, SignInNotice.Expired, request);
        }

        if (userName.Length is 0 or > 64 || password.Length is 0 or > 128)
        {
            return Page(http, antiforgery, 401, ticket, userName, SignInNotice.Refused, request);
        }

        var (busy, person) = await passwords.CheckAsync(userName, password, cancellationToken);
        if (busy)
        {
            http.Response.Headers.RetryAfter = 3.ToString(CultureInfo.InvariantCulture);
            return Page(http, antiforgery, 503, ticket, userName, SignInNotice.Busy, request);
        }

        if (person is null)
        {
            return Page(http, antiforgery, 401, ticket, userName, SignInNotice.Refused, request);
        }

        await sessions.BeginAsync(http, person, cancellationToken);
        return SeeOther.To(request);
    }

    private static PageResult Page(HttpContext http, IAntiforgery antiforgery, int status, string ticket, string userName, SignInNotice notice, string request)
    {
        var asked = QueryHelpers.ParseQuery(new Uri(new Uri("http://x"), request).Query);
        var language = PageLanguage.Of(http, asked.TryGetValue("ui_locales", out var locales) ? locales.ToString() : null);
        var tokens = antiforgery.GetAndStoreTokens(http);
        // Browsers hold form-action against the redirects after the post too, so the client's own address must be in it.
        var client = asked.TryGetValue("redirect_uri", out var back) ? new Uri(back.ToString()).GetLeftPart(UriPartial.Authority) : "";
        return new PageResult(status, new SignInPage(language, ticket, userName, notice, tokens.FormFieldName, tokens.RequestToken!), client);
    }
}
