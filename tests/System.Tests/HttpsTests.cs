using System.Net;
using System.Text.RegularExpressions;
using Gengdu.System.Tests.Running;

namespace Gengdu.System.Tests;

/// <summary>The whole way of signing in over https, with processes and a certificate authority as ./run --https makes it.</summary>
public sealed partial class HttpsTests
{
    [Fact]
    public async Task SignIn_OverHttps_SetsHostCookiesOnly_AndPromisesHttpsForGood()
    {
        var cancel = TestContext.Current.CancellationToken;
        using var authority = new OwnAuthority();
        await using var system = await ReplicaSystem.StartAsync(authority, cancel);
        var cookies = new CookieContainer();
        using var http = new HttpClient(new HttpClientHandler
        {
            CookieContainer = cookies, UseProxy = false, AllowAutoRedirect = false,
            ServerCertificateCustomValidationCallback = (_, certificate, _, _) => authority.Trusts(certificate),
        }) { BaseAddress = system.Address };
        var set = new List<string>();

        var page = await FollowAsync(await http.GetAsync("/bff/sign-in?returnUrl=/bff/session", cancel));
        var html = await page.Content.ReadAsStringAsync(cancel);
        Assert.True(page.IsSuccessStatusCode, $"{page.StatusCode} {html}\n{system.Output("gateway-1")}");
        var fields = Hidden().Matches(html).Select(m => KeyValuePair.Create(WebUtility.HtmlDecode(m.Groups[1].Value), WebUtility.HtmlDecode(m.Groups[2].Value)))
            .Append(new("userName", ReplicaSystem.Administrator)).Append(new("password", system.Password));
        using var form = new FormUrlEncodedContent(fields);
        var session = await FollowAsync(await http.PostAsync(new Uri("/identity/sign-in", UriKind.Relative), form, cancel));

        Assert.Contains("\"signedIn\":true", await session.Content.ReadAsStringAsync(cancel), StringComparison.Ordinal);
        Assert.Equal("max-age=31536000; includeSubDomains", session.Headers.GetValues("Strict-Transport-Security").Single());
        var own = Assert.Single(set, cookie => cookie.StartsWith("__Host-gengdu-session=", StringComparison.Ordinal)).ToLowerInvariant();
        Assert.All((string[])["secure", "httponly", "samesite=strict", "path=/"], attribute => Assert.Contains(attribute, own, StringComparison.Ordinal));
        Assert.DoesNotContain("domain=", own, StringComparison.Ordinal);
        Assert.All(set, cookie => Assert.Contains("secure", cookie, StringComparison.OrdinalIgnoreCase));
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync("/api/identity/me", cancel)).StatusCode);

        async Task<HttpResponseMessage> FollowAsync(HttpResponseMessage answer)
        {
            for (; ; answer = await http.GetAsync(answer.Headers.Location, cancel))
            {
                set.AddRange(answer.Headers.TryGetValues("Set-Cookie", out var values) ? values : []);
                if (answer.Headers.Location is not { } next)
                {
                    return answer;
                }

                Assert.True(!next.IsAbsoluteUri || next.GetLeftPart(UriPartial.Authority) == system.Address.GetLeftPart(UriPartial.Authority), $"leads away from https: {next}");
            }
        }
    }

    [GeneratedRegex("<input type=\"hidden\" name=\"([^\"]*)\" value=\"([^\"]*)\">")]
    private static partial Regex Hidden();
}
