using System.Net;
using Gengdu.Identity.Tests.Protocol;

namespace Gengdu.Identity.Tests.People;

public sealed class RemoveSecondFactorTests(TwoFactorFixture fixture) : IClassFixture<TwoFactorFixture>
{
    private readonly TwoFactorHost _host = fixture.Host;

    [Fact]
    public async Task Delete_ThePersonSetsItUpAnew()
    {
        var (id, userName, _, codes) = await _host.EnrolledAsync();
        using var administrator = _host.Administrator;
        Assert.True((await (await administrator.GetAsync($"/api/identity/people?search={userName}")).JsonAsync()).GetProperty("items")[0].GetProperty("hasSecondFactor").GetBoolean());
        Assert.Equal(HttpStatusCode.NoContent, (await administrator.DeleteAsync(Arranging.At($"/api/identity/people/{id}/second-factor"))).StatusCode);
        using var browser = _host.Browser();
        var answer = await browser.PasswordAsync(userName, TwoFactorHost.Password);
        Assert.StartsWith("/identity/second-factor/setup", answer.Headers.Location!.ToString(), StringComparison.Ordinal);
        var (_, shown) = await _host.SetUpAsync(browser, await browser.FollowAsync(answer));
        Assert.DoesNotContain(codes[0], await shown.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}
