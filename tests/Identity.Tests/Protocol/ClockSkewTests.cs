using System.Net;
using Gengdu.Identity.Tests.Protocol.Clients;

namespace Gengdu.Identity.Tests.Protocol;

/// <summary>Two replicas whose clocks are a minute apart. What is too old or too new is refused cleanly, and nothing is accepted twice.</summary>
public sealed class ClockSkewTests : IAsyncLifetime
{
    private readonly ReplicaFixture _replicas = new();

    private ProtocolHost Behind => _replicas.First;

    private ProtocolHost Ahead => _replicas.Second;

    public async ValueTask InitializeAsync()
    {
        await _replicas.InitializeAsync();
        Ahead.Clock.Advance(TimeSpan.FromSeconds(60));
    }

    public ValueTask DisposeAsync() => _replicas.DisposeAsync();

    [Fact]
    public async Task Code_IsTooOldAMinuteAhead_AndGoodAMinuteBehind_Once()
    {
        using Browser behind = Behind.Browser(), ahead = Ahead.Browser();
        Assert.Equal("invalid_grant", await Browser.ErrorAsync(await ahead.RedeemAsync(await behind.CodeAsync())));
        var code = await ahead.CodeAsync();
        Assert.Equal(HttpStatusCode.OK, (await behind.RedeemAsync(code)).StatusCode);
        Assert.Equal("invalid_grant", await Browser.ErrorAsync(await ahead.RedeemAsync(code)));
    }

    [Fact]
    public async Task Refresh_RotatesAcrossBoth_AndAReplayIsSeenByEither()
    {
        using Browser behind = Behind.Browser(), ahead = Ahead.Browser();
        var first = (await behind.TokensAsync()).GetProperty("refresh_token").GetString()!;
        var second = (await (await ahead.RefreshAsync(first)).JsonAsync()).GetProperty("refresh_token").GetString()!;
        var third = await behind.RefreshAsync(second);
        Assert.Equal(HttpStatusCode.OK, third.StatusCode);
        // A minute later by this clock: past the grace of a repeated answer.
        Assert.Equal("invalid_grant", await Browser.ErrorAsync(await ahead.RefreshAsync(second)));
        Assert.Equal("invalid_grant", await Browser.ErrorAsync(await behind.RefreshAsync((await third.JsonAsync()).GetProperty("refresh_token").GetString()!)));
    }

    [Fact]
    public async Task Assertion_UsedAtOne_IsNotUsedAgainAtTheOther_WhoseClockStillTakesIt()
    {
        using Browser behind = Behind.Browser(), ahead = Ahead.Browser();
        var proof = SigningClient.Proof(Behind.Machine.Assertion(Ahead.Clock.GetUtcNow().AddSeconds(-30)));
        Assert.Equal(HttpStatusCode.OK, (await ahead.PostAsync("/identity/token", [("grant_type", "client_credentials"), .. proof])).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await behind.PostAsync("/identity/token", [("grant_type", "client_credentials"), .. proof])).StatusCode);
    }

    [Fact]
    public async Task Token_OfTheOneBehind_IsIntrospectedByTheOneAhead_UntilItsOwnTimeIsOver()
    {
        using Browser behind = Behind.Browser(), ahead = Ahead.Browser();
        var token = (await (await behind.RedeemAsync(await behind.CodeAsync(), resource: "reporting")).JsonAsync()).GetProperty("access_token").GetString()!;
        Assert.Contains("\"active\":true", await AskAsync(ahead, token), StringComparison.Ordinal);
        Ahead.Clock.Advance(TimeSpan.FromMinutes(4.6));
        Assert.Equal("""{"active":false}""", await AskAsync(ahead, token));
        Assert.Contains("\"active\":true", await AskAsync(behind, token), StringComparison.Ordinal);
    }

    private static async Task<string> AskAsync(Browser browser, string token) => await (await browser.PostAsync(
        "/identity/introspect", ("client_id", "reporting-server"), ("client_secret", ProtocolHost.ResourceServerSecret), ("token", token))).Content.ReadAsStringAsync();
}
