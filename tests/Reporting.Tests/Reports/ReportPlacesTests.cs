using Gengdu.Contracts.Identity.V1;
using Gengdu.Organisations;
using Gengdu.TestKit;
using Microsoft.EntityFrameworkCore;
using static Gengdu.Reporting.Tests.ReportingFixture;

namespace Gengdu.Reporting.Tests.Reports;

/// <summary>Reports of open cycles follow the tree, those of closed ones stay with the place of the fact (ADR 0014).</summary>
public sealed class ReportPlacesTests(MovedClockFixture fixture) : IClassFixture<MovedClockFixture>
{
    [Fact]
    public async Task SchoolMoved_OpenCycleFollows_DraftStaysUnseen_ClosedCycleStays()
    {
        var p = fixture.Province;
        var school = await p.SchoolAsync(p.Changan);
        var closed = await fixture.DeskAsync(school);
        using (var owner = await fixture.ClientAsync(Roles.ProvinceOwner, p.Root))
        {
            using var closing = await owner.PostAsync($"/api/reporting/cycles/{closed.CycleId}/closing", null);
            await BodyAsync(closing);
        }

        fixture.Host.Clock.Advance(TimeSpan.FromSeconds(1));
        var open = await fixture.DeskAsync(school);
        await open.SavedAsync(("boarders", "4711"));
        using HttpClient old = await fixture.ClientAsync(Roles.CountyReviewer, p.Changan), now = await fixture.ClientAsync(Roles.CountyReviewer, p.Lianchi);

        await DeliverAsync(school.MovedTo(p.Lianchi, fixture.Now));

        Assert.Equal((404, 200), (await StatusAsync(old, open.Address), await StatusAsync(now, open.Address)));
        Assert.Equal((404, 200), (await StatusAsync(old, $"{open.Address}/revisions"), await StatusAsync(now, $"{open.Address}/revisions")));
        Assert.Equal((200, 404), (await StatusAsync(old, closed.Address), await StatusAsync(now, closed.Address)));
        Assert.Equal((0, 1), (await ListedAsync(old, open.CycleId, school), await ListedAsync(now, open.CycleId, school)));
        Assert.Equal((1, 0), (await ListedAsync(old, closed.CycleId, school), await ListedAsync(now, closed.CycleId, school)));
        Assert.Equal(System.Text.Json.JsonValueKind.Null, (await open.ReadAsync(now)).GetProperty("values").ValueKind);
        Assert.DoesNotContain("4711", (await open.ReadAsync(now)).GetRawText(), StringComparison.Ordinal);

        // The own people go on as if nothing had happened, under the version they know.
        await open.CompletedAsync();
        await open.SubmittedAsync();
        Assert.Equal(1, (await open.RowAsync()).Revision);
        Assert.StartsWith(p.Lianchi.Path, (await open.RowAsync()).OrganisationPath, StringComparison.Ordinal);
        Assert.Equal(2, await ListedAsync(open.Reporter, null, school, open.CycleId, closed.CycleId));
    }

    [Fact]
    public async Task ClosedBetweenTwoMoves_StaysWhereItWas_WhicheverIsHeardFirst()
    {
        var p = fixture.Province;
        var school = await p.SchoolAsync(p.Changan);
        var desk = await fixture.DeskAsync(school);
        var (before, after) = (fixture.Now, fixture.Now.AddHours(2));

        // The later move is heard first, then the cycle closes at a time between the two, then the earlier one is heard.
        await DeliverAsync(school.MovedTo(p.Dingzhou, after, 3));
        Assert.StartsWith(p.Dingzhou.Path, (await desk.RowAsync()).OrganisationPath, StringComparison.Ordinal);
        fixture.Host.Clock.Advance(TimeSpan.FromMinutes(1));
        using var owner = await fixture.ClientAsync(Roles.ProvinceOwner, p.Root);
        using var closing = await owner.PostAsync($"/api/reporting/cycles/{desk.CycleId}/closing", null);
        await BodyAsync(closing);
        Assert.StartsWith(p.Changan.Path, (await desk.RowAsync()).OrganisationPath, StringComparison.Ordinal);

        await DeliverAsync(school.MovedTo(p.Zhengding, before, 2));

        Assert.StartsWith(p.Zhengding.Path, (await desk.RowAsync()).OrganisationPath, StringComparison.Ordinal);
        Assert.Equal((await desk.RowAsync()).OrganisationPath, await fixture.Host.InDatabaseAsync(db => db.Reports.Where(r => r.CycleId == desk.CycleId && r.OrganisationId == school.Id).Select(r => r.OrganisationPath).SingleAsync()));
    }

    [Fact]
    public async Task CountyMoved_ItsSchoolsAndItsOwnFormGoToTheNewCity()
    {
        var p = fixture.Province;
        var county = await p.DivisionAsync(p.Shijiazhuang, "county");
        var school = await p.SchoolAsync(county);
        var cycle = await fixture.OpenCycleAsync();
        var moved = county.MovedTo(p.Baoding, fixture.Now);

        await Task.WhenAll(DeliverAsync(moved), DeliverAsync(school.MovedTo(moved, fixture.Now)));

        using HttpClient old = await fixture.ClientAsync(Roles.CitySupervisor, p.Shijiazhuang), now = await fixture.ClientAsync(Roles.CitySupervisor, p.Baoding), reviewer = await fixture.ClientAsync(Roles.CountyReviewer, county);
        foreach (var at in new[] { county, school })
        {
            Assert.Equal((0, 1, 1), (await ListedAsync(old, cycle, at), await ListedAsync(now, cycle, at), await ListedAsync(reviewer, cycle, at)));
        }
    }

    [Fact]
    public async Task MergedWhileItsReportIsADraft_ItsPeopleFinishIt_TheNextCycleLeavesItOut()
    {
        var p = fixture.Province;
        var school = await p.SchoolAsync(p.Zhengding);
        var desk = await fixture.DeskAsync(school);
        await desk.FilledAsync();
        var today = DateOnly.FromDateTime(fixture.Now.ToOffset(TimeSpan.FromHours(8)).DateTime);

        await DeliverAsync(school.Known() with { ValidTo = today.AddDays(-1), Version = 2, ChangedAt = fixture.Now });

        await desk.CompletedAsync();
        await desk.SubmittedAsync();
        var next = await fixture.OpenCycleAsync();
        Assert.Equal(0, await fixture.Host.InDatabaseAsync(db => db.Reports.CountAsync(r => r.CycleId == next && r.OrganisationId == school.Id)));
    }

    private static async Task<int> StatusAsync(HttpClient client, string address)
    {
        using var response = await client.GetAsync(address);
        return (int)response.StatusCode;
    }

    /// <summary>Once by the cycle's whole list, once by the school: both must agree.</summary>
    private static async Task<int> ListedAsync(HttpClient client, Guid? cycle, Organisation at, params Guid[] cycles)
    {
        var narrow = cycle is { } one ? $"&cycleId={one}" : "";
        using var all = await client.GetAsync($"/api/reporting/reports?pageSize=500{narrow}");
        var listed = (await BodyAsync(all)).GetProperty("items").EnumerateArray()
            .Count(r => r.GetProperty("organisation").GetProperty("id").GetGuid() == at.Id && (cycles.Length == 0 || cycles.Contains(r.GetProperty("cycleId").GetGuid())));
        using var own = await client.GetAsync($"/api/reporting/reports?pageSize=500{narrow}&organisationId={at.Id}&search={at.Code}");
        var found = own.StatusCode == System.Net.HttpStatusCode.NotFound ? 0
            : (await BodyAsync(own)).GetProperty("items").EnumerateArray().Count(r => cycles.Length == 0 || cycles.Contains(r.GetProperty("cycleId").GetGuid()));
        Assert.Equal(listed, found);
        return listed;
    }

    private Task DeliverAsync(OrganisationChanged changed) => fixture.Host.Events.DeliverAsync(changed);
}
