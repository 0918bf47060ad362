using System.Net;
using System.Net.Http.Json;
using Gengdu.Contracts.Supervision.V1;
using Gengdu.Organisations;
using Gengdu.Supervision.Notices;
using Gengdu.Supervision.Tests.Clocks;
using Gengdu.Supervision.Urges;
using Gengdu.TestKit;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Supervision.Tests.Urges;

public sealed class RaiseUrgesTests(SupervisionFixture fixture) : IClassFixture<SupervisionFixture>
{
    private TestProvince Province => fixture.Province;

    [Fact]
    public async Task Post_OneSchool_ItsPeopleAreToldOnce_AndItIsWrittenDown()
    {
        var school = await Province.SchoolAsync(Province.Changan);
        Guid[] people = [await Province.PersonAsync(Roles.Reporter, school), await Province.PersonAsync(Roles.Approver, school)];
        await Province.PersonAsync(Roles.Administrator, school);
        var roster = await fixture.OpenedAsync(school, await Province.SchoolAsync(Province.Changan));
        var urger = await Province.PersonAsync(Roles.CountyReviewer, Province.Changan);
        using var county = fixture.Host.CreateClient(urger);

        var urged = await UrgedAsync(county, new { cycleId = roster.CycleId, state = "not-submitted", organisationIds = new[] { school.Id }, words = " 请于今日完成 " });

        Assert.Equal((1, 2, fixture.Host.Clock.GetUtcNow(), 0), (urged.Urged, urged.People, urged.DeliverAt, urged.Skipped.Count));
        var urge = await fixture.Host.InDatabaseAsync(db => db.Urges.SingleAsync(u => u.CycleId == roster.CycleId));
        Assert.Equal((urger, Province.Changan.Id, school.Id, "请于今日完成", 1, 2), (urge.By, urge.ByOrganisationId, urge.HolderId, urge.Words, urge.Reports, urge.Modules));
        Assert.Equal(people.Order(), (await NoticesAsync(urge)).Select(notice => notice.PersonId).Order());
        var told = await fixture.Host.Events.WaitForAsync<OrganisationsUrged>(e => e.CycleId == roster.CycleId, TestContext.Current.CancellationToken);
        Assert.Equal((urger, "not-submitted", school.Id, "school", 1), (told.By, told.State, Assert.Single(told.Items).OrganisationId, told.Items[0].Level, told.Items[0].Reports));
        var act = Assert.Single(await fixture.Host.AuditOfAsync(urge.Id));
        Assert.Equal(("urge.raised", urger, school.Path), (act.Act, act.ActorId, act.OrganisationPath));
        Assert.DoesNotContain("今日", act.Details, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_AllOfAFilter_ByOneClick_SkipsThoseUrgedAShortWhileAgo()
    {
        Organisation[] schools = [await Province.SchoolAsync(Province.Zhengding), await Province.SchoolAsync(Province.Zhengding), await Province.SchoolAsync(Province.Zhengding)];
        var roster = await fixture.OpenedAsync(schools);
        using var county = await fixture.ClientAsync(Roles.CountyReviewer, Province.Zhengding);
        using var city = await fixture.ClientAsync(Roles.CitySupervisor, Province.Shijiazhuang);
        Assert.Equal(1, (await UrgedAsync(county, new { cycleId = roster.CycleId, state = "not-submitted", organisationIds = new[] { schools[0].Id } })).Urged);

        var all = await UrgedAsync(city, new { cycleId = roster.CycleId, state = "not-submitted", organisationId = Province.Zhengding.Id });
        Assert.Equal((2, schools[0].Id, "SUP-0050"), (all.Urged, Assert.Single(all.Skipped).OrganisationId, all.Skipped[0].Code));
        Assert.Equal(0, (await UrgedAsync(city, new { cycleId = roster.CycleId, state = "not-submitted" })).Urged);

        fixture.GoTo(daysOn: 1, hour: 9);
        using var later = await fixture.ClientAsync(Roles.CitySupervisor, Province.Shijiazhuang);
        Assert.Equal(3, (await UrgedAsync(later, new { cycleId = roster.CycleId, state = "not-submitted" })).Urged);
    }

    [Fact]
    public async Task Post_TwoClicksAtOnce_UrgeOnce()
    {
        var roster = await fixture.OpenedAsync(await Province.SchoolAsync(Province.Lianchi));
        using var county = await fixture.ClientAsync(Roles.CountyReviewer, Province.Lianchi);
        var clicks = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => UrgedAsync(county, new { cycleId = roster.CycleId, state = "not-submitted" })));
        Assert.Equal((1, 5), (clicks.Sum(click => click.Urged), clicks.Sum(click => click.Skipped.Count)));
    }

    [Fact]
    public async Task Post_WhatTheCountyHolds_IsForThoseAboveTheCounty_AtDingzhouForTheCitysPeople()
    {
        var roster = await fixture.OpenedAsync(Province.DingzhouPrimary);
        await fixture.SubmittedAsync(roster, Province.DingzhouPrimary);
        var body = new { cycleId = roster.CycleId, state = "county-review", organisationIds = new[] { Province.Dingzhou.Id } };
        using var county = await fixture.ClientAsync(Roles.CountyReviewer, Province.Dingzhou);
        using var refused = await county.PostAsJsonAsync("/api/supervision/urges", body);
        await SupervisionFixture.RefusedAsync(refused, 403, "SUP-0053");

        using var city = await fixture.ClientAsync(Roles.CitySupervisor, Province.Dingzhou);
        Assert.Equal(1, (await UrgedAsync(city, body)).Urged);
    }

    [Fact]
    public async Task Post_AtNight_IsRaisedNowAndDeliveredInTheMorning_Once()
    {
        var school = await Province.SchoolAsync(Province.Changan);
        var person = await Province.PersonAsync(Roles.Reporter, school);
        var roster = await fixture.OpenedAsync(school);
        fixture.GoTo(daysOn: 1, hour: 23);
        using var county = await fixture.ClientAsync(Roles.CountyReviewer, Province.Changan);
        var urged = await UrgedAsync(county, new { cycleId = roster.CycleId, state = "not-submitted", organisationIds = new[] { school.Id } });
        Assert.Equal((fixture.Host.Clock.GetUtcNow().AddHours(8), 1), (urged.DeliverAt!.Value, urged.People));
        var urge = await fixture.Host.InDatabaseAsync(db => db.Urges.SingleAsync(u => u.CycleId == roster.CycleId));
        await fixture.LookAsync();
        Assert.Empty(await NoticesAsync(urge));

        fixture.GoTo(daysOn: 1, hour: 7);
        await fixture.LookAsync();
        await fixture.LookAsync();
        Assert.Equal(person, Assert.Single(await NoticesAsync(urge)).PersonId);
    }

    [Fact]
    public async Task Post_WhoHoldsNothingAnyMore_IsSkippedWithTheReason()
    {
        var (school, done) = (await Province.SchoolAsync(Province.Changan), await Province.SchoolAsync(Province.Changan));
        var roster = await fixture.OpenedAsync(school, done);
        await fixture.SubmittedAsync(roster, done);
        await fixture.SubmittedAsync(roster, done, "teachers");
        using var county = await fixture.ClientAsync(Roles.CountyReviewer, Province.Changan);
        var urged = await UrgedAsync(county, new { cycleId = roster.CycleId, state = "not-submitted", organisationIds = new[] { school.Id, done.Id } });
        Assert.Equal((1, done.Id, "SUP-0051"), (urged.Urged, Assert.Single(urged.Skipped).OrganisationId, urged.Skipped[0].Code));
    }

    [Fact]
    public async Task Post_Refusals()
    {
        var roster = await fixture.OpenedAsync(Province.ChanganPrimary);
        using var county = await fixture.ClientAsync(Roles.CountyReviewer, Province.Changan);
        async Task RefusedAsync(object body, int status, string code)
        {
            using var answer = await county.PostAsJsonAsync("/api/supervision/urges", body);
            await SupervisionFixture.RefusedAsync(answer, status, code);
        }

        await RefusedAsync(new { cycleId = roster.CycleId, state = "not-submitted", organisationIds = new[] { Province.ChanganPrimary.Id, Province.ZhengdingJunior.Id } }, 404, "GEN-0006");
        await RefusedAsync(new { cycleId = roster.CycleId, state = "not-submitted", organisationId = Province.Root.Id }, 404, "GEN-0006");
        await RefusedAsync(new { cycleId = roster.CycleId, state = "accepted" }, 422, "GEN-0011");
        await RefusedAsync(new { cycleId = roster.CycleId, state = "not-submitted", organisationIds = Array.Empty<Guid>() }, 422, "GEN-0011");
        await RefusedAsync(new { cycleId = roster.CycleId, state = "not-submitted", words = new string('字', 301) }, 422, "GEN-0011");
        await RefusedAsync(new { cycleId = roster.CycleId, state = "not-submitted", words = "\u0007" }, 422, "GEN-0011");
        using var school = await fixture.ClientAsync(Roles.Approver, Province.ChanganPrimary);
        using var without = await school.PostAsJsonAsync("/api/supervision/urges", new { cycleId = roster.CycleId, state = "not-submitted" });
        await SupervisionFixture.RefusedAsync(without, 403, "GEN-0005");
        Assert.Equal(0, await fixture.Host.InDatabaseAsync(db => db.Urges.CountAsync(u => u.CycleId == roster.CycleId)));
    }

    internal static async Task<RaiseUrgesResponse> UrgedAsync(HttpClient client, object body)
    {
        using var answer = await client.PostAsJsonAsync("/api/supervision/urges", body);
        Assert.True(answer.StatusCode == HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
        return (await answer.Content.ReadFromJsonAsync<RaiseUrgesResponse>(SupervisionFixture.Json))!;
    }

    private Task<List<Notice>> NoticesAsync(Urge urge)
    {
        var key = $"urge:{urge.Id}";
        return fixture.Host.InDatabaseAsync(db => db.Set<Notice>().Where(notice => notice.Key == key).ToListAsync());
    }
}
