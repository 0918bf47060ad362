using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Gengdu.Province;
using Gengdu.Province.Api;
using Gengdu.Province.Make;
using Gengdu.System.Tests.Running;

namespace Gengdu.System.Tests.Logs;

/// <summary>Puts secrets and personal numbers wherever somebody could type or send them: right, wrong, broken, and in the wrong place.</summary>
internal sealed class Spill(GengduSystem system, LoadOptions options)
{
    private const string Phone = "13912345678";
    private const string Identity = "130102198802298845";
    private const string Name = "金丝雀测试员";
    private const string Wrong = "Canary-Wrong-Password-41";
    private const string AsName = "Canary-Password-As-Name-42";
    private const string Fresh = "Canary-Fresh-Password-43";
    private const string ClientSecret = "Canary-Client-Secret-44";
    private const string Code = "Canary-Authorization-Code-45";
    private const string BadCookie = "Canary-Cookie-46";

    /// <summary>What must stand in no log, and what it is.</summary>
    public Dictionary<string, string> Secrets { get; } = new()
    {
        [options.Password] = "a password", [options.AdministratorPassword] = "the administrator's password", [Wrong] = "a wrong password", [AsName] = "a password typed as a name",
        [Fresh] = "a new password", [ClientSecret] = "a client secret", [Code] = "an authorization code", [BadCookie] = "a cookie", [Name] = "a person's name",
        [Phone] = "a telephone number", [Identity] = "an identity number",
    };

    /// <summary>Logs of processes this has started.</summary>
    public List<(string Source, string[] Lines)> Started { get; } = [];

    public async Task RunAsync(CancellationToken cancel)
    {
        foreach (var (name, password) in new[] { (GengduSystem.Administrator, Wrong), (AsName, "x"), (Phone, Wrong), ("nobody\r\ninfo: forged", Wrong) })
        {
            Assert.False(await Session.CanSignInAsync(system.Address, name, password, cancel));
        }

        await PeopleAsync(cancel);
        await ValuesAsync(cancel);
        await BrokenRequestsAsync(cancel);
        foreach (var service in GengduSystem.Services)
        {
            var settings = await system.SettingsAsync(service);
            Secrets.TryAdd(settings["ConnectionStrings__RabbitMq"].Split('@')[0], "the broker's password");
        }
    }

    private async Task PeopleAsync(CancellationToken cancel)
    {
        using var administrator = await Session.SignInAsync(system.Address, options.AdministratorName, options.AdministratorPassword, cancel);
        Secrets.TryAdd(administrator.CookieHeader.Split('=', 2)[^1], "a session cookie");
        object Person(string userName, string password) => new { people = new[] { new { userName, displayName = Name, password, assignments = new[] { new { role = "county-reviewer", organisationCode = People.TriedCounty } } } } };
        await TryAsync(() => administrator.PostAsync("/api/identity/people/batch", Person("canary-reviewer", Fresh), cancel));
        await TryAsync(() => administrator.PostAsync("/api/identity/people/batch", Person("canary-reviewer", Fresh), cancel));
        await TryAsync(() => administrator.PostAsync("/api/identity/people/batch", Person(Phone, "short"), cancel));
        await TryAsync(() => administrator.PostAsync("/api/identity/people/batch", Person("nul\0" + Phone, Fresh), cancel));
        var found = (await administrator.GetAsync($"/api/identity/people?search={Uri.EscapeDataString(Name)}", cancel))["items"]!.AsArray();
        var id = found[0]!["id"]!.GetValue<Guid>();
        foreach (var path in new[] { "invitation", "password-reset" })
        {
            if (await TryAsync(() => administrator.PostAsync($"/api/identity/people/{id}/{path}", null, cancel)) is { } issued)
            {
                Secrets.TryAdd(issued["code"]!.GetValue<string>(), "a one-time code");
            }
        }

        await TryAsync(() => administrator.PostAsync("/api/identity/assignments", new { personId = id, role = Phone, organisationId = Guid.Empty }, cancel));
    }

    private async Task ValuesAsync(CancellationToken cancel)
    {
        using var reporter = await Session.SignInAsync(system.Address, People.Own("reporter"), options.Password, cancel);
        var module = (await reporter.GetAsync("/api/reporting/reports", cancel))["items"]![0]!["modules"]![0]!;
        var (id, version) = (module["id"]!.GetValue<Guid>(), module["version"]!.GetValue<long>());
        var address = $"/api/reporting/module-reports/{id}/values";
        object Change(string at, object? value) => new { changes = new[] { new { at, value } }, explanations = Array.Empty<object>() };
        await TryAsync(() => reporter.PatchAsync(address, Change("principal_phone", Phone), version, cancel));
        foreach (var (at, value) in new (string, object?)[] { ("principal_name", Name), (Phone, 1), ("boarders", Phone), ("principal_name", "\0" + Identity), ("principal_name", new string('9', 11_000)), ($"classes/{Identity}", 2) })
        {
            await TryAsync(() => reporter.PatchAsync(address, Change(at, value), version + 1, cancel));
        }

        foreach (var key in new[] { $"key-{Phone}", $"key-{Phone}" })
        {
            await TryAsync(() => reporter.PostAsync($"/api/reporting/module-reports/{id}/submission", new { statement = true }, cancel, ("Idempotency-Key", key), ("If-Match", $"\"v{version}\"")));
        }

        await TryAsync(() => reporter.GetAsync($"/api/reporting/reports?search={Phone}&state={Identity}", cancel));
        await TryAsync(() => reporter.GetAsync($"/api/reporting/cycles/{Identity}", cancel));
        await TryAsync(() => reporter.PostAsync($"/api/supervision/reviews/{id}/return", new { revision = 1, reasons = new[] { new { at = "principal_phone", code = "other", text = $"{Name} {Phone}" } } }, cancel));
    }

    private async Task BrokenRequestsAsync(CancellationToken cancel)
    {
        using var http = new HttpClient(new HttpClientHandler { UseCookies = false, AllowAutoRedirect = false }) { Timeout = TimeSpan.FromSeconds(20) };
        var token = $"eyJhbGciOiJQUzI1NiIsInR5cCI6ImF0K2p3dCJ9.{Convert.ToBase64String(Encoding.UTF8.GetBytes($"{{\"sub\":\"{Phone}\"}}")).TrimEnd('=')}.c2lnbmF0dXJl";
        var settings = await system.SettingsAsync("gateway");
        foreach (var place in new[] { system.Address.ToString(), settings["Services__Identity"], settings["Services__Reporting"], settings["Services__Supervision"], settings["Services__Analytics"] })
        {
            foreach (var path in new[]
            {
                "/api/reporting/cycles", "/api/identity/me", "/api/supervision/queue", "/api/analytics/cycles", $"/api/reporting/reports?search={Phone}", $"/bff/callback?code={Code}&state={Code}",
                $"/identity/authorize?client_id=gateway&login_hint={Phone}&code={Code}", $"/identity/reset?code={Code}", $"/identity/invitation?code={Code}", $"/no/such/{Identity}", $"/identity/sign-in?userName={Phone}&password={Wrong}",
            })
            {
                await SendAsync(http, new(HttpMethod.Get, new Uri(new Uri(place), path)) { Headers = { Authorization = new("Bearer", token) } }, cancel);
                await SendAsync(http, new(HttpMethod.Get, new Uri(new Uri(place), path)) { Headers = { { "Cookie", $"__Host-gengdu={BadCookie}; gengdu-session={BadCookie}; gengdu={BadCookie}" } } }, cancel);
            }

            foreach (var body in new HttpContent[]
            {
                new StringContent($"{{\"changes\":[{{\"at\":\"principal_phone\",\"value\":\"{Phone}", Encoding.UTF8, "application/json"),
                new FormUrlEncodedContent([new("grant_type", "authorization_code"), new("code", Code), new("client_id", "gateway"), new("client_secret", ClientSecret), new("password", Wrong)]),
                JsonContent.Create(new { password = Wrong, nobody = Name, phone = Phone }),
            })
            {
                foreach (var path in new[] { "/identity/token", "/identity/revoke", "/identity/introspect", "/identity/par", "/identity/sign-in", "/identity/reset", "/api/identity/people/batch", "/bff/backchannel-logout" })
                {
                    using var copy = new ByteArrayContent(await body.ReadAsByteArrayAsync(cancel)) { Headers = { ContentType = body.Headers.ContentType } };
                    await SendAsync(http, new(HttpMethod.Post, new Uri(new Uri(place), path)) { Content = copy, Headers = { Authorization = new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"gateway:{ClientSecret}"))) } }, cancel);
                }
            }
        }
    }

    private static async Task SendAsync(HttpClient http, HttpRequestMessage request, CancellationToken cancel)
    {
        using (request)
        {
            try
            {
                using var answer = await http.SendAsync(request, cancel);
            }
            catch (HttpRequestException)
            {
                // The gateway hangs up on what can be read in two ways: also an answer.
            }
        }
    }

    private static async Task<JsonNode?> TryAsync(Func<Task<JsonNode>> act)
    {
        try
        {
            return await act();
        }
        catch (RefusedException)
        {
            return null;
        }
    }
}
