using Gengdu.Identity.Protocol.SignIn;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;

namespace Gengdu.Identity.Protocol.Pages;

/// <summary>One visit to a page of ours: its language, where it leads on, and whether what was posted comes from the page itself.</summary>
internal sealed class Visit
{
    public required HttpContext Http { get; init; }

    public required string Language { get; init; }

    /// <summary>Where to go on afterwards, sealed; empty when there is no such thing.</summary>
    public required string Ticket { get; init; }

    /// <summary>The same, opened; null when the ticket is not ours or too old.</summary>
    public required string? Next { get; init; }

    /// <summary>Query of <see cref="Next"/>.</summary>
    public required IReadOnlyDictionary<string, string> Asked { get; init; }

    public required IFormCollection Form { get; init; }

    /// <summary>The anti-forgery value fits the browser, and the browser names no other site as the sender.</summary>
    public required bool IsFromOurPage { get; init; }

    /// <summary>Hidden inputs that each form sends back.</summary>
    public required string Hidden { get; init; }

    public string Posted(string name) => Form[name].ToString();

    /// <summary>Address of one of our pages, in this visit's language and with its ticket.</summary>
    public string To(string path) => QueryHelpers.AddQueryString(path, Query());

    public PageResult Page(int status, IPage page) => new(status, page, Client());

    /// <summary>The same page in the other language.</summary>
    public string Switch(string path)
    {
        var english = Language == "en";
        var query = Query();
        query["lang"] = english ? "zh" : "en";
        var (tag, name) = english ? ("zh-CN", "中文") : ("en", "English");
        return $"""<p class="aside"><a href="{Html.Encode(QueryHelpers.AddQueryString(path, query))}" hreflang="{tag}" lang="{tag}">{name}</a></p>""";
    }

    private Dictionary<string, string?> Query() => Ticket.Length > 0 ? new() { ["lang"] = Language, ["ticket"] = Ticket } : new() { ["lang"] = Language };

    // Browsers hold form-action against the redirects after the post too, so the client's own address must be in it.
    private string Client() => Asked.TryGetValue("redirect_uri", out var back) ? new Uri(back).GetLeftPart(UriPartial.Authority) : "";
}

internal sealed class Visits(SignInTickets tickets, IAntiforgery antiforgery, IOptions<ProtocolOptions> options)
{
    public async Task<Visit> ReadAsync(HttpContext http, CancellationToken cancellationToken)
    {
        var posted = HttpMethods.IsPost(http.Request.Method);
        var form = posted && http.Request.HasFormContentType ? await FormAsync(http.Request, cancellationToken) : FormCollection.Empty;
        var ticket = form?.ContainsKey("ticket") == true ? form["ticket"].ToString() : http.Request.Query["ticket"].ToString();
        var next = tickets.Open(ticket);
        var asked = next is null ? [] : QueryHelpers.ParseQuery(new Uri(new Uri("http://x"), next).Query).ToDictionary(pair => pair.Key, pair => pair.Value.ToString());
        var ours = form is { Count: > 0 } && IsSameSite(http.Request) && await antiforgery.IsRequestValidAsync(http);
        var tokens = antiforgery.GetAndStoreTokens(http);
        return new()
        {
            Http = http,
            Language = PageLanguage.Of(http, asked.GetValueOrDefault("ui_locales")),
            Ticket = next is null ? "" : ticket,
            Next = next,
            Asked = asked,
            Form = form ?? FormCollection.Empty,
            IsFromOurPage = ours,
            Hidden = Html.Hidden(tokens.FormFieldName, tokens.RequestToken!) + (next is null ? "" : Html.Hidden("ticket", ticket)),
        };
    }

    public PageResult Broken(Visit visit) => new(400, new ErrorPage(visit.Language, options.Value.HomeAddress));

    // A NUL, or more than a form may hold: as if nothing had been posted.
    private static async Task<IFormCollection?> FormAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return await request.ReadFormAsync(cancellationToken);
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    // Our pages send no referrer, so browsers write the origin of their posts as "null"; the fetch metadata then tells.
    private bool IsSameSite(HttpRequest request)
    {
        var (origin, site) = (request.Headers.Origin.ToString(), request.Headers["Sec-Fetch-Site"].ToString());
        return site is "" or "same-origin" or "none"
            && (origin is "" or "null" || string.Equals(origin, new Uri(options.Value.Issuer).GetLeftPart(UriPartial.Authority), StringComparison.OrdinalIgnoreCase));
    }
}
