using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Gengdu.Gateway.Tests.Running;

/// <summary>A browser: follows redirects, keeps cookies, runs no script.</summary>
internal sealed partial class Browser : IDisposable
{
    private readonly HttpClient _http;

    public Browser(GatewayHost host)
    {
        Root = new Uri(host.Address);
        _http = new HttpClient(new HttpClientHandler { CookieContainer = Cookies, UseProxy = false, AllowAutoRedirect = false }) { BaseAddress = Root };
        _http.DefaultRequestHeaders.Add("Accept-Language", "en");
    }

    public Uri Root { get; }

    public CookieContainer Cookies { get; } = new();

    public string? SessionKey => Cookies.GetCookies(Root)["gengdu-session"]?.Value;

    public Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, object? body = null, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(method, new Uri(Root, path)) { Content = body as HttpContent ?? (body is null ? null : JsonContent.Create(body)) };
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return _http.SendAsync(request);
    }

    public Task<HttpResponseMessage> GetAsync(string path, params (string Name, string Value)[] headers) => SendAsync(HttpMethod.Get, path, null, headers);

    /// <summary>The same browser, served by another replica: cookies know no ports.</summary>
    public Browser At(GatewayHost replica)
    {
        var other = new Browser(replica);
        foreach (Cookie cookie in Cookies.GetCookies(Root))
        {
            other.Cookies.Add(other.Root, new Cookie(cookie.Name, cookie.Value));
        }

        return other;
    }

    public async Task<bool> IsSignedInAsync() => (await JsonAsync(await GetAsync("/bff/session"))).GetProperty("signedIn").GetBoolean();

    /// <summary>Follows redirects until there is a page.</summary>
    public async Task<HttpResponseMessage> VisitAsync(string path)
    {
        var response = await GetAsync(path);
        while (response.Headers.Location is { } next)
        {
            response = await GetAsync(next.ToString());
        }

        return response;
    }

    /// <summary>The whole way, to the page asked for.</summary>
    public async Task<HttpResponseMessage> SignInAsync(string returnUrl = "/bff/session")
    {
        var answer = await SubmitAsync(await VisitAsync($"/bff/sign-in?returnUrl={Uri.EscapeDataString(returnUrl)}"));
        return await VisitAsync(answer);
    }

    /// <summary>Fills in the page and returns the address of the callback, not yet visited.</summary>
    public async Task<string> SubmitAsync(HttpResponseMessage page)
    {
        var html = await page.Content.ReadAsStringAsync();
        var fields = Hidden().Matches(html).Select(m => KeyValuePair.Create(WebUtility.HtmlDecode(m.Groups[1].Value), WebUtility.HtmlDecode(m.Groups[2].Value)))
            .Append(new("userName", IdentityHost.UserName)).Append(new("password", IdentityHost.Password));
        using var form = new FormUrlEncodedContent(fields);
        var answer = await SendAsync(HttpMethod.Post, "/identity/sign-in", form);
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        answer = await GetAsync(answer.Headers.Location!.ToString());
        return answer.Headers.Location!.ToString();
    }

    public static Task<JsonElement> JsonAsync(HttpResponseMessage response) => response.Content.ReadFromJsonAsync<JsonElement>();

    public static async Task<string?> CodeAsync(HttpResponseMessage response) => (await JsonAsync(response)).GetProperty("code").GetString();

    public void Dispose() => _http.Dispose();

    [GeneratedRegex("<input type=\"hidden\" name=\"([^\"]*)\" value=\"([^\"]*)\">")]
    private static partial Regex Hidden();
}
