using Gengdu.Analytics.OpenFigures;
using Gengdu.Analytics.Tests.Publications;
using Gengdu.ServiceDefaults;

namespace Gengdu.Analytics.Tests.OpenFigures;

public sealed class ListOpenChangesTests(AnalyticsFixture fixture) : IClassFixture<AnalyticsFixture>
{
    [Fact]
    public async Task Changes_ShowTheOldNumberBesideTheNew()
    {
        var scene = await OpenScene.PublishedAsync(fixture);
        Assert.Empty((await scene.AskAsync<Page<OpenChangeResponse>>(scene.Address(1, "/changes"))).Items);
        await scene.CorrectAsync(3);
        await PublishFiguresTests.PublishAsync(fixture, scene.Cycle);
        var changes = await scene.AskAsync<Page<OpenChangeResponse>>(scene.Address(2, "/changes?pageSize=500"));
        var county = Assert.Single(changes.Items, change => change.Code == fixture.Province.Changan.Code && change.Indicator == "K27");
        Assert.Equal((4m, "shown", 10m, "shown"), (county.From, county.FromState, county.To, county.ToState));
        Assert.DoesNotContain(changes.Items, change => change.Code == scene.Zone.Code);
        Assert.DoesNotContain(changes.Items, change => change.Indicator == "K01");
        Assert.Equal(changes.Total, changes.Items.Count);
    }
}
