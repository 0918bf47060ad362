using Gengdu.Analytics.Explanations;
using Gengdu.Organisations;
using static Gengdu.Analytics.Tests.Explanations.ReportedProvince;

namespace Gengdu.Analytics.Tests.Explanations;

public sealed class GetIndexTests(AnalyticsFixture fixture) : IClassFixture<AnalyticsFixture>
{
    [Fact]
    public async Task Get_PointsAddUpToTheIndexOfTheDashboard()
    {
        var p = fixture.Province;
        var (cycle, _) = await ReportedAsync(fixture);
        var node = await fixture.NodeAsync(cycle, p.Changan);
        var school = await fixture.SchoolAsync(cycle, p.ChanganPrimary);
        foreach (var (place, shown) in new[] { (p.Changan, node.Index), (p.ChanganPrimary, school.Index) })
        {
            var index = await AskAsync<IndexExplanationResponse>(fixture, $"/api/analytics/figures/index?cycleId={cycle.Id}&organisationId={place.Id}");
            Assert.Equal((shown, shown.Value!.Value), (index.Index, Math.Round(index.Areas.Sum(area => area.Points ?? 0), 1)));
            Assert.Equal([60, 40], index.Areas.Select(area => area.Weight));
            Assert.All(index.Areas, area => Assert.Equal(area.Points ?? 0, area.Indicators.Sum(part => part.Points ?? 0)));
        }
    }

    [Fact]
    public async Task Get_SaysWhatCountsAsZero_AndWhatDoesNotCount()
    {
        var p = fixture.Province;
        var (cycle, late) = await ReportedAsync(fixture);
        var address = $"/api/analytics/figures/index?cycleId={cycle.Id}&organisationId=";
        var parts = (await AskAsync<IndexExplanationResponse>(fixture, address + late.Id)).Areas.SelectMany(area => area.Indicators).ToDictionary(part => part.Id);
        Assert.Equal((true, 0m, null), (parts["K01"].Missing, parts["K01"].Score, parts["K01"].LeftOut));
        Assert.Equal(("later", "information", "does-not-apply"), (parts["K38"].LeftOut, parts["K40"].LeftOut, parts["K04"].LeftOut));
        Assert.Equal("no-target", (await AskAsync<IndexExplanationResponse>(fixture, address + p.Changan.Id)).Areas.SelectMany(area => area.Indicators).Single(part => part.Id == "K27").LeftOut);
        await RefusedAsync(fixture, address + p.Changan.Id, 404, "GEN-0006", Roles.CountyReviewer, p.Zhengding);
        await RefusedAsync(fixture, address + p.LianchiVocational.Id, 404, "ANA-0003");
    }
}
