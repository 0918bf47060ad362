using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.WebUtilities;

namespace Gengdu.Identity.Tests.Protocol;

/// <summary>One browser with its cookies, and the client behind it.</summary>
internal sealed partial class Browser(ProtocolHost host, HttpClient http) : IDisposable
{
    public System.Net.Http.Headers.HttpRequestHeaders Headers => http.DefaultRequestHeaders;

    public const string Verifier = "verifier-verifier-verifier-verifier-verifier-1";

    public static string Challenge(string verifier) => WebEncoders.Base64UrlEncode(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)));

    /// <summary>A good authorization request; null removes a parameter.</summary>
    public static Dictionary<string, string?> Request(params (string Name, string? Value)[] changes)
    {
        var request = new Dictionary<string, string?>
        {
            ["client_id"] = "gateway", ["redirect_uri"] = ProtocolHost.Callback, ["response_type"] = "code", ["scope"] = "openid profile offline_access",
            ["state"] = "s-1", ["nonce"] = "n-1", ["code_challenge"] = Challenge(Verifier), ["code_challenge_method"] = "S256",
        };
        foreach (var (name, value) in changes)
        {
            request[name] = value;
        }

        return request;
    }

    public static Uri Address(IEnumerable<KeyValuePair<string, string?>> request) =>
        new(QueryHelpers.AddQueryString("/identity/authorize", request.Where(p => p.Value is not null)), UriKind.Relative);

    public Task<HttpResponseMessage> AuthorizeAsync(params (string Name, string? Value)[] changes) => http.GetAsync(Address(Request(changes)));

    public Task<HttpResponseMessage> GetAsync(string path) => http.GetAsync(new Uri(path, UriKind.RelativeOrAbsolute));

    public Task<HttpResponseMessage> PostAsync(string path, params (string Name, string Value)[] form) => http.PostAsync(new Uri(path, UriKind.Relative), Form(form));

    public static FormUrlEncodedContent Form(IEnumerable<(string Name, string Value)> fields) => new(fields.Select(f => KeyValuePair.Create(f.Name, f.Value)));

    /// <summary>Fills the sign-in page in, as a person without JavaScript does.</summary>
    public async Task<HttpResponseMessage> FillInAsync(HttpResponseMessage page, string userName, string password)
    {
        var html = await page.Content.ReadAsStringAsync();
        var hidden = Hidden().Matches(html).Select(m => (WebUtility.HtmlDecode(m.Groups[1].Value), WebUtility.HtmlDecode(m.Groups[2].Value)));
        return await PostAsync("/identity/sign-in", [.. hidden, ("userName", userName), ("password", password)]);
    }

    /// <summary>Fills in the form of a page that posts to this path.</summary>
    public async Task<HttpResponseMessage> SubmitAsync(HttpResponseMessage page, string path, params (string Name, string Value)[] fields)
    {
        var html = await page.Content.ReadAsStringAsync();
        var form = Forms().Matches(html).FirstOrDefault(m => m.Groups[1].Value.Split('?')[0] == path && fields.All(f => m.Groups[2].Value.Contains($"name=\"{f.Name}\"", StringComparison.Ordinal)));
        Assert.True(form is not null, $"No form posts {string.Join(", ", fields.Select(f => f.Name))} to {path}:\n{html}");
        var hidden = Hidden().Matches(form.Groups[2].Value).Select(m => (Name: WebUtility.HtmlDecode(m.Groups[1].Value), Value: WebUtility.HtmlDecode(m.Groups[2].Value)));
        return await PostAsync(WebUtility.HtmlDecode(form.Groups[1].Value), [.. hidden.Where(h => fields.All(f => f.Name != h.Name)), .. fields]);
    }

    /// <summary>Posts a form of the account page; the button's own name and value among the fields.</summary>
    public async Task<HttpResponseMessage> PostFromAccountAsync(string path, params (string Name, string Value)[] fields) => await SubmitAsync(await GetAsync("/identity/account"), path, fields);

    /// <summary>Goes where the answer leads.</summary>
    public Task<HttpResponseMessage> FollowAsync(HttpResponseMessage answer)
    {
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        return GetAsync(answer.Headers.Location!.ToString());
    }

    /// <summary>To the sign-in page and over it, with the password.</summary>
    public async Task<HttpResponseMessage> PasswordAsync(string userName, string password, params (string Name, string? Value)[] changes) =>
        await FillInAsync(await FollowAsync(await AuthorizeAsync(changes)), userName, password);

    /// <summary>The whole way to a code.</summary>
    public async Task<string> CodeAsync(string userName = IdentityHost.AdministratorName, string password = IdentityHost.AdministratorPassword, params (string Name, string? Value)[] changes)
    {
        var answer = await AuthorizeAsync(changes);
        if (answer.Headers.Location!.ToString().StartsWith("/identity/sign-in", StringComparison.Ordinal))
        {
            var signedIn = await FillInAsync(await GetAsync(answer.Headers.Location.ToString()), userName, password);
            Assert.Equal(HttpStatusCode.SeeOther, signedIn.StatusCode);
            answer = await GetAsync(signedIn.Headers.Location!.ToString());
        }

        return Answer(answer)["code"];
    }

    /// <summary>What came back at the redirect address.</summary>
    public static Dictionary<string, string> Answer(HttpResponseMessage response) =>
        QueryHelpers.ParseQuery(response.Headers.Location!.Query).ToDictionary(p => p.Key, p => p.Value.ToString());

    public async Task<HttpResponseMessage> TokenAsync(string clientId, string secret, params (string Name, string Value)[] form)
    {
        using var client = host.CreateClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{clientId}:{secret}")));
        return await client.PostAsync(new Uri("/identity/token", UriKind.Relative), Form(form));
    }

    public Task<HttpResponseMessage> RedeemAsync(string code, string verifier = Verifier, string redirectUri = ProtocolHost.Callback, string? resource = null) =>
        TokenAsync("gateway", ProtocolHost.Secret, [("grant_type", "authorization_code"), ("code", code), ("redirect_uri", redirectUri), ("code_verifier", verifier), .. resource is null ? [] : new[] { ("resource", resource) }]);

    public Task<HttpResponseMessage> RefreshAsync(string token, string? resource = null) =>
        TokenAsync("gateway", ProtocolHost.Secret, [("grant_type", "refresh_token"), ("refresh_token", token), .. resource is null ? [] : new[] { ("resource", resource) }]);

    public async Task<JsonElement> TokensAsync(string userName = IdentityHost.AdministratorName, string password = IdentityHost.AdministratorPassword)
    {
        var response = await RedeemAsync(await CodeAsync(userName, password));
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        return await response.JsonAsync();
    }

    public static async Task<string?> ErrorAsync(HttpResponseMessage response) => (await response.JsonAsync()).GetProperty("error").GetString();

    public void Dispose() => http.Dispose();

    [GeneratedRegex("<form method=\"post\" action=\"([^\"]*)\">(.*?)</form>", RegexOptions.Singleline)]
    private static partial Regex Forms();

    [GeneratedRegex("<input type=\"hidden\" name=\"([^\"]*)\" value=\"([^\"]*)\">")]
    private static partial Regex Hidden();
}
