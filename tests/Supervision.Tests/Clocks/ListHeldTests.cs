using System.Net.Http.Json;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Gengdu.Supervision.Clocks;
using Gengdu.TestKit;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Supervision.Tests.Clocks;

public sealed class ListHeldTests(SupervisionFixture fixture) : IClassFixture<SupervisionFixture>
{
    private TestProvince Province => fixture.Province;

    [Fact]
    public async Task Get_NamesWhoHoldsItSinceWhenAndWhetherToUrge()
    {
        var school = await Province.SchoolAsync(Province.Changan);
        var roster = await fixture.OpenedAsync(school);
        var submitted = await fixture.SubmittedAsync(roster, school);
        using var city = await fixture.ClientAsync(Roles.CitySupervisor, Province.Shijiazhuang);

        var waits = Assert.Single((await ListAsync(city, $"cycleId={roster.CycleId}&state=county-review")).Items);
        Assert.Equal((submitted.ReportId, school.NameZh, Province.Changan.NameZh, 1, 0, true), (waits.ReportId, waits.Organisation.NameZh, waits.Holder?.NameZh, waits.Modules, waits.Days, waits.MayUrge.Allowed));
        var owed = Assert.Single((await ListAsync(city, $"cycleId={roster.CycleId}&state=not-submitted")).Items);
        Assert.Equal((school.Id, 1, HeldDays.Of(Cycles.CycleEvents.Opened, fixture.Host.Clock.GetUtcNow())), (owed.Holder?.Id, owed.Modules, owed.Days));

        using var county = await fixture.ClientAsync(Roles.CountyReviewer, Province.Changan);
        var own = Assert.Single((await ListAsync(county, $"cycleId={roster.CycleId}&state=county-review")).Items);
        Assert.Equal((false, true), (own.MayUrge.Allowed, own.MayUrge.Reason!.Zh.Length > 0));
    }

    [Fact]
    public async Task Get_WhoIsExempt_OwesNothing()
    {
        Organisation[] schools = [await Province.SchoolAsync(Province.Changan), await Province.SchoolAsync(Province.Changan)];
        var roster = await fixture.OpenedAsync(schools);
        var exempt = roster.Entries[1].ReportId;
        await fixture.Host.InDatabaseAsync(db => db.Roster.Where(r => r.ReportId == exempt).ExecuteUpdateAsync(r => r.SetProperty(x => x.ExemptAt, fixture.Host.Clock.GetUtcNow())));
        using var county = await fixture.ClientAsync(Roles.CountyReviewer, Province.Changan);
        Assert.Equal(schools[0].Id, Assert.Single((await ListAsync(county, $"cycleId={roster.CycleId}&state=not-submitted")).Items).Organisation.Id);
    }

    [Fact]
    public async Task Get_WhoHasMoreTime_IsShownWithIt_AndNotCountedAsLate()
    {
        Organisation[] schools = [await Province.SchoolAsync(Province.Changan), await Province.SchoolAsync(Province.Changan)];
        var roster = await fixture.OpenedAsync(schools);
        var until = fixture.Host.Clock.GetUtcNow().AddDays(3);
        await fixture.Host.Events.DeliverAsync(Cycles.ExtensionDecidedConsumerTests.Decided(roster.CycleId, schools[0], days: 0) with { Until = until });
        fixture.GoTo(daysOn: 1, hour: 9);
        using var county = await fixture.ClientAsync(Roles.CountyReviewer, Province.Changan);
        var all = (await ListAsync(county, $"cycleId={roster.CycleId}&state=not-submitted")).Items;
        Assert.Equal(new Dictionary<Guid, DateTimeOffset?> { [schools[0].Id] = until, [schools[1].Id] = null }, all.ToDictionary(one => one.Organisation.Id, one => one.ExtendedUntil));
        Assert.Equal(schools[1].Id, Assert.Single((await ListAsync(county, $"cycleId={roster.CycleId}&state=not-submitted&atLeastDays=1")).Items).Organisation.Id);
        fixture.GoTo(daysOn: 14, hour: 9);
        Assert.Equal(2, (await ListAsync(county, $"cycleId={roster.CycleId}&state=not-submitted&atLeastDays=5")).Total);
    }

    [Fact]
    public async Task Get_AtLeastDaysAndPages()
    {
        var schools = new List<Organisation>();
        for (var i = 0; i < 5; i++)
        {
            schools.Add(await Province.SchoolAsync(Province.Lianchi));
        }

        var roster = await fixture.OpenedAsync([.. schools]);
        foreach (var school in schools)
        {
            await fixture.SubmittedAsync(roster, school);
            fixture.GoTo(daysOn: 7, hour: 9);
        }

        using var county = await fixture.ClientAsync(Roles.CountyReviewer, Province.Lianchi);
        var late = await ListAsync(county, $"cycleId={roster.CycleId}&state=county-review&atLeastDays=10");
        Assert.Equal(late.Items.Count, late.Total);
        Assert.All(late.Items, item => Assert.InRange(item.Days, 10, 99));
        var first = await ListAsync(county, $"cycleId={roster.CycleId}&state=county-review&pageSize=3");
        var second = await ListAsync(county, $"cycleId={roster.CycleId}&state=county-review&pageSize=3&page=2");
        Assert.Equal(schools.Select(school => school.Id), first.Items.Concat(second.Items).Select(item => item.Organisation.Id));
        Assert.Equal((5, 5), (first.Total, second.Total));
    }

    [Theory]
    [InlineData("state=village", 400, "GEN-0010")]
    [InlineData("state=returned&band=5", 400, "GEN-0010")]
    [InlineData("state=returned&atLeastDays=-1", 400, "GEN-0010")]
    [InlineData("band=1", 400, "GEN-0010")]
    public async Task Get_Unreadable_IsRefused(string query, int status, string code)
    {
        using var county = await fixture.ClientAsync(Roles.CountyReviewer, Province.Changan);
        using var answer = await county.GetAsync(new Uri($"/api/supervision/board/reports?cycleId={SupervisionFixture.NewId()}&{query}", UriKind.Relative));
        await SupervisionFixture.RefusedAsync(answer, status, code);
    }

    [Fact]
    public async Task Get_ForeignPlaceOrWithoutRole_IsRefused()
    {
        using var county = await fixture.ClientAsync(Roles.CountyReviewer, Province.Changan);
        using var foreign = await county.GetAsync(new Uri($"/api/supervision/board/reports?cycleId={SupervisionFixture.NewId()}&state=returned&organisationId={Province.Root.Id}", UriKind.Relative));
        await SupervisionFixture.RefusedAsync(foreign, 404, "GEN-0006");
        using var auditor = await fixture.ClientAsync(Roles.Auditor, Province.Changan);
        using var without = await auditor.GetAsync(new Uri($"/api/supervision/board/reports?cycleId={SupervisionFixture.NewId()}&state=returned&organisationId={Province.Changan.Id}", UriKind.Relative));
        await SupervisionFixture.RefusedAsync(without, 403, "GEN-0005");
    }

    internal static async Task<Page<HeldReportResponse>> ListAsync(HttpClient client, string query) =>
        (await client.GetFromJsonAsync<Page<HeldReportResponse>>($"/api/supervision/board/reports?{query}", SupervisionFixture.Json))!;
}
