using System.Net;
using System.Net.Http.Json;
using Gengdu.Analytics.Dashboards;
using Gengdu.Contracts.Identity.V1;
using Gengdu.Organisations;
using Gengdu.TestKit;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Analytics.Tests.Dashboards;

public sealed class GetNodeDashboardTests(AnalyticsFixture fixture) : IClassFixture<AnalyticsFixture>
{
    private Task<TestCycle> OpenedAsync() => new TestCycle(
        fixture, fixture.Province.ChanganPrimary, fixture.Province.ChanganNineYear, fixture.Province.ZhengdingJunior, fixture.Province.DingzhouPrimary).OpenedAsync();

    private static string Address(Organisation organisation, TestCycle cycle) => $"/api/analytics/dashboards/nodes/{organisation.Id}?cycleId={cycle.Id}";

    /// <summary>A plan made for a county sorts a province's schools: at 14,858 of them a tenth of a second instead of two milliseconds.</summary>
    [Fact]
    public async Task Questions_ArePlannedForThePlaceTheyAskFor()
    {
        var owner = await fixture.Province.PersonAsync(Roles.ProvinceOwner, fixture.Province.Root);
        var mode = await fixture.Host.AsCallerAsync(owner, db => db.Database.SqlQueryRaw<string>("select current_setting('plan_cache_mode') as \"Value\"").SingleAsync());
        Assert.Equal("force_custom_plan", mode);
    }

    /// <summary>How far schools lie apart is a number of the county: beside one school it would be read as the school's own.</summary>
    [Fact]
    public async Task Get_County_ASchoolHasNoSpread()
    {
        var p = fixture.Province;
        var cycle = await OpenedAsync();
        await cycle.DeliverAsync(cycle.Submitted(p.ChanganPrimary, "money", TestProgramme.Money(1000m)));
        var school = (await fixture.NodeAsync(cycle, p.Changan)).Children.Single(child => child.Organisation.Id == p.ChanganPrimary.Id);
        Assert.NotEmpty(school.Figures);
        Assert.DoesNotContain("K40", school.Figures.Keys);
    }

    [Fact]
    public async Task Get_County_SeesItselfItsSchoolsAndItsParentsNames()
    {
        var p = fixture.Province;
        var cycle = await OpenedAsync();
        using var client = await fixture.ClientAsync(Roles.CountyReviewer, p.Changan);

        var own = await client.GetFromJsonAsync<NodeDashboardResponse>(Address(p.Changan, cycle), AnalyticsFixture.Json);
        Assert.Equal([p.Root.NameZh, p.Shijiazhuang.NameZh], own!.Parents.Select(parent => parent.NameZh));
        Assert.Equal([p.ChanganPrimary.Id, p.ChanganNineYear.Id], own.Children.Select(child => child.Organisation.Id));
        foreach (var other in new[] { p.Root, p.Shijiazhuang, p.Zhengding, p.Dingzhou })
        {
            using var refused = await client.GetAsync(Address(other, cycle));
            await AnalyticsFixture.RefusedAsync(refused, 404, "GEN-0006");
        }
    }

    [Fact]
    public async Task Get_City_SeesItsCountiesAndNoOtherCity()
    {
        var p = fixture.Province;
        var cycle = await OpenedAsync();
        using var client = await fixture.ClientAsync(Roles.CitySupervisor, p.Shijiazhuang);

        var own = await client.GetFromJsonAsync<NodeDashboardResponse>(Address(p.Shijiazhuang, cycle), AnalyticsFixture.Json);
        Assert.Equal([p.Changan.Id, p.Zhengding.Id], own!.Children.Select(child => child.Organisation.Id));
        using var below = await client.GetAsync(Address(p.Zhengding, cycle));
        Assert.Equal(HttpStatusCode.OK, below.StatusCode);
        using var beside = await client.GetAsync(Address(p.Baoding, cycle));
        Assert.Equal(HttpStatusCode.NotFound, beside.StatusCode);
    }

    [Fact]
    public async Task Get_DepartmentReporter_SeesTheTotalsButNoSchool()
    {
        var p = fixture.Province;
        var cycle = await OpenedAsync();
        using var client = await fixture.ClientAsync(Roles.Reporter, p.Changan);

        var own = await client.GetFromJsonAsync<NodeDashboardResponse>(Address(p.Changan, cycle), AnalyticsFixture.Json);

        Assert.Equal(2, own!.Completeness.Schools);
        Assert.Empty(own.Children);
        Assert.Contains(own.Indicators, figure => figure.Passport.ExcludedCount > 0);
        Assert.All(own.Indicators, figure => Assert.Empty(figure.Passport.Excluded));
    }

    [Fact]
    public async Task Get_SchoolOfTheCounty_Is404_AndNobody_Is401()
    {
        var p = fixture.Province;
        var cycle = await OpenedAsync();
        using var school = await fixture.ClientAsync(Roles.Approver, p.ChanganPrimary);
        using var county = await school.GetAsync(Address(p.Changan, cycle));
        await AnalyticsFixture.RefusedAsync(county, 404, "GEN-0006");
        using var nobody = fixture.Host.CreateClient();
        using var refused = await nobody.GetAsync(Address(p.Changan, cycle));
        await AnalyticsFixture.RefusedAsync(refused, 401, "GEN-0004");
    }

    [Fact]
    public async Task Get_WrongAddress_SaysWhat()
    {
        var p = fixture.Province;
        var cycle = await OpenedAsync();
        using var client = await fixture.ClientAsync(Roles.ProvinceOwner, p.Root);

        using var school = await client.GetAsync(Address(p.ChanganPrimary, cycle));
        await AnalyticsFixture.RefusedAsync(school, 404, "ANA-0002");
        using var unknown = await client.GetAsync($"/api/analytics/dashboards/nodes/{p.Root.Id}?cycleId={AnalyticsFixture.NewId()}");
        await AnalyticsFixture.RefusedAsync(unknown, 404, "ANA-0001");
        using var none = await client.GetAsync($"/api/analytics/dashboards/nodes/{p.Root.Id}");
        await AnalyticsFixture.RefusedAsync(none, 400, "GEN-0010");
        var waiting = new TestCycle(fixture, p.ChanganPrimary);
        await waiting.DeliverAsync(waiting.Opened());
        using var early = await client.GetAsync(Address(p.Root, waiting));
        await AnalyticsFixture.RefusedAsync(early, 503, "ANA-0004");
    }

    [Fact]
    public async Task Get_CountyKnownOnlyAfterTheRoster_IsListedWithItsFigures()
    {
        var p = fixture.Province;
        var county = Unknown(p.Baoding, 9001, "county", "division");
        var school = Unknown(county, 9002, "school", "school");
        var cycle = await new TestCycle(fixture, school).OpenedAsync();
        await cycle.DeliverAsync(cycle.Submitted(school, "basics", TestProgramme.Basics("g1", 10, 2)));
        Assert.Empty((await fixture.NodeAsync(cycle, p.Baoding)).Children);

        foreach (var late in new[] { county, school })
        {
            await cycle.DeliverAsync(new OrganisationChanged
            {
                OrganisationId = late.Id, ParentId = late.ParentId, Path = late.Path, Code = late.Code, NameZh = late.NameZh, NameEn = late.NameEn,
                LevelRoles = late.LevelRoles, Kind = late.Kind, SchoolType = late.SchoolType, Grades = late.Grades, ValidFrom = late.ValidFrom, Version = 1,
            });
        }

        var child = (await fixture.NodeAsync(cycle, p.Baoding)).Children.Single();
        Assert.Equal((county.Id, 1), (child.Organisation.Id, child.Completeness.Submitted));
        Assert.Equal(100m, (await fixture.NodeAsync(cycle, county)).Children.Single().Figures["K01"].Value);
        // The county's row learnt its organisation when that arrived.
        Assert.Equal(0, (await fixture.RebuildAsync(cycle)).Differences);
    }

    private static Organisation Unknown(Organisation parent, int number, string level, string kind) => new()
    {
        Id = AnalyticsFixture.NewId(),
        ParentId = parent.Id,
        Path = $"{parent.Path}{number}/",
        Code = $"{parent.Code}{number}",
        NameZh = "新设单位",
        NameEn = "New unit",
        LevelRoles = [level],
        Kind = kind,
        SchoolType = kind == "school" ? "primary" : null,
        Grades = kind == "school" ? ["g1"] : [],
        ValidFrom = new(2026, 9, 1),
        Version = 1,
    };

    [Fact]
    public async Task Get_IndexAndLights_FollowTargetsAndWeights()
    {
        var p = fixture.Province;
        var cycle = await OpenedAsync();
        await cycle.DeliverAllAsync([
            cycle.Submitted(p.ChanganPrimary, "basics", TestProgramme.Basics("g1", 100, 2)),
            cycle.Submitted(p.ChanganPrimary, "money", TestProgramme.Money(900)),
            cycle.Submitted(p.ChanganPrimary, "care", TestProgramme.Care(rooms: 1, visits: 85, hazards: 4, hazardsFixed: 3)),
            cycle.Submitted(p.ChanganNineYear, "basics", TestProgramme.Basics("g1", 100, 1)),
        ]);

        var changan = await fixture.NodeAsync(cycle, p.Changan);
        string Light(string id) => changan.Indicators.Single(f => f.Id == id).Light;
        Assert.Equal(("red", "amber", "red", "none", "green", "none"), (Light("K01"), Light("K03"), Light("K05"), Light("K27"), Light("K30"), Light("K38")));
        Assert.Equal("以后", changan.Indicators.Single(f => f.Id == "K38").Later!.Zh);
        // K01 50 % of weight 20, K02 and K04 apply to no school here, K03 0.85 of 10, K05 0.75 of 5, K37 4 of 6 modules of 5:
        // (10 + 8.5 + 3.75 + 3.3333) / 40.
        Assert.Equal(("teaching", 64.0m, "red"), (changan.Areas[0].Key, changan.Areas[0].Score, changan.Areas[0].Light));
        // K27 has no target at a county, K30 is inside its band: 100.
        Assert.Equal(("money", 100m, "green"), (changan.Areas[1].Key, changan.Areas[1].Score, changan.Areas[1].Light));
        // (60 · 0.639583 + 40 · 1) / 100.
        Assert.Equal(new IndexResponse(78.4m, "red"), changan.Index);
        Assert.Equal(changan.Index, (await fixture.NodeAsync(cycle, p.Shijiazhuang)).Children[0].Index);
    }
}
