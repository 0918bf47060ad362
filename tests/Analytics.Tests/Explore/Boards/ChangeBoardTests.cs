using System.Net;
using System.Net.Http.Json;
using Gengdu.Analytics.Explore.Boards;
using Gengdu.Organisations;
using Gengdu.TestKit;
using static Gengdu.Analytics.Tests.Explanations.ReportedProvince;
using static Gengdu.Analytics.Tests.Explore.Boards.Boarding;
using static Gengdu.Analytics.Tests.Explore.SavedViews;

namespace Gengdu.Analytics.Tests.Explore.Boards;

public sealed class ChangeBoardTests(AnalyticsFixture fixture) : IClassFixture<AnalyticsFixture>
{
    [Fact]
    public async Task Put_LaysItOutAnew_OfTheVersionThatWasSeen()
    {
        var p = fixture.Province;
        var (cycle, _) = await ReportedAsync(fixture);
        using var client = await PersonAsync(fixture, Roles.CountyReviewer, p.Changan);
        var (one, two) = (await client.SavedAsync(Request(cycle, p.Changan, name: "一")), await client.SavedAsync(Request(cycle, p.Changan, name: "二")));
        var laid = await client.LaidAsync(Of("旧", false, one, two));
        var wanted = Of("新", true, two, one);
        await client.RelayAsync(laid.Id, wanted, null).RefusedAsync(428, "GEN-0008");
        using var changed = await client.RelayAsync(laid.Id, wanted, laid.Version);
        var now = (await changed.Content.ReadFromJsonAsync<BoardResponse>(AnalyticsFixture.Json))!;
        Assert.Equal((HttpStatusCode.OK, "新", true, 2L), (changed.StatusCode, now.Title, now.Shared, now.Version));
        Assert.Equal(["二", "一"], (await client.BoardAsync(laid.Id)).Tiles.Select(tile => tile.View!.Name));
        await client.RelayAsync(laid.Id, wanted, laid.Version).RefusedAsync(412, "GEN-0007");
        Assert.Contains(await fixture.Host.AuditAsync(), entry => entry.Act == "board.changed" && entry.ObjectId == laid.Id.ToString());
    }

    /// <summary>Two save at one moment, both having seen the present version: the one that comes second is told.</summary>
    [Fact]
    public async Task Put_WhileAnotherIsSaved_IsStale()
    {
        var p = fixture.Province;
        var (cycle, _) = await ReportedAsync(fixture);
        using var client = await PersonAsync(fixture, Roles.CountyReviewer, p.Changan);
        var laid = await client.LaidAsync(Of("旧", false, await client.SavedAsync(Request(cycle, p.Changan))));
        Task<HttpResponseMessage> second;
        await using (var first = await Held.ByAsync(fixture, $"update analytics.boards set version = version + 1 where id = '{laid.Id}'"))
        {
            second = client.RelayAsync(laid.Id, Of("新", false), laid.Version);
            await first.BlocksAsync(second);
        }

        await second.RefusedAsync(412, "GEN-0007");
        Assert.Equal("旧", (await client.BoardAsync(laid.Id)).Title);
    }

    /// <summary>A board with a tile whose view is gone can still be laid out; what is gone is not put on another.</summary>
    [Fact]
    public async Task Put_WithATileThatIsGone_KeepsIt_ButTakesNoStrangeOne()
    {
        var p = fixture.Province;
        var (cycle, _) = await ReportedAsync(fixture);
        using var client = await PersonAsync(fixture, Roles.CountyReviewer, p.Changan);
        using var other = await PersonAsync(fixture, Roles.ProvinceOwner, p.Root);
        var (one, gone, theirs) = (await client.SavedAsync(Request(cycle, p.Changan)), await client.SavedAsync(Request(cycle, p.Changan)), await other.SavedAsync(Request(cycle, p.Changan, shared: true)));
        var (laid, second) = (await client.LaidAsync(Of("x", false, one, gone)), await client.LaidAsync(Of("y", false, one)));
        Assert.True((await client.DeleteAsync(new Uri($"{Kept}/{gone.Id}", UriKind.Relative))).IsSuccessStatusCode);
        Assert.Equal(HttpStatusCode.OK, (await client.RelayAsync(laid.Id, Of("x", false, gone, one), laid.Version)).StatusCode);
        await client.RelayAsync(second.Id, Of("y", false, one, gone), second.Version).RefusedAsync(422, "GEN-0011");
        await client.RelayAsync(second.Id, Of("y", false, theirs), second.Version).RefusedAsync(422, "GEN-0011");
        await client.RelayAsync(second.Id, Of(" ", false, one), second.Version).RefusedAsync(422, "GEN-0011");
        await other.RelayAsync(second.Id, Of("y", false), second.Version).RefusedAsync(404, "GEN-0006");
    }
}
