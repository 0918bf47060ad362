using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;
using Gengdu.System.Tests.Running;

namespace Gengdu.System.Tests;

/// <summary>Two gateways and two identities behind one address: people sign in, work, one of each is killed, they go on, and sign out everywhere.</summary>
public sealed partial class TwoReplicasTests
{
    [Fact]
    public async Task KillOneOfEach_PeopleGoOn_AndSigningOutHoldsEverywhere()
    {
        var cancel = TestContext.Current.CancellationToken;
        await using var system = await ReplicaSystem.StartAsync(cancel);
        var people = new List<Person>();
        for (var i = 0; i < 4; i++)
        {
            people.Add(await Person.SignInAsync(system, cancel));
        }

        foreach (var person in people)
        {
            await person.WorkAsync("/api/identity/me", cancel);
        }

        await system.KillAsync("gateway-1");
        await system.KillAsync("identity-1");

        // The reporting service was not asked before, so each of these needs a refresh at the identity that is left.
        foreach (var person in people)
        {
            await person.WorkAsync("/api/reporting/programmes", cancel);
            await person.WorkAsync("/api/identity/me", cancel);
        }

        people.Add(await Person.SignInAsync(system, cancel));
        await people[^1].WorkAsync("/api/identity/organisations", cancel);
        await system.StartAsync("gateway-1");
        await system.StartAsync("identity-1");
        await system.WaitUntilReadyAsync(cancel, "gateway-1", "identity-1");
        foreach (var person in people)
        {
            Assert.Equal(HttpStatusCode.OK, (await person.AskAsync(system.At("gateway-1"), "/api/identity/me", cancel)).StatusCode);
        }

        // One signs out at the gateway that was always there; the one that was killed and came back knows it within a second.
        await people[0].SignOutAsync(system.At("gateway-2"), cancel);
        await people[0].IsOutAsync(system.At("gateway-1"), TimeSpan.FromSeconds(1), cancel);
        await people[0].IsOutAsync(system.At("gateway-2"), TimeSpan.FromSeconds(1), cancel);
        Assert.Equal(HttpStatusCode.OK, (await people[1].AskAsync(system.At("gateway-1"), "/api/identity/me", cancel)).StatusCode);
        people.ForEach(person => person.Dispose());
    }

    /// <summary>A browser. Over a broken connection it asks again once, as browsers do for what they only look at.</summary>
    private sealed partial class Person : IDisposable
    {
        private readonly CookieContainer _cookies = new();
        private readonly HttpClient _http;

        private Person(Uri address) => _http = new HttpClient(new SocketsHttpHandler { CookieContainer = _cookies, UseProxy = false, PooledConnectionLifetime = TimeSpan.Zero }) { BaseAddress = address };

        public static async Task<Person> SignInAsync(ReplicaSystem system, CancellationToken cancellationToken)
        {
            var person = new Person(system.Address);
            using var page = await person._http.GetAsync("/bff/sign-in?returnUrl=/bff/session", cancellationToken);
            var html = await page.Content.ReadAsStringAsync(cancellationToken);
            Assert.True(page.IsSuccessStatusCode, $"{page.StatusCode} {html}\n{system.Output("gateway-1")}\n{system.Output("gateway-2")}\n{system.Output("identity-1")}\n{system.Output("identity-2")}");
            var fields = Hidden().Matches(html).Select(m => KeyValuePair.Create(WebUtility.HtmlDecode(m.Groups[1].Value), WebUtility.HtmlDecode(m.Groups[2].Value)))
                .Append(new("userName", ReplicaSystem.Administrator)).Append(new("password", system.Password));
            using var form = new FormUrlEncodedContent(fields);
            using var answer = await person._http.PostAsync(new Uri("/identity/sign-in", UriKind.Relative), form, cancellationToken);
            Assert.Contains("\"signedIn\":true", await answer.Content.ReadAsStringAsync(cancellationToken), StringComparison.Ordinal);
            return person;
        }

        public async Task WorkAsync(string path, CancellationToken cancellationToken)
        {
            for (var attempt = 1; ; attempt++)
            {
                try
                {
                    using var answer = await AskAsync(_http.BaseAddress!, path, cancellationToken);
                    Assert.True(answer.IsSuccessStatusCode, $"{path}: {answer.StatusCode} {await answer.Content.ReadAsStringAsync(cancellationToken)}");
                    return;
                }
                catch (HttpRequestException) when (attempt == 1)
                {
                    // The connection was to the replica that is gone.
                }
            }
        }

        public Task<HttpResponseMessage> AskAsync(Uri at, string path, CancellationToken cancellationToken) => SendAsync(HttpMethod.Get, at, path, cancellationToken);

        public async Task SignOutAsync(Uri at, CancellationToken cancellationToken)
        {
            using var answer = await SendAsync(HttpMethod.Post, at, "/bff/sign-out", cancellationToken);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }

        public async Task IsOutAsync(Uri at, TimeSpan within, CancellationToken cancellationToken)
        {
            var watch = Stopwatch.StartNew();
            while ((await AskAsync(at, "/api/identity/me", cancellationToken)).StatusCode != HttpStatusCode.Unauthorized)
            {
                Assert.True(watch.Elapsed < within, $"still signed in at {at} after {watch.Elapsed}");
                await Task.Delay(20, cancellationToken);
            }
        }

        public void Dispose() => _http.Dispose();

        // Cookies by hand: the replicas have other ports, and a signed-out person's cookie is tried again.
        private async Task<HttpResponseMessage> SendAsync(HttpMethod method, Uri at, string path, CancellationToken cancellationToken)
        {
            using var request = new HttpRequestMessage(method, new Uri(at, path));
            request.Headers.Add("X-Gengdu-Request", "1");
            _key ??= _cookies.GetCookies(_http.BaseAddress!)["gengdu-session"]!.Value;
            request.Headers.Add("Cookie", $"gengdu-session={_key}");
            using var bare = new HttpClient(new SocketsHttpHandler { UseCookies = false, UseProxy = false });
            return await bare.SendAsync(request, cancellationToken);
        }

        private string? _key;

        [GeneratedRegex("<input type=\"hidden\" name=\"([^\"]*)\" value=\"([^\"]*)\">")]
        private static partial Regex Hidden();
    }
}
