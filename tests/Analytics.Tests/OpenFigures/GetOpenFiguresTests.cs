using Gengdu.Analytics.OpenFigures;
using Gengdu.Analytics.Tests.Publications;
using Gengdu.Organisations;

namespace Gengdu.Analytics.Tests.OpenFigures;

public sealed class GetOpenFiguresTests(AnalyticsFixture fixture) : IClassFixture<AnalyticsFixture>
{
    [Fact]
    public async Task Get_ByNobodySignedIn_ShowsAreas_AndHidesTwoSchoolsAndWhatWouldGiveThemAway()
    {
        var (p, scene) = (fixture.Province, await OpenScene.PublishedAsync(fixture));
        var province = await scene.AskAsync<OpenFiguresResponse>(scene.Address());
        Assert.Equal((p.Root.Code, "province", 1, true, false), (province.Place.Code, province.Place.Level, province.Publication.Number, province.Publication.Newest, province.Publication.Final));
        Assert.Equal([p.Shijiazhuang.Code, p.Baoding.Code], province.Below.Select(row => row.Place.Code));
        Assert.DoesNotContain(province.Indicators, indicator => indicator.Id == "K38");
        Assert.Equal(new OpenCellResponse(OpenCell.Shown, 9.17m, 12, 1), await scene.CellAsync(p.Root, "K27"));

        var city = await scene.AskAsync<OpenFiguresResponse>(scene.Address(1, $"?place={p.Shijiazhuang.Code}"));
        Assert.Equal([p.Root.Code], city.Above.Select(place => place.Code));
        Assert.Equal(new(OpenCell.Shown, 4m, 4, 1), await scene.CellAsync(p.Changan, "K27"));
        Assert.Equal(new(OpenCell.Hidden, null, null, 1), await scene.CellAsync(scene.Zone, "K27"));
        // Three schools could be told, but then the city less its counties were the zone.
        Assert.Equal(new(OpenCell.Hidden, null, null, 1), await scene.CellAsync(p.Zhengding, "K27"));
        Assert.Equal(new(OpenCell.None, null, null, 1), await scene.CellAsync(p.Changan, "K04"));
        Assert.Equal(OpenCell.Hidden, (await scene.CellAsync(scene.Zone, "K37")).State);
    }

    [Fact]
    public async Task Get_ACorrectionOfOneSchool_LeavesTheNumberAsItWas_AndSaysSo()
    {
        var (p, scene) = (fixture.Province, await OpenScene.PublishedAsync(fixture));
        await scene.CorrectAsync(1);
        await PublishFiguresTests.PublishAsync(fixture, scene.Cycle);
        Assert.Equal(new(OpenCell.Held, 4m, 4, 1), await scene.CellAsync(p.Changan, "K27", 2));
        Assert.Equal(new(OpenCell.Held, 9.17m, 12, 1), await scene.CellAsync(p.Root, "K27", 2));
        Assert.Equal(new(OpenCell.Shown, 10m, 3, 2), await scene.CellAsync(p.Lianchi, "K27", 2));
        Assert.Equal(new(OpenCell.Hidden, null, null, 2), await scene.CellAsync(scene.Zone, "K27", 2));
        var page = await scene.AskAsync<OpenFiguresResponse>(scene.Address(2));
        Assert.Equal(("两所学校更正了经费", "Two schools corrected their spending"), (page.Publication.Reason!.Zh, page.Publication.Reason.En));
        Assert.False((await scene.AskAsync<OpenFiguresResponse>(scene.Address())).Publication.Newest);

        // With two more it is that of three.
        await scene.CorrectAsync(3);
        await PublishFiguresTests.PublishAsync(fixture, scene.Cycle);
        Assert.Equal(new(OpenCell.Shown, 10m, 4, 3), await scene.CellAsync(p.Changan, "K27", 3));
        Assert.Equal(new(OpenCell.Shown, 4m, 4, 1), await scene.CellAsync(p.Changan, "K27"));
    }

    [Fact]
    public async Task Get_OfADraft_OrASchool_OrNothing_Is404()
    {
        var scene = await OpenScene.PublishedAsync(fixture);
        await scene.CorrectAsync(3);
        using var owner = await fixture.ClientAsync(Roles.ProvinceOwner, fixture.Province.Root);
        await PublishFiguresTests.DraftAsync(owner, scene.Cycle);
        foreach (var rest in new[] { "", "/changes", "/figures.csv", "/figures.json" })
        {
            await scene.RefusedAsync(scene.Address(2, rest), 404, "ANA-0076");
        }

        await scene.RefusedAsync(scene.Address(1, $"?place={fixture.Province.ChanganPrimary.Code}"), 404, "ANA-0077");
        await scene.RefusedAsync(scene.Address(1, "?place=' or 1=1"), 404, "ANA-0077");
    }
}
