using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Gengdu.System.Tests.Scope.World;

/// <summary>One person's tokens, one for each service, got as a phone gets them: sign-in page, code, refresh.</summary>
internal sealed partial class Tokens(Uri address, string userName, string password) : IDisposable
{
    public const string Client = "matrix";
    public const string Callback = "http://127.0.0.1:9/matrix";
    private static readonly TimeSpan Renew = TimeSpan.FromMinutes(3.5);
    private readonly SemaphoreSlim _one = new(1);
    private readonly Dictionary<string, (string Token, long At)> _tokens = [];
    private string? _refresh;

    /// <summary>Nothing is renewed any more: what was given out stays what it is.</summary>
    public bool IsFrozen { get; set; }

    public async Task<string> ForAsync(string service, HttpClient http, CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            if (_tokens.TryGetValue(service, out var known) && (IsFrozen || TimeProvider.System.GetElapsedTime(known.At) < Renew))
            {
                return known.Token;
            }

            var answer = _refresh is null
                ? await RedeemAsync(service, http, cancellationToken)
                : await TokenAsync(http, [new("grant_type", "refresh_token"), new("refresh_token", _refresh), new("resource", service)], cancellationToken);
            _refresh = answer["refresh_token"]!.GetValue<string>();
            return (_tokens[service] = (answer["access_token"]!.GetValue<string>(), TimeProvider.System.GetTimestamp())).Token;
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    /// <summary>A system's own token.</summary>
    public static async Task<string> OfSystemAsync(Uri address, HttpClient http, string client, string secret, string service, CancellationToken cancellationToken)
    {
        using var form = new FormUrlEncodedContent([new("grant_type", "client_credentials"), new("client_id", client), new("client_secret", secret), new("resource", service)]);
        using var answer = await http.PostAsync(new Uri(address, "/identity/token"), form, cancellationToken);
        var text = await answer.Content.ReadAsStringAsync(cancellationToken);
        Assert.True(answer.IsSuccessStatusCode, $"{client} got no token for {service}: {text}");
        return JsonNode.Parse(text)!["access_token"]!.GetValue<string>();
    }

    private async Task<JsonNode> RedeemAsync(string service, HttpClient http, CancellationToken cancellationToken)
    {
        var verifier = RandomNumberGenerator.GetHexString(64);
        var challenge = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)));
        var code = await CodeAsync(challenge, cancellationToken);
        return await TokenAsync(http, [new("grant_type", "authorization_code"), new("code", code), new("redirect_uri", Callback), new("code_verifier", verifier), new("resource", service)], cancellationToken);
    }

    private async Task<JsonNode> TokenAsync(HttpClient http, IEnumerable<KeyValuePair<string, string>> fields, CancellationToken cancellationToken)
    {
        using var form = new FormUrlEncodedContent(fields.Append(new("client_id", Client)));
        using var answer = await http.PostAsync(new Uri(address, "/identity/token"), form, cancellationToken);
        var text = await answer.Content.ReadAsStringAsync(cancellationToken);
        Assert.True(answer.IsSuccessStatusCode, $"{userName} got no token: {text}");
        return JsonNode.Parse(text)!;
    }

    private async Task<string> CodeAsync(string challenge, CancellationToken cancellationToken)
    {
        using var browser = new HttpClient(new SocketsHttpHandler { CookieContainer = new CookieContainer(), AllowAutoRedirect = false, UseProxy = false }) { BaseAddress = address };
        var query = $"client_id={Client}&redirect_uri={Uri.EscapeDataString(Callback)}&response_type=code&scope=openid%20offline_access&code_challenge={challenge}&code_challenge_method=S256";
        var (location, html) = await FollowAsync(browser, await browser.GetAsync($"/identity/authorize?{query}", cancellationToken), cancellationToken);
        Assert.True(location is null, $"{userName} was not asked to sign in");
        var fields = Hidden().Matches(html).Select(m => KeyValuePair.Create(WebUtility.HtmlDecode(m.Groups[1].Value), WebUtility.HtmlDecode(m.Groups[2].Value)))
            .Append(new("userName", userName)).Append(new("password", password));
        using var form = new FormUrlEncodedContent(fields);
        (location, html) = await FollowAsync(browser, await browser.PostAsync(WebUtility.HtmlDecode(Action().Match(html).Groups[1].Value), form, cancellationToken), cancellationToken);
        Assert.True(location?.Contains("code=", StringComparison.Ordinal), $"{userName} could not sign in: {location} {html}");
        return Code().Match(location!).Groups[1].Value;
    }

    /// <summary>Until a page comes, or the way leads back to the client.</summary>
    private static async Task<(string? Location, string Html)> FollowAsync(HttpClient browser, HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        while (answer.Headers.Location is { } next)
        {
            answer.Dispose();
            if (next.OriginalString.StartsWith(Callback, StringComparison.Ordinal))
            {
                return (next.OriginalString, "");
            }

            answer = await browser.GetAsync(next, cancellationToken);
        }

        using (answer)
        {
            return (null, await answer.Content.ReadAsStringAsync(cancellationToken));
        }
    }

    [GeneratedRegex("""<form[^>]*\baction="([^"]*)"[^>]*>""")]
    private static partial Regex Action();

    [GeneratedRegex("""<input type="hidden" name="([^"]*)" value="([^"]*)">""")]
    private static partial Regex Hidden();

    [GeneratedRegex("[?&]code=([^&]*)")]
    private static partial Regex Code();
}
