using Gengdu.Organisations;
using static Gengdu.Analytics.Tests.Explanations.ReportedProvince;
using static Gengdu.Analytics.Tests.Explore.Boards.Boarding;
using static Gengdu.Analytics.Tests.Explore.SavedViews;

namespace Gengdu.Analytics.Tests.Explore.Boards;

/// <summary>A board opens with the rights of whoever opens it, tile by tile.</summary>
public sealed class GetBoardTests(AnalyticsFixture fixture) : IClassFixture<AnalyticsFixture>
{
    [Fact]
    public async Task Get_Shared_OpensTheTilesOfTheReadersPlace_AndTheOthersLikeTilesThatAreGone()
    {
        var p = fixture.Province;
        var (cycle, _) = await ReportedAsync(fixture);
        using var owner = await PersonAsync(fixture, Roles.ProvinceOwner, p.Root);
        var within = await owner.SavedAsync(Request(cycle, p.Changan, sending: "daily", name: "长安"));
        var outside = await owner.SavedAsync(Request(cycle, p.Zhengding, name: "约谈前的内部比较"));
        var gone = await owner.SavedAsync(Request(cycle, p.Changan, name: "删掉的"));
        var board = await owner.LaidAsync(Of("全省", true, within, outside, gone));
        Assert.True((await owner.DeleteAsync(new Uri($"{Kept}/{gone.Id}", UriKind.Relative))).IsSuccessStatusCode);

        using var county = await PersonAsync(fixture, Roles.CountyReviewer, p.Changan);
        var seen = await county.BoardAsync(board.Id);
        Assert.Equal(("全省", false), (seen.Title, seen.Own));
        Assert.Equal(["长安", null, null], seen.Tiles.Select(tile => tile.View?.Name));
        // What is the owner's business stays theirs.
        Assert.Equal((null, null), (seen.Tiles[0].View!.Sending, seen.Tiles[0].View!.NextAt));
        Assert.Equal(["长安", "约谈前的内部比较", null], (await owner.BoardAsync(board.Id)).Tiles.Select(tile => tile.View?.Name));
    }

    [Fact]
    public async Task Get_NotShared_Gone_OrWithNothingToOpen_IsRefusedInTheSameWords()
    {
        var p = fixture.Province;
        var (cycle, _) = await ReportedAsync(fixture);
        using var owner = await PersonAsync(fixture, Roles.ProvinceOwner, p.Root);
        var view = await owner.SavedAsync(Request(cycle, p.Changan, shared: true));
        var (own, shared, empty) = (await owner.LaidAsync(Of("a", false, view)), await owner.LaidAsync(Of("b", true, view)), await owner.LaidAsync(Of("c", true)));
        using var county = await PersonAsync(fixture, Roles.CountyReviewer, p.Changan);
        using var elsewhere = await PersonAsync(fixture, Roles.CountyReviewer, p.Zhengding);
        using var department = await PersonAsync(fixture, Roles.Reporter, p.Changan);
        await county.GetAsync(At(own.Id)).RefusedAsync(404, "ANA-0036");
        await county.GetAsync(At(empty.Id)).RefusedAsync(404, "ANA-0036");
        await county.GetAsync(At(Guid.Empty)).RefusedAsync(404, "ANA-0036");
        await elsewhere.GetAsync(At(shared.Id)).RefusedAsync(404, "ANA-0036");
        await department.GetAsync(At(shared.Id)).RefusedAsync(404, "ANA-0036");
        Assert.Equal("b", (await county.BoardAsync(shared.Id)).Title);
        Assert.Empty((await owner.BoardAsync(empty.Id)).Tiles);
    }
}
