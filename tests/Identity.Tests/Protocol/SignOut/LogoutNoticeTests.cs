using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.IdentityModel.JsonWebTokens;

namespace Gengdu.Identity.Tests.Protocol.SignOut;

/// <summary>Apart from the sender's other tests: it moves the clock far.</summary>
public sealed class LogoutNoticeTests(LogoutFixture fixture) : IClassFixture<LogoutFixture>
{
    private readonly LogoutHost _host = fixture.Host;

    [Theory]
    [InlineData(HttpStatusCode.InternalServerError)]
    [InlineData(HttpStatusCode.BadRequest)]
    [InlineData(HttpStatusCode.Found)]
    public async Task Notice_RefusedAtFirst_ComesAgainAsANewToken(HttpStatusCode refusal)
    {
        using var browser = _host.Browser();
        var (tokens, sid) = await LogoutHost.SignInAsync(browser);
        _host.Gateway.Answer = refusal;
        try
        {
            await LogoutHost.SignOutAsync(browser, tokens);
            await _host.Gateway.WaitForAsync(LogoutHost.Of(sid), 1);
            await _host.AttemptedAsync(sid);
        }
        finally
        {
            _host.Gateway.Answer = HttpStatusCode.OK;
        }

        for (var second = 0; second < 20 && _host.Gateway.Received.Count(r => LogoutHost.Of(sid)(r.Token)) < 2; second++)
        {
            _host.Clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(200);
        }

        var both = await _host.Gateway.WaitForAsync(LogoutHost.Of(sid), 2);
        Assert.NotEqual(new JsonWebToken(both[0]).Id, new JsonWebToken(both[1]).Id);
        await _host.AssertIsANoticeAsync(both[1], "gateway", sid);
    }

    [Fact]
    public async Task Notice_NeverTaken_IsGivenUpAfterTenMinutes()
    {
        using var browser = _host.Browser();
        var (tokens, sid) = await LogoutHost.SignInAsync(browser);
        _host.Gateway.Answer = HttpStatusCode.ServiceUnavailable;
        try
        {
            await LogoutHost.SignOutAsync(browser, tokens);
            await _host.AttemptedAsync(sid);
            for (var minute = 0; minute < 30 && await _host.InDatabaseAsync(db => db.LogoutNotices.AnyAsync(n => n.SessionId == sid)); minute++)
            {
                _host.Clock.Advance(TimeSpan.FromMinutes(1));
                await Task.Delay(150);
            }

            Assert.False(await _host.InDatabaseAsync(db => db.LogoutNotices.AnyAsync(n => n.SessionId == sid)));
            Assert.InRange(_host.Gateway.Received.Count(r => LogoutHost.Of(sid)(r.Token)), 4, 12);
        }
        finally
        {
            _host.Gateway.Answer = HttpStatusCode.OK;
        }
    }
}
