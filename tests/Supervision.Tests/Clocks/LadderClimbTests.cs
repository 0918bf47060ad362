using System.Net;
using System.Net.Http.Json;
using Gengdu.Calendar;
using Gengdu.Contracts.Reporting.V1;
using Gengdu.Contracts.Supervision.V1;
using Gengdu.Organisations;
using Gengdu.Supervision.Clocks;
using Gengdu.Supervision.Notices;
using Gengdu.Supervision.Tests.Cycles;
using Gengdu.TestKit;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Supervision.Tests.Clocks;

/// <summary>The shipped ladder on a real database: a review held at the county tells the county after 3 working days, the city after 6, the province after 10.</summary>
public sealed class LadderClimbTests(SupervisionFixture fixture) : IClassFixture<SupervisionFixture>
{
    private TestProvince Province => fixture.Province;

    [Fact]
    public async Task Look_WhatTheCountyHolds_GoesUpStepByStep_AndEndsWhenItIsDone()
    {
        var county = await Province.DivisionAsync(Province.Baoding, "county");
        Guid[] told = [await Province.PersonAsync(Roles.CountyReviewer, county), await Province.PersonAsync(Roles.CitySupervisor, Province.Baoding)];
        var roster = await fixture.OpenedAsync(await Province.SchoolAsync(county), await Province.SchoolAsync(county));
        var submitted = new List<ModuleReportSubmitted>();
        foreach (var entry in roster.Entries)
        {
            submitted.Add(await fixture.SubmittedAsync(roster, (await SchoolAsync(entry.OrganisationId))!));
        }

        var since = fixture.Host.Clock.GetUtcNow();
        for (var held = 0; held < 6;)
        {
            fixture.GoTo(daysOn: 1, hour: 9);
            held = HeldDays.Of(since, fixture.Host.Clock.GetUtcNow());
            await fixture.LookAsync();
            await fixture.LookAsync();
            Assert.Equal(held >= 6 ? 2 : held >= 3 ? 1 : 0, (await ClimbedAsync(roster)).Count);
        }

        var climbed = await ClimbedAsync(roster);
        Assert.Equal([(1, county.Id, county.Id, 2), (2, county.Id, Province.Baoding.Id, 2)], climbed.Select(e => (e.Step, e.HolderId, e.ToldId, e.Reports)));
        var events = fixture.Host.Events;
        await events.WaitForAsync<EscalationsRaised>(e => e.CycleId == roster.CycleId && e.Step == 2 && e.ToldOrganisationId == Province.Baoding.Id, TestContext.Current.CancellationToken);
        Assert.Equal([1, 2], events.Published<EscalationsRaised>().Where(e => e.CycleId == roster.CycleId && e.State == "county-review").Select(e => e.Step).Order());
        // One notice for each person and step, though two reports are late.
        Assert.Equal(told, (await NoticesAsync(roster)).Select(notice => notice.PersonId));
        Assert.Contains(await fixture.Host.AuditOfAsync(climbed[1].Id), entry => entry.Act == "escalation.raised" && entry.ActorId is null);

        using (var reviewer = await fixture.ClientAsync(Roles.CountyReviewer, county))
        {
            foreach (var one in submitted)
            {
                using var done = await SupervisionFixture.ApproveAsync(reviewer, await fixture.ReviewAsync(one));
                Assert.Equal(HttpStatusCode.OK, done.StatusCode);
            }
        }

        await fixture.LookAsync();
        Assert.All(await ClimbedAsync(roster), e => Assert.NotNull(e.EndedAt));
    }

    [Fact]
    public async Task Look_Acknowledged_StopsTheNextStepUntilItsCountdownEnds()
    {
        // Six days on have to hold three working days, wherever the tests before have left the clock: not the National Day's week.
        while (Enumerable.Range(0, 16).Any(day => WorkingDays.SpecialOf(HeldDays.DayOf(fixture.Host.Clock.GetUtcNow()).AddDays(day)) is not null))
        {
            fixture.GoTo(daysOn: 1, hour: 9);
        }

        var (county, roster) = await WaitingAsync();
        await GoToStepAsync(roster, 1);
        var first = Assert.Single(await ClimbedAsync(roster));
        using (var reviewer = await fixture.ClientAsync(Roles.CountyReviewer, county))
        {
            using var seen = await reviewer.PostAsJsonAsync("/api/supervision/acknowledgements", new { doneBy = fixture.Host.Clock.GetUtcNow().AddDays(6), escalationIds = new[] { first.Id } });
            Assert.True(seen.StatusCode == HttpStatusCode.OK, await seen.Content.ReadAsStringAsync());
        }

        for (var day = 0; day < 5; day++)
        {
            fixture.GoTo(daysOn: 1, hour: 9);
            await fixture.LookAsync();
            Assert.Single(await ClimbedAsync(roster));
        }

        fixture.GoTo(daysOn: 1, hour: 10);
        await fixture.LookAsync();
        Assert.Equal(2, (await ClimbedAsync(roster)).Count);
    }

    [Fact]
    public async Task Look_ByTwoWorkersAtOnce_RaisesEachStepOnce()
    {
        var (_, roster) = await WaitingAsync();
        fixture.GoToWorkingDay(daysOn: 5, hour: 9);
        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => fixture.LookAsync()));
        Assert.Single(await ClimbedAsync(roster));
    }

    [Fact]
    public async Task Look_AfterWeeksWithoutAWorker_OneStepAndOneNotice()
    {
        var (county, roster) = await WaitingAsync();
        var person = await Province.PersonAsync(Roles.CountyReviewer, county);
        fixture.GoTo(daysOn: 40, hour: 9);
        await fixture.LookAsync();
        fixture.GoTo(daysOn: 0, hour: 10);
        await fixture.LookAsync();
        Assert.Equal(1, Assert.Single(await ClimbedAsync(roster)).Step);
        Assert.Equal(1, (await NoticesAsync(roster)).Count(notice => notice.PersonId == person));
    }

    [Fact]
    public async Task Look_AtNight_RaisesAndTellsInTheMorning()
    {
        var (county, roster) = await WaitingAsync();
        await Province.PersonAsync(Roles.CountyReviewer, county);
        fixture.GoToWorkingDay(daysOn: 5, hour: 1);
        await fixture.LookAsync();
        Assert.Single(await ClimbedAsync(roster));
        Assert.Empty(await NoticesAsync(roster));
        fixture.GoTo(daysOn: 0, hour: 7);
        await fixture.LookAsync();
        Assert.Single(await NoticesAsync(roster));
    }

    [Fact]
    public async Task Look_LateAgainAfterAllWasDone_BeginsAtTheFirstStep()
    {
        var (county, roster) = await WaitingAsync();
        await GoToStepAsync(roster, 1);
        var school = (await SchoolAsync(roster.Entries[0].OrganisationId))!;
        using (var reviewer = await fixture.ClientAsync(Roles.CountyReviewer, county))
        {
            using var approved = await reviewer.PostAsJsonAsync("/api/supervision/approvals", new { cycleId = roster.CycleId, step = "county" });
            Assert.Equal(HttpStatusCode.OK, approved.StatusCode);
        }

        await fixture.SubmittedAsync(roster, school, "teachers");
        await fixture.LookAsync();
        Assert.NotNull(Assert.Single(await ClimbedAsync(roster)).EndedAt);
        fixture.GoToWorkingDay(daysOn: 5, hour: 9);
        await fixture.LookAsync();
        Assert.Equal([(1, 1), (2, 1)], (await ClimbedAsync(roster)).Select(e => (e.Episode, e.Step)));
    }

    /// <summary>The school three working days before its deadline, the county on the first one after it, as one notice for many schools.</summary>
    [Fact]
    public async Task Look_WhoDoesNotReport_IsWarnedBeforeTheDeadline_AndTheCountyHearsOfAllAtOnce()
    {
        var county = await Province.DivisionAsync(Province.Shijiazhuang, "county");
        var person = await Province.PersonAsync(Roles.CountyReviewer, county);
        Organisation[] schools = [await Province.SchoolAsync(county), await Province.SchoolAsync(county), await Province.SchoolAsync(county)];
        var roster = await fixture.OpenedAsync(schools);
        await fixture.Host.InDatabaseAsync(db => db.Cycles.Where(c => c.Id == roster.CycleId).ExecuteUpdateAsync(c => c.SetProperty(x => x.Deadlines,
            new Dictionary<string, DateTimeOffset> { ["school"] = fixture.Host.Clock.GetUtcNow().AddDays(20) })));
        await fixture.LookAsync();
        Assert.Empty(await ClimbedAsync(roster));

        fixture.GoTo(daysOn: 19, hour: 9);
        await fixture.LookAsync();
        Assert.Equal(schools.Select(school => school.Id).Order(), (await ClimbedAsync(roster)).Select(e => e.ToldId).Order());
        fixture.GoTo(daysOn: 14, hour: 9);
        await fixture.LookAsync();
        Assert.Equal(3, (await ClimbedAsync(roster)).Count(e => e.ToldId == county.Id && e.Step == 2));
        var notice = Assert.Single(await NoticesAsync(roster), notice => notice.PersonId == person);
        Assert.Equal(("escalated", "3"), (notice.Kind, notice.Args["holders"]));
    }

    [Fact]
    public async Task Look_WithMoreTime_CountsFromItsEnd_AndWhatWasClimbedBeforeEnds()
    {
        Organisation[] schools = [await Province.SchoolAsync(Province.Lianchi), await Province.SchoolAsync(Province.Lianchi)];
        var roster = await fixture.OpenedAsync(schools);
        var now = fixture.Host.Clock.GetUtcNow();
        await fixture.Host.InDatabaseAsync(db => db.Cycles.Where(c => c.Id == roster.CycleId).ExecuteUpdateAsync(c => c.SetProperty(x => x.Deadlines, new Dictionary<string, DateTimeOffset> { ["school"] = now })));
        await fixture.Host.Events.DeliverAsync(ExtensionDecidedConsumerTests.Decided(roster.CycleId, schools[0], days: 0) with { Until = now.AddDays(30) });
        await fixture.LookAsync();
        Assert.Equal(schools[1].Id, Assert.Single(await ClimbedAsync(roster)).HolderId);

        await fixture.Host.Events.DeliverAsync(ExtensionDecidedConsumerTests.Decided(roster.CycleId, schools[1], days: 0) with { Until = now.AddDays(30) });
        await fixture.LookAsync();
        Assert.NotNull(Assert.Single(await ClimbedAsync(roster)).EndedAt);
        fixture.GoTo(daysOn: 29, hour: 9);
        await fixture.LookAsync();
        // Three working days before the end both are told, one of them for the second time.
        Assert.Equal([(schools[0].Id, 1), (schools[1].Id, 2)], (await ClimbedAsync(roster)).FindAll(e => e.EndedAt is null).Select(e => (e.HolderId, e.Episode)).OrderBy(e => e.Episode));
    }

    private async Task GoToStepAsync(CycleRosterPublished roster, int step)
    {
        while ((await ClimbedAsync(roster)).Count < step)
        {
            fixture.GoTo(daysOn: 1, hour: 9);
            await fixture.LookAsync();
        }
    }

    /// <summary>A county of its own with one module that waits there.</summary>
    private async Task<(Organisation County, CycleRosterPublished Roster)> WaitingAsync()
    {
        var county = await Province.DivisionAsync(Province.Baoding, "county");
        var school = await Province.SchoolAsync(county);
        var roster = await fixture.OpenedAsync(school);
        await fixture.SubmittedAsync(roster, school);
        return (county, roster);
    }

    private Task<Organisation?> SchoolAsync(Guid id) => fixture.Host.InDatabaseAsync(db => db.Organisations.FirstOrDefaultAsync(o => o.Id == id));

    /// <summary>Not those of the school, which owes a second module.</summary>
    private Task<List<Escalation>> ClimbedAsync(CycleRosterPublished roster) => fixture.Host.InDatabaseAsync(async db =>
    {
        var all = await db.Escalations.Where(e => e.CycleId == roster.CycleId).OrderBy(e => e.Episode).ThenBy(e => e.Step).ToListAsync();
        return all.Exists(e => e.State == HeldState.CountyReview) || await db.Reviews.AnyAsync(r => r.CycleId == roster.CycleId) ? all.FindAll(e => e.State == HeldState.CountyReview) : all;
    });

    private async Task<List<Notice>> NoticesAsync(CycleRosterPublished roster)
    {
        var keys = (await ClimbedAsync(roster)).Select(e => $"escalation:{e.Id}").ToList();
        return await fixture.Host.InDatabaseAsync(db => db.Set<Notice>().Where(notice => keys.Contains(notice.Key)).OrderBy(notice => notice.CreatedAt).ToListAsync());
    }
}
