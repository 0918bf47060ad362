using Gengdu.Identity.Tests.Protocol.Clients;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Gengdu.Identity.Tests.Protocol;

/// <summary>At production's level of detail, nothing that opens a door stands in the log.</summary>
public sealed class SecretsInLogsTests : IAsyncLifetime
{
    private readonly TalkativeHost _host = new();

    public ValueTask InitializeAsync() => _host.InitializeAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Log_HoldsNoCodeTokenPasswordOrProof()
    {
        using var browser = _host.Browser();
        var code = await browser.CodeAsync();
        var tokens = await (await browser.RedeemAsync(code)).JsonAsync();
        await browser.RedeemAsync(code);
        var refresh = tokens.GetProperty("refresh_token").GetString()!;
        await browser.RefreshAsync(refresh);
        var assertion = _host.Machine.Assertion(_host.Clock.GetUtcNow());
        await browser.PostAsync("/identity/token", [("grant_type", "client_credentials"), .. SigningClient.Proof(assertion)]);
        await browser.PostAsync("/identity/token", [("grant_type", "client_credentials"), .. SigningClient.Proof(assertion + "x")]);
        await browser.TokenAsync("gateway", "a-wrong-secret-somebody-typed", ("grant_type", "refresh_token"), ("refresh_token", refresh));
        var page = await browser.GetAsync((await browser.AuthorizeAsync(("prompt", "login"))).Headers.Location!.ToString());
        await browser.FillInAsync(page, IdentityHost.AdministratorName, "a wrong password somebody typed");
        using var client = _host.CreateClient(tokens.GetProperty("access_token").GetString()! + "x");
        await client.GetAsync("/api/identity/me");

        var lines = string.Join('\n', _host.Log.All);
        Assert.Contains("came twice", lines, StringComparison.Ordinal);
        foreach (var secret in (string[])[
            code, refresh, tokens.GetProperty("access_token").GetString()!, tokens.GetProperty("id_token").GetString()!, assertion, ProtocolHost.Secret, "a-wrong-secret-somebody-typed",
            IdentityHost.AdministratorPassword, "a wrong password somebody typed", IdentityHost.AdministratorName + "\"", "Bearer ey", "BEGIN"])
        {
            Assert.DoesNotContain(secret, lines, StringComparison.Ordinal);
        }
    }

    private sealed class TalkativeHost : ProtocolHost
    {
        protected override void ConfigureServices(IServiceCollection services)
        {
            base.ConfigureServices(services);
            services.Configure<LoggerFilterOptions>(filters => filters.AddFilter<LogLines>("", LogLevel.Information));
        }
    }
}
