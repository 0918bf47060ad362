using System.Net.Http.Json;
using Gengdu.Organisations;
using Gengdu.Supervision.Clocks;
using Gengdu.Supervision.Home;
using Gengdu.Supervision.Tests.Clocks;
using Gengdu.Supervision.Tests.Urges;
using Gengdu.TestKit;

namespace Gengdu.Supervision.Tests.Home;

public sealed class GetHomeTests(SupervisionFixture fixture) : IClassFixture<SupervisionFixture>
{
    private TestProvince Province => fixture.Province;

    [Fact]
    public async Task Get_CountsAreThoseOfTheListsTheyLeadTo()
    {
        Organisation[] schools = [await Province.SchoolAsync(Province.Zhengding), await Province.SchoolAsync(Province.Zhengding), await Province.SchoolAsync(Province.Zhengding)];
        var roster = await fixture.OpenedAsync(schools);
        await fixture.SubmittedAsync(roster, schools[0]);
        fixture.GoToWorkingDay(daysOn: 5, hour: 9);
        await fixture.SubmittedAsync(roster, schools[1]);

        foreach (var (role, at) in new[] { (Roles.CountyReviewer, Province.Zhengding), (Roles.CitySupervisor, Province.Shijiazhuang), (Roles.ProvinceOwner, Province.Root) })
        {
            using var client = await fixture.ClientAsync(role, at);
            var home = await HomeAsync(client, at.Id);
            var cycle = home.Cycles.Single(one => one.CycleId == roster.CycleId);
            Assert.Equal([(HeldState.CountyReview, role == Roles.CountyReviewer), (HeldState.NotSubmitted, false)], cycle.States.Select(state => (state.State, state.Mine)));
            foreach (var state in cycle.States)
            {
                var query = $"cycleId={roster.CycleId}&organisationId={at.Id}&state={state.State.Key()}";
                Assert.Equal(state.Reports, (await ListHeldTests.ListAsync(client, query)).Total);
                Assert.Equal(state.LateReports, state.LateDays is { } days ? (await ListHeldTests.ListAsync(client, $"{query}&atLeastDays={days}")).Total : 0);
            }

            Assert.Equal(1, cycle.States[0].LateReports);
        }
    }

    [Fact]
    public async Task Get_WhatASchoolWasUrgedAbout_UntilItIsDone()
    {
        var school = await Province.SchoolAsync(Province.Changan);
        var roster = await fixture.OpenedAsync(school);
        using var county = await fixture.ClientAsync(Roles.CountyReviewer, Province.Changan);
        await RaiseUrgesTests.UrgedAsync(county, new { cycleId = roster.CycleId, state = "not-submitted", words = "请今日上报" });
        using var reporter = await fixture.ClientAsync(Roles.Reporter, school);

        var urge = Assert.Single((await HomeAsync(reporter, school.Id)).Urges);
        Assert.Equal(("请今日上报", roster.Entries[0].ReportId, Province.Changan.NameZh), (urge.Words, urge.ReportId, urge.ByOrganisation.NameZh));
        Assert.Empty((await HomeAsync(reporter, school.Id)).Cycles);
        await fixture.SubmittedAsync(roster, school);
        Assert.Single((await HomeAsync(reporter, school.Id)).Urges);
        await fixture.SubmittedAsync(roster, school, "teachers");
        Assert.Empty((await HomeAsync(reporter, school.Id)).Urges);
    }

    [Fact]
    public async Task Get_WarningsOfTheLadder_OneForManyAndAnsweredAsOne()
    {
        Organisation[] schools = [await Province.SchoolAsync(Province.Lianchi), await Province.SchoolAsync(Province.Lianchi)];
        var roster = await fixture.OpenedAsync(schools);
        foreach (var school in schools)
        {
            await fixture.SubmittedAsync(roster, school);
        }

        fixture.GoToWorkingDay(daysOn: 5, hour: 9);
        await fixture.LookAsync();
        using var county = await fixture.ClientAsync(Roles.CountyReviewer, Province.Lianchi);
        var warning = (await HomeAsync(county, Province.Lianchi.Id)).Warnings.Single(one => one.CycleId == roster.CycleId);
        Assert.Equal((HeldState.CountyReview, 1, true, 1, 2, true), (warning.State, warning.Step, warning.Own, warning.Holders, warning.Reports, warning.Answer is null));
        using var seen = await county.PostAsJsonAsync("/api/supervision/acknowledgements", new { doneBy = fixture.Host.Clock.GetUtcNow().AddDays(1), escalationIds = warning.EscalationIds });
        seen.EnsureSuccessStatusCode();
        Assert.NotNull((await HomeAsync(county, Province.Lianchi.Id)).Warnings.Single(one => one.CycleId == roster.CycleId).Answer);
    }

    [Fact]
    public async Task Get_AnAdministrator_LearnsWhoIsMissingForTheOpenCycle()
    {
        var county = await Province.DivisionAsync(Province.Baoding, "county");
        var (school, other) = (await Province.SchoolAsync(county), await Province.SchoolAsync(county));
        using var administrator = await fixture.ClientAsync(Roles.Administrator, county);
        Assert.Equal(0, (await HomeAsync(administrator, county.Id)).Vacancies!.Total);
        await fixture.OpenedAsync(school, other);
        await Province.PersonAsync(Roles.Reporter, school);
        await Province.PersonAsync((Roles.Reporter, other), (Roles.Approver, other));

        var vacancies = (await HomeAsync(administrator, county.Id)).Vacancies!;
        Assert.Equal(2, vacancies.Total);
        Assert.Equal([Roles.CountyReviewer], vacancies.Organisations.Single(one => one.Organisation.Id == county.Id).Roles);
        Assert.Equal([Roles.Approver], vacancies.Organisations.Single(one => one.Organisation.Id == school.Id).Roles);
        using var reporter = await fixture.ClientAsync(Roles.Reporter, school);
        Assert.Null((await HomeAsync(reporter, school.Id)).Vacancies);
    }

    [Fact]
    public async Task Get_SomebodyElsesDesk_IsRefused()
    {
        using var county = await fixture.ClientAsync(Roles.CountyReviewer, Province.Changan);
        using var foreign = await county.GetAsync(new Uri($"/api/supervision/home?organisationId={Province.Zhengding.Id}", UriKind.Relative));
        await SupervisionFixture.RefusedAsync(foreign, 404, "GEN-0006");
        using var below = await county.GetAsync(new Uri($"/api/supervision/home?organisationId={Province.ChanganPrimary.Id}", UriKind.Relative));
        await SupervisionFixture.RefusedAsync(below, 403, "GEN-0005");
    }

    private static async Task<HomeResponse> HomeAsync(HttpClient client, Guid organisationId) =>
        (await client.GetFromJsonAsync<HomeResponse>($"/api/supervision/home?organisationId={organisationId}", SupervisionFixture.Json))!;
}
