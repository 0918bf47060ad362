using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using Gengdu.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Gengdu.Identity.Tests.Protocol.SignOut;

/// <summary>A client's back-channel address: a real server on the loopback that keeps what it is sent and answers as told.</summary>
internal sealed class LogoutReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<(string ContentType, string Token)> _received = new();

    public LogoutReceiver()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.MapPost("/logout", async (HttpContext http) =>
        {
            var form = await http.Request.ReadFormAsync();
            _received.Enqueue((http.Request.ContentType ?? "", form["logout_token"].ToString()));
            await Task.Delay(Hangs, http.RequestAborted);
            return Results.StatusCode((int)Answer);
        });
    }

    public HttpStatusCode Answer { get; set; } = HttpStatusCode.OK;

    /// <summary>How long it keeps whoever calls waiting.</summary>
    public TimeSpan Hangs { get; set; }

    public string Address => _app.Urls.Single() + "/logout";

    public IReadOnlyList<(string ContentType, string Token)> Received => [.. _received];

    public Task StartAsync() => _app.StartAsync();

    /// <summary>Waits until so many came for a session; tests share the receiver.</summary>
    public async Task<IReadOnlyList<string>> WaitForAsync(Func<string, bool> fits, int count)
    {
        for (var attempt = 0; attempt < 500; attempt++)
        {
            var found = Received.Select(r => r.Token).Where(fits).ToList();
            if (found.Count >= count)
            {
                return found;
            }

            await Task.Delay(20);
        }

        throw new TimeoutException($"{count} logout notices were expected, {Received.Count(r => fits(r.Token))} came");
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}

/// <summary>Identity whose gateway and one more client listen for logouts.</summary>
internal sealed class LogoutHost : ProtocolHost
{
    public LogoutReceiver Gateway { get; } = new();

    public LogoutReceiver Other { get; } = new();

    public override async ValueTask InitializeAsync()
    {
        await Gateway.StartAsync();
        await Other.StartAsync();
        await base.InitializeAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await Gateway.DisposeAsync();
        await Other.DisposeAsync();
    }

    public static Func<string, bool> Of(string sid) => token => new JsonWebToken(token).GetClaim("sid").Value == sid;

    public static Task<HttpResponseMessage> SignOutAsync(Browser browser, JsonElement tokens) => browser.GetAsync($"/identity/end-session?id_token_hint={tokens.GetProperty("id_token").GetString()}");

    public static async Task<(JsonElement Tokens, string Sid)> SignInAsync(Browser browser)
    {
        var tokens = await browser.TokensAsync();
        return (tokens, new JsonWebToken(tokens.GetProperty("access_token").GetString()).GetClaim("sid").Value);
    }

    /// <summary>The first attempt is over when its row waits for the second.</summary>
    public Task AttemptedAsync(string sid) => InDatabaseAsync(async db =>
    {
        var now = Clock.GetUtcNow();
        for (var i = 0; i < 500 && !await db.LogoutNotices.AnyAsync(n => n.SessionId == sid && n.Attempts > 0 && n.NextAttemptAt < now.AddSeconds(10)); i++)
        {
            await Task.Delay(20);
        }
    });

    public async Task AssertIsANoticeAsync(string notice, string client, string sid)
    {
        using var http = CreateClient();
        var keys = new JsonWebKeySet(await (await http.GetAsync("/identity/jwks")).Content.ReadAsStringAsync()).GetSigningKeys();
        var result = await new JsonWebTokenHandler().ValidateTokenAsync(notice, new TokenValidationParameters
        {
            ValidIssuer = TestTokens.Issuer, ValidAudience = client, ValidTypes = ["logout+jwt"], ValidAlgorithms = [SecurityAlgorithms.RsaSha256], IssuerSigningKeys = keys, ValidateLifetime = false,
        });
        Assert.True(result.IsValid, result.Exception?.Message);
        var token = (JsonWebToken)result.SecurityToken;
        Assert.Equal(["aud", "events", "exp", "iat", "iss", "jti", "sid", "sub"], token.Claims.Select(c => c.Type).Order(StringComparer.Ordinal));
        Assert.Equal((sid, AdministratorId.ToString()), (token.GetClaim("sid").Value, token.Subject));
        Assert.Equal("""{"http://schemas.openid.net/event/backchannel-logout":{}}""", token.GetPayloadValue<JsonElement>("events").GetRawText());
        Assert.Equal(TimeSpan.FromMinutes(2), token.ValidTo - token.IssuedAt);
    }

    protected override void Configure(IDictionary<string, string?> settings)
    {
        base.Configure(settings);
        settings["Identity:GatewayBackchannelLogoutUri"] = Gateway.Address;
        settings["Identity:Clients:other:BackchannelLogoutUri"] = Other.Address;
    }
}

public sealed class LogoutFixture : IAsyncLifetime
{
    internal LogoutHost Host { get; } = new();

    public ValueTask InitializeAsync() => Host.InitializeAsync();

    public ValueTask DisposeAsync() => Host.DisposeAsync();
}
