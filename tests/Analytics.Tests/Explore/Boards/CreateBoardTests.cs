using System.Net.Http.Json;
using Gengdu.Analytics.Explore.Boards;
using Gengdu.Organisations;
using Gengdu.TestKit;
using Microsoft.EntityFrameworkCore;
using static Gengdu.Analytics.Tests.Explanations.ReportedProvince;
using static Gengdu.Analytics.Tests.Explore.Boards.Boarding;
using static Gengdu.Analytics.Tests.Explore.SavedViews;

namespace Gengdu.Analytics.Tests.Explore.Boards;

public sealed class CreateBoardTests(AnalyticsFixture fixture) : IClassFixture<AnalyticsFixture>
{
    [Fact]
    public async Task Post_KeepsTheOrder_AndNoFigure()
    {
        var p = fixture.Province;
        var (cycle, _) = await ReportedAsync(fixture);
        using var client = await PersonAsync(fixture, Roles.CountyReviewer, p.Changan);
        var (one, two) = (await client.SavedAsync(Request(cycle, p.Changan, name: "一")), await client.SavedAsync(Request(cycle, p.Changan, name: "二")));
        var laid = await client.LaidAsync(new("  我的看板 ", true, [new(two.Id, "table"), new(one.Id, "chart")]));
        Assert.Equal(("我的看板", true, true, 1L), (laid.Title, laid.Own, laid.Shared, laid.Version));
        Assert.Equal([("二", "table"), ("一", "chart")], laid.Tiles.Select(tile => (tile.View!.Name, tile.Show)));
        var row = await fixture.Host.InDatabaseAsync(db => db.Boards.SingleAsync(board => board.Id == laid.Id));
        Assert.Equal([two.Id, one.Id], row.Tiles.Select(tile => tile.ViewId));
        Assert.DoesNotContain("3200", row.TilesText, StringComparison.Ordinal);
        Assert.Contains(await fixture.Host.AuditAsync(), entry => entry.Act == "board.created" && entry.ObjectId == laid.Id.ToString());
    }

    [Fact]
    public async Task Post_OfWhatCannotStandOnIt_IsRefused_ByField()
    {
        var p = fixture.Province;
        var (cycle, _) = await ReportedAsync(fixture);
        using var client = await PersonAsync(fixture, Roles.CountyReviewer, p.Changan);
        using var other = await PersonAsync(fixture, Roles.ProvinceOwner, p.Root);
        var (own, theirs) = (await client.SavedAsync(Request(cycle, p.Changan)), await other.SavedAsync(Request(cycle, p.Changan, shared: true)));
        await client.PostAsJsonAsync(Route, Of(" ", false)).RefusedAsync(422, "GEN-0011");
        await client.PostAsJsonAsync(Route, Of(new string('x', 81), false)).RefusedAsync(422, "GEN-0011");
        // Somebody else's, shared or not; one twice; one that is not there; a way of showing there is not; more than a board holds.
        await client.PostAsJsonAsync(Route, Of("x", false, theirs)).RefusedAsync(422, "GEN-0011");
        await client.PostAsJsonAsync(Route, Of("x", false, own, own)).RefusedAsync(422, "GEN-0011");
        await client.PostAsJsonAsync(Route, new BoardRequest("x", false, [new(Guid.Empty, "chart")])).RefusedAsync(422, "GEN-0011");
        await client.PostAsJsonAsync(Route, new BoardRequest("x", false, [new(own.Id, "map")])).RefusedAsync(422, "GEN-0011");
        var many = await Task.WhenAll(Enumerable.Range(0, Board.MostTiles + 1).Select(i => client.SavedAsync(Request(cycle, p.Changan, name: $"{i}"))));
        await client.PostAsJsonAsync(Route, Of("x", false, many)).RefusedAsync(422, "GEN-0011");
        Assert.Equal(Board.MostTiles, (await client.LaidAsync(Of("x", false, many[..Board.MostTiles]))).Tiles.Count);
        using var nobody = fixture.Host.CreateClient(await p.PersonAsync());
        await nobody.PostAsJsonAsync(Route, Of("x", false)).RefusedAsync(403, "GEN-0005");
    }

    [Fact]
    public async Task Post_MoreThanAnybodyFindsAgain_IsRefused()
    {
        var person = await fixture.Province.PersonAsync(Roles.CountyReviewer, fixture.Province.Changan);
        await fixture.Host.InDatabaseAsync(async db =>
        {
            db.AddRange(Enumerable.Range(0, CreateBoard.MostOfOne).Select(i => new Board { Id = AnalyticsFixture.NewId(), OwnerId = person, CreatedAt = TestCycle.Start, Title = $"{i}", Shared = false }));
            await db.SaveChangesAsync();
        });
        using var client = fixture.Host.CreateClient(person);
        await client.PostAsJsonAsync(Route, Of("x", false)).RefusedAsync(409, "ANA-0037");
    }
}
