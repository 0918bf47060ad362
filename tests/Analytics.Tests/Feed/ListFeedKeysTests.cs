using Gengdu.Organisations;
using Gengdu.TestKit;

namespace Gengdu.Analytics.Tests.Feed;

/// <summary>The clock goes on.</summary>
public sealed class ListFeedKeysTests(AnalyticsFixture fixture) : IClassFixture<AnalyticsFixture>
{
    private TestProvince Province => fixture.Province;

    [Fact]
    public async Task Key_AfterItsLastDay_IsRefused_AndStandsInTheListAsSuch()
    {
        using var person = await fixture.ClientAsync(Roles.CountyReviewer, Province.Changan);
        using var sheet = fixture.Sheet(await person.MadeAsync(days: 1));
        fixture.Host.Clock.Advance(TimeSpan.FromHours(23));
        await sheet.JsonAsync("/Cycles");
        fixture.Host.Clock.Advance(TimeSpan.FromHours(1));
        await sheet.RefusedAsync("/Cycles", 401, "ANA-0080");
        Assert.True(Assert.Single((await person.KeysAsync()).Keys).Expired);
    }
}
