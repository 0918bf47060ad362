using Gengdu.TestKit;

namespace Gengdu.Identity.Tests;

/// <summary>Identity decides who has a scope and so has none itself; its role changes rows and no table all the same.</summary>
public sealed class FenceTests(IdentityFixture fixture) : IClassFixture<IdentityFixture>
{
    [Fact]
    public async Task Tables_EachHasAScopeOrAReason() => Assert.Empty(await (await FenceChecks.OfAsync(fixture.Host, "identity")).UndecidedTablesAsync());

    [Fact]
    public async Task Role_FindsNoWayRound() => Assert.Empty(await (await FenceChecks.OfAsync(fixture.Host, "identity")).WaysRoundAsync());
}
