using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Gengdu.Province.Api;

/// <summary>One signed-in person, using the platform as the browser does: session cookie, public addresses, nothing else.</summary>
internal sealed partial class Session : IDisposable
{
    internal static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);
    private readonly HttpClient _http;
    private readonly CookieContainer _cookies;

    private Session(HttpClient http, CookieContainer cookies) => (_http, _cookies) = (http, cookies);

    /// <summary>What the browser would send with each request: for load that is sent past this class.</summary>
    public string CookieHeader => _cookies.GetCookieHeader(_http.BaseAddress!);

    public static async Task<Session> SignInAsync(Uri address, string userName, string password, CancellationToken cancellationToken)
    {
        var session = Open(address);
        for (var attempt = 1; !await session.TrySignInAsync(userName, password, cancellationToken); attempt++)
        {
            if (attempt == 6)
            {
                throw new InvalidOperationException($"{userName} could not sign in at {address}: is the password right?");
            }

            await Task.Delay(TimeSpan.FromSeconds(attempt), cancellationToken);
        }

        return session;
    }

    public static async Task<bool> CanSignInAsync(Uri address, string userName, string password, CancellationToken cancellationToken)
    {
        using var session = Open(address);
        return await session.TrySignInAsync(userName, password, cancellationToken);
    }

    private static Session Open(Uri address)
    {
        var cookies = new CookieContainer();
        var http = new HttpClient(new SocketsHttpHandler { CookieContainer = cookies, MaxConnectionsPerServer = 64 })
        {
            BaseAddress = address,
            Timeout = TimeSpan.FromMinutes(5),
        };
        http.DefaultRequestHeaders.Add("X-Gengdu-Request", "1");
        http.DefaultRequestHeaders.AcceptLanguage.ParseAdd("en");
        return new Session(http, cookies);
    }

    public Task<JsonNode> GetAsync(string path, CancellationToken cancellationToken) => SendAsync(HttpMethod.Get, path, null, null, cancellationToken);

    public Task<JsonNode> PostAsync(string path, object? body, CancellationToken cancellationToken, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Post, path, body is null ? null : () => JsonContent.Create(body, options: Json), headers, cancellationToken);

    public Task<JsonNode> PatchAsync(string path, object body, long version, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Patch, path, () => JsonContent.Create(body, options: Json), [("If-Match", $"\"v{version}\"")], cancellationToken);

    public Task<JsonNode> PutAsync(string path, CancellationToken cancellationToken) => SendAsync(HttpMethod.Put, path, null, null, cancellationToken);

    public Task<JsonNode> PutAsync(string path, object body, long version, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Put, path, () => JsonContent.Create(body, options: Json), [("If-Match", $"\"v{version}\"")], cancellationToken);

    public Task<JsonNode> DeleteAsync(string path, CancellationToken cancellationToken) => SendAsync(HttpMethod.Delete, path, null, null, cancellationToken);

    public Task<JsonNode> PostCsvAsync(string path, string csv, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Post, path, () => new StringContent(csv, System.Text.Encoding.UTF8, "text/csv"), null, cancellationToken);

    public void Dispose() => _http.Dispose();

    private async Task<bool> TrySignInAsync(string userName, string password, CancellationToken cancellationToken)
    {
        using var page = await _http.GetAsync("/bff/sign-in?returnUrl=/bff/session", cancellationToken);
        var html = await page.Content.ReadAsStringAsync(cancellationToken);
        var form = Form().Match(html);
        if (!form.Success)
        {
            return html.Contains("\"signedIn\":true", StringComparison.Ordinal);
        }

        var fields = Inputs().Matches(html).Select(m => m.Value)
            .Select(tag => (Name: Attribute(tag, "name"), Value: Attribute(tag, "value")))
            .Where(field => field.Name.Length > 0 && field.Name is not ("userName" or "password"))
            .Select(field => KeyValuePair.Create(field.Name, field.Value))
            .Append(new("userName", userName)).Append(new("password", password));
        using var content = new FormUrlEncodedContent(fields);
        var action = WebUtility.HtmlDecode(form.Groups[1].Value);
        using var answer = await _http.PostAsync(new Uri(page.RequestMessage!.RequestUri!, action), content, cancellationToken);
        return (await answer.Content.ReadAsStringAsync(cancellationToken)).Contains("\"signedIn\":true", StringComparison.Ordinal);
    }

    // The server asks for patience with 429 and 503; every write carries a version or an idempotency key, so sending it again is safe.
    // A read that got no answer in time is asked again, a write is not: it may have been done.
    private async Task<JsonNode> SendAsync(
        HttpMethod method, string path, Func<HttpContent>? body, (string Name, string Value)[]? headers, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            using var request = new HttpRequestMessage(method, path) { Content = body?.Invoke() };
            foreach (var (name, value) in headers ?? [])
            {
                request.Headers.TryAddWithoutValidation(name, value);
            }

            using var response = await _http.SendAsync(request, cancellationToken);
            var patience = response.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable
                || (method == HttpMethod.Get && response.StatusCode == HttpStatusCode.GatewayTimeout);
            if (patience && attempt < 20)
            {
                await Task.Delay(Wait(response.Headers.RetryAfter, attempt), cancellationToken);
                continue;
            }

            var text = await response.Content.ReadAsStringAsync(cancellationToken);
            if (!response.IsSuccessStatusCode)
            {
                throw new RefusedException(method, path, response.StatusCode, text);
            }

            var node = text.Length == 0 ? new JsonObject() : JsonNode.Parse(text)!;
            if (node is JsonObject found && long.TryParse(response.Headers.ETag?.Tag.Trim('"').TrimStart('v'), System.Globalization.CultureInfo.InvariantCulture, out var version))
            {
                found["$version"] = version;
            }

            return node;
        }
    }

    private static TimeSpan Wait(RetryConditionHeaderValue? asked, int attempt) =>
        (asked?.Delta ?? TimeSpan.FromMilliseconds(250 * attempt)) + TimeSpan.FromMilliseconds(37 * attempt);

    private static string Attribute(string tag, string name) =>
        WebUtility.HtmlDecode(Regex.Match(tag, $"""\b{name}="([^"]*)" """.TrimEnd()).Groups[1].Value);

    [GeneratedRegex("""<form[^>]*\baction="([^"]*)"[^>]*>""")]
    private static partial Regex Form();

    [GeneratedRegex("<input[^>]*>")]
    private static partial Regex Inputs();
}

/// <summary>The platform refused; carries what it said.</summary>
internal sealed class RefusedException(HttpMethod method, string path, HttpStatusCode status, string body)
    : Exception($"{method} {path} was refused with {(int)status}: {(body.Length > 800 ? body[..800] : body)}")
{
    public HttpStatusCode Status { get; } = status;

    public JsonNode? Problem { get; } = body.StartsWith('{') ? JsonNode.Parse(body) : null;
}
