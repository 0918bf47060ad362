using System.Net.Http.Json;
using Gengdu.Organisations;
using Gengdu.Supervision.Clocks;
using Gengdu.TestKit;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Supervision.Tests.Clocks;

public sealed class GetBoardTests(SupervisionFixture fixture) : IClassFixture<SupervisionFixture>
{
    private TestProvince Province => fixture.Province;

    [Fact]
    public async Task Get_ProvinceCityAndCounty_EachRowIsAChildAndTheyAddUp()
    {
        var (school, other) = (await Province.SchoolAsync(Province.Changan), await Province.SchoolAsync(Province.Changan));
        var roster = await fixture.OpenedAsync(school, other, Province.ZhengdingJunior, Province.LianchiVocational, Province.DingzhouPrimary);
        await fixture.SubmittedAsync(roster, school);
        var returned = await fixture.SubmittedAsync(roster, other, "teachers");
        using (var reviewer = await fixture.ClientAsync(Roles.CountyReviewer, Province.Changan))
        {
            using var done = await SupervisionFixture.ReturnAsync(reviewer, await fixture.ReviewAsync(returned));
        }

        using var owner = await fixture.ClientAsync(Roles.ProvinceOwner, Province.Root);
        var province = await BoardAsync(owner, roster.CycleId);
        Assert.Equal("working", province.Days);
        Assert.Equal([(0, 1), (2, 3), (4, 7), (8, 14), (15, null)], province.Bands.Select(band => (band.From, band.To)));
        Assert.Equal(new HashSet<string?> { "石家庄市", "保定市", "定州市" }, province.Rows.Select(row => row.NameZh).ToHashSet());
        Assert.Equal([(HeldState.NotSubmitted, 5), (HeldState.Returned, 1), (HeldState.CountyReview, 1)], province.Whole.Cells.GroupBy(cell => cell.State).Select(cells => (cells.Key, cells.Sum(cell => cell.Reports))));
        foreach (var state in HeldStates.All)
        {
            Assert.Equal(Sum(province.Whole, state), province.Rows.Sum(row => Sum(row, state)));
        }

        var county = await BoardAsync(owner, roster.CycleId, Province.Changan.Id);
        Assert.Equal(new HashSet<Guid> { school.Id, other.Id }, county.Rows.Select(row => row.OrganisationId).ToHashSet());
        Assert.All(county.Rows, row => Assert.False(row.HasChildren));
        var days = HeldDays.Of(Cycles.CycleEvents.Opened, fixture.Host.Clock.GetUtcNow());
        Assert.Equal((HeldBands.From.Count(from => from <= days) - 1, 1, 1), county.Rows.Single(row => row.OrganisationId == school.Id).Cells.Where(cell => cell.State == HeldState.NotSubmitted).Select(cell => (cell.Band, cell.Reports, cell.Modules)).Single());
    }

    [Fact]
    public async Task Get_ExemptOnesAreCountedApart_ThoseWithMoreTimeAmongTheirs()
    {
        Organisation[] schools = [await Province.SchoolAsync(Province.Changan), await Province.SchoolAsync(Province.Changan), await Province.SchoolAsync(Province.Changan)];
        var roster = await fixture.OpenedAsync(schools);
        await fixture.Host.Events.DeliverAsync(Cycles.ExtensionDecidedConsumerTests.Decided(roster.CycleId, schools[0], days: 0) with { Until = fixture.Host.Clock.GetUtcNow().AddDays(3) });
        var exempt = roster.Entries.Single(entry => entry.OrganisationId == schools[2].Id).ReportId;
        await fixture.Host.InDatabaseAsync(db => db.Roster.Where(r => r.ReportId == exempt).ExecuteUpdateAsync(r => r.SetProperty(x => x.ExemptAt, fixture.Host.Clock.GetUtcNow())));
        using var owner = await fixture.ClientAsync(Roles.ProvinceOwner, Province.Root);
        foreach (var board in new[] { await BoardAsync(owner, roster.CycleId), await BoardAsync(owner, roster.CycleId, Province.Changan.Id) })
        {
            var cell = Assert.Single(board.Whole.Cells);
            Assert.Equal((HeldState.NotSubmitted, 2, 1, 1), (cell.State, cell.Reports, cell.Extended, board.Whole.Exempt));
            Assert.Equal((2, 1, 1), (board.Rows.Sum(row => Sum(row, HeldState.NotSubmitted)), board.Rows.Sum(row => row.Cells.Sum(one => one.Extended)), board.Rows.Sum(row => row.Exempt)));
        }

        var home = (await owner.GetFromJsonAsync<Supervision.Home.HomeResponse>($"/api/supervision/home?organisationId={Province.Root.Id}", SupervisionFixture.Json))!.Cycles.Single(one => one.CycleId == roster.CycleId);
        Assert.Equal((2, 1), (home.States[0].Reports, home.States[0].Extended));
    }

    /// <summary>What had come in when a report was exempted is nobody's to act on any more, at whichever step it stands.</summary>
    [Fact]
    public async Task Get_WhatCameInFromWhoIsExempt_IsHeldByNobodyAndClimbsNoLadder()
    {
        var county = await Province.DivisionAsync(Province.Baoding, "county");
        Organisation[] schools = [await Province.SchoolAsync(county), await Province.SchoolAsync(county), await Province.SchoolAsync(county)];
        var roster = await fixture.OpenedAsync(schools);
        var passed = await fixture.SubmittedAsync(roster, schools[0]);
        await fixture.SubmittedAsync(roster, schools[0], "teachers");
        var returned = await fixture.SubmittedAsync(roster, schools[1]);
        await fixture.SubmittedAsync(roster, schools[2]);
        await fixture.ApprovedAsync(passed, Roles.CountyReviewer, county);
        using (var reviewer = await fixture.ClientAsync(Roles.CountyReviewer, county))
        {
            using var done = await SupervisionFixture.ReturnAsync(reviewer, await fixture.ReviewAsync(returned));
        }

        var exempt = roster.Entries.Where(entry => entry.OrganisationId != schools[2].Id).Select(entry => entry.ReportId).ToArray();
        await fixture.Host.InDatabaseAsync(db => db.Roster.Where(r => exempt.Contains(r.ReportId)).ExecuteUpdateAsync(r => r.SetProperty(x => x.ExemptAt, fixture.Host.Clock.GetUtcNow())));
        fixture.GoToWorkingDay(daysOn: 5, hour: 9);
        await fixture.LookAsync();

        using var city = await fixture.ClientAsync(Roles.CitySupervisor, Province.Baoding);
        var board = await BoardAsync(city, roster.CycleId, county.Id);
        Assert.Equal((2, 2), (board.Whole.Exempt, board.Rows.Sum(row => row.Exempt)));
        Assert.Equal([(HeldState.NotSubmitted, 1), (HeldState.CountyReview, 1)], board.Whole.Cells.Select(cell => (cell.State, cell.Reports)));
        Assert.Equal([schools[2].Id], board.Rows.Where(row => row.Cells.Count > 0).Select(row => row.OrganisationId));
        var raised = await fixture.Host.InDatabaseAsync(db => db.Escalations.AsNoTracking().Where(e => e.CycleId == roster.CycleId && e.State != HeldState.NotSubmitted).ToListAsync());
        // Late is the county with the third school alone, at its first step.
        Assert.Equal([(HeldState.CountyReview, county.Id, 1)], raised.Select(e => (e.State, e.HolderId, e.Reports)));
    }

    [Fact]
    public async Task Get_AndTheListBehindEachCell_AgreeToTheRow()
    {
        Organisation[] schools = [await Province.SchoolAsync(Province.Lianchi), await Province.SchoolAsync(Province.Lianchi), await Province.SchoolAsync(Province.Lianchi), Province.DingzhouPrimary];
        var roster = await fixture.OpenedAsync(schools);
        foreach (var school in schools)
        {
            await fixture.SubmittedAsync(roster, school);
            fixture.GoToWorkingDay(daysOn: 2, hour: 9);
        }

        await fixture.SubmittedAsync(roster, schools[0], "teachers");
        using var owner = await fixture.ClientAsync(Roles.ProvinceOwner, Province.Root);
        var board = await BoardAsync(owner, roster.CycleId);
        Assert.True(board.Whole.Cells.Count(cell => cell.State == HeldState.CountyReview) > 1);
        foreach (var row in board.Rows)
        {
            foreach (var cell in row.Cells)
            {
                var list = await ListHeldTests.ListAsync(owner, $"cycleId={roster.CycleId}&organisationId={row.OrganisationId}&state={cell.State.Key()}&band={cell.Band}");
                Assert.Equal((cell.Reports, cell.Reports, cell.Modules), (list.Total, list.Items.Count, list.Items.Sum(item => item.Modules)));
                Assert.All(list.Items, item => Assert.InRange(item.Days, board.Bands[cell.Band].From, board.Bands[cell.Band].To ?? int.MaxValue));
            }
        }
    }

    [Fact]
    public async Task Get_AfterAMove_TheReportStandsUnderItsNewCounty()
    {
        var school = await Province.SchoolAsync(Province.Changan);
        var roster = await fixture.OpenedAsync(school);
        await fixture.SubmittedAsync(roster, school);
        await fixture.Host.Events.DeliverAsync(school.MovedTo(Province.Zhengding, fixture.Host.Clock.GetUtcNow()));

        using var owner = await fixture.ClientAsync(Roles.ProvinceOwner, Province.Root);
        Assert.Equal(Province.Zhengding.Id, Assert.Single((await BoardAsync(owner, roster.CycleId, Province.Shijiazhuang.Id)).Rows).OrganisationId);
        using var old = await fixture.ClientAsync(Roles.CountyReviewer, Province.Changan);
        Assert.Empty((await BoardAsync(old, roster.CycleId, Province.Changan.Id)).Rows);
    }

    [Fact]
    public async Task Get_Refusals()
    {
        var cycle = SupervisionFixture.NewId();
        using var reviewer = await fixture.ClientAsync(Roles.CountyReviewer, Province.Changan);
        using var foreign = await reviewer.GetAsync(new Uri($"/api/supervision/board?cycleId={cycle}&organisationId={Province.Zhengding.Id}", UriKind.Relative));
        await SupervisionFixture.RefusedAsync(foreign, 404, "GEN-0006");
        using var administrator = await fixture.ClientAsync(Roles.Administrator, Province.Changan);
        using var without = await administrator.GetAsync(new Uri($"/api/supervision/board?cycleId={cycle}&organisationId={Province.Changan.Id}", UriKind.Relative));
        await SupervisionFixture.RefusedAsync(without, 403, "GEN-0005");
        using var school = await fixture.ClientAsync(Roles.Reporter, Province.ChanganPrimary);
        using var own = await school.GetAsync(new Uri($"/api/supervision/board?cycleId={cycle}", UriKind.Relative));
        await SupervisionFixture.RefusedAsync(own, 403, "GEN-0005");
    }

    private static int Sum(BoardRow row, HeldState state) => row.Cells.Where(cell => cell.State == state).Sum(cell => cell.Reports);

    private static async Task<BoardResponse> BoardAsync(HttpClient client, Guid cycleId, Guid? organisationId = null) =>
        (await client.GetFromJsonAsync<BoardResponse>($"/api/supervision/board?cycleId={cycleId}{(organisationId is { } id ? $"&organisationId={id}" : "")}", SupervisionFixture.Json))!;
}
