using System.Collections.Concurrent;
using Gengdu.Identity.Protocol.Keys;
using Gengdu.TestKit;
using Microsoft.EntityFrameworkCore;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Gengdu.Identity.Tests.Protocol.Keys;

/// <summary>
/// Eight callers ask for tokens and use them while the key changes, three times. They check signatures by the key set as it
/// was a minute before, like a service that has not looked since. Not one call may be refused.
/// </summary>
public sealed class RotationUnderLoadTests(ProtocolFixture fixture) : IClassFixture<ProtocolFixture>
{
    private const int Callers = 8;
    private const int CallsARotation = 300;
    private readonly ProtocolHost _host = fixture.Host;
    private readonly ConcurrentBag<string> _refused = [];
    private readonly ConcurrentDictionary<string, int> _signedBy = new();
    private int _calls;

    [Fact]
    public async Task Rotation_ThreeTimes_RefusesNoCall()
    {
        for (var rotation = 1; rotation <= 3; rotation++)
        {
            await ToTheEveAsync();
            using var http = _host.CreateClient();
            var seen = new JsonWebKeySet(await (await http.GetAsync("/identity/jwks")).Content.ReadAsStringAsync()).GetSigningKeys();
            using var over = new CancellationTokenSource();
            var callers = Enumerable.Range(0, Callers).Select(_ => CallAsync([.. seen], over.Token)).ToList();
            var enough = _calls + CallsARotation;
            for (var second = 0; second < 150 || (_calls < enough && second < 3000); second++)
            {
                // Two and a half minutes, from one minute before the change on; then it stands still until there were enough calls.
                _host.Clock.Advance(second < 150 ? TimeSpan.FromSeconds(1) : TimeSpan.Zero);
                await Task.Delay(20);
            }

            await over.CancelAsync();
            await Task.WhenAll(callers);
            Assert.Equal(rotation + 1, _signedBy.Count);
        }

        Assert.Empty(_refused);
        Assert.True(_calls >= 3 * CallsARotation, $"only {_calls} calls");
    }

    private async Task ToTheEveAsync()
    {
        using var browser = _host.Browser();
        for (var step = 0; step < 20; step++)
        {
            await TokenAsync(browser);
            var now = _host.Clock.GetUtcNow();
            var next = await _host.InDatabaseAsync(db => db.SigningKeys.Where(k => k.Use == KeyUses.Access && k.ActiveFrom > now).Select(k => (DateTimeOffset?)k.ActiveFrom).MinAsync());
            if (next is { } change)
            {
                _host.Clock.SetUtcNow(change.AddMinutes(-1));
                return;
            }

            _host.Clock.Advance(TimeSpan.FromDays(7));
        }

        Assert.Fail("no successor was announced in twenty weeks");
    }

    private async Task CallAsync(SecurityKey[] seen, CancellationToken stop)
    {
        using var browser = _host.Browser();
        while (!stop.IsCancellationRequested)
        {
            var response = await TokenAsync(browser);
            var token = response.IsSuccessStatusCode ? (await response.JsonAsync()).GetProperty("access_token").GetString()! : "";
            var result = await new JsonWebTokenHandler().ValidateTokenAsync(token, new TokenValidationParameters
            {
                ValidIssuer = TestTokens.Issuer, ValidAudience = "reporting", ValidTypes = ["at+jwt"], ValidAlgorithms = [SecurityAlgorithms.RsaSsaPssSha256], IssuerSigningKeys = seen, ValidateLifetime = false,
            });
            var asked = await browser.PostAsync("/identity/introspect", ("client_id", "reporting-server"), ("client_secret", ProtocolHost.ResourceServerSecret), ("token", token));
            var answer = await asked.Content.ReadAsStringAsync(CancellationToken.None);
            Interlocked.Add(ref _calls, 2);
            if (!result.IsValid || !answer.StartsWith("{\"active\":true", StringComparison.Ordinal))
            {
                _refused.Add($"{response.StatusCode}: {result.Exception?.Message} {answer}");
            }
            else
            {
                _signedBy.AddOrUpdate(new JsonWebToken(token).Kid, 1, (_, count) => count + 1);
            }
        }
    }

    private static Task<HttpResponseMessage> TokenAsync(Browser browser) =>
        browser.TokenAsync("secret-system", ProtocolHost.SystemSecret, ("grant_type", "client_credentials"));
}
