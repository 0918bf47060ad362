using Gengdu.Analytics.Dashboards;
using Gengdu.Analytics.Explanations;
using Gengdu.Analytics.Explore;
using Gengdu.Organisations;
using Gengdu.TestKit;
using Microsoft.EntityFrameworkCore;
using static Gengdu.Analytics.Tests.Explanations.ReportedProvince;

namespace Gengdu.Analytics.Tests.Explore;

/// <summary>Changan has three schools that spend 3, 5 and 4 a pupil and one that sent nothing, Zhengding one that spends 20.</summary>
public sealed class ExploreFiguresTests(AnalyticsFixture fixture) : IClassFixture<AnalyticsFixture>
{
    private TestProvince Province => fixture.Province;

    [Fact]
    public async Task Get_CountiesByIndicator_AreTheDashboardsNumbers_WithTheWholeBelow()
    {
        var (cycle, _) = await ReportedAsync(fixture);
        var answer = await ExploreAsync(cycle, Province.Root, "K37,K27,K40", "county", "indicator");
        Assert.Equal(["K27", "K37", "K40"], answer.ColumnHeadings.Select(heading => heading.Keys[0]));
        Assert.Equal([Province.Changan.Id.ToString(), Province.Zhengding.Id.ToString(), null], answer.RowHeadings.Select(heading => heading.Keys[0]));
        foreach (var (row, place) in new[] { (0, Province.Changan), (1, Province.Zhengding), (2, Province.Root) })
        {
            var shown = (await fixture.NodeAsync(cycle, place)).Indicators;
            Assert.Equal(
                answer.ColumnHeadings.Select(heading => shown.Single(figure => figure.Id == heading.Keys[0])).Select(figure => (figure.Value, figure.Numerator, figure.Passport.Coverage.Due)),
                answer.Cells[row].Select(cell => (cell!.Value, cell.Numerator, cell.Due)));
        }

        Assert.Equal(Province.Changan.NameEn, answer.Members["county"][0].Name!.En);
        Assert.Equal(("K27", "个", 2), (answer.Members["indicator"][0].Key, answer.Members["indicator"][0].Unit!.Zh, answer.Members["indicator"][0].Decimals));
        Assert.False(answer.Behind);
        Assert.Contains(await fixture.Host.AuditAsync(), entry => entry.Act == "exploration.seen" && entry.ObjectId == Province.Root.Id.ToString());
    }

    [Fact]
    public async Task Get_PlacesAndKindsOfSchools_AddUpWithinThePlaceAndInAll()
    {
        var (cycle, _) = await ReportedAsync(fixture);
        var answer = await ExploreAsync(cycle, Province.Root, "K27", "county,school-type", "");
        Assert.Equal(
            ["Changan nine-year 5 of 1/1", "Changan primary 3.5 of 2/3", "Changan * 4 of 3/4", "Zhengding junior 20 of 1/1", "Zhengding * 20 of 1/1", "* * 8 of 4/5"],
            answer.RowHeadings.Zip(answer.Cells, (heading, cells) =>
                $"{(heading.Keys[0] == Province.Changan.Id.ToString() ? "Changan" : heading.Keys[0] is null ? "*" : "Zhengding")} {heading.Keys[1] ?? "*"} {cells[0]!.Value:0.#} of {cells[0]!.Reported}/{cells[0]!.Due}"));
    }

    /// <summary>The same number from two ways: sums of places, and schools counted one by one.</summary>
    [Theory]
    [InlineData("city")]
    [InlineData("county")]
    public async Task Get_FromRollUpsAndFromGroups_Agree_AlsoForSchoolsThatACityRunsItself(string place)
    {
        var p = Province;
        var ofCity = await p.SchoolAsync(p.Shijiazhuang);
        var cycle = await new TestCycle(fixture, p.ChanganPrimary, p.DingzhouPrimary, ofCity, p.LianchiVocational).OpenedAsync();
        foreach (var (school, spend) in new[] { (p.ChanganPrimary, 100m), (p.DingzhouPrimary, 200m), (ofCity, 700m), (p.LianchiVocational, 50m) })
        {
            await cycle.DeliverAsync(cycle.Submitted(school, "basics", TestProgramme.Basics("g1", 100, 3)));
            await cycle.DeliverAsync(cycle.Submitted(school, "money", TestProgramme.Money(spend)));
        }

        var rolled = await ExploreAsync(cycle, p.Root, "K27", place, "");
        var counted = await ExploreAsync(cycle, p.Root, "K27", place, "run-by");
        Assert.Equal(rolled.RowHeadings.Select(heading => heading.Keys[0]), counted.RowHeadings.Select(heading => heading.Keys[0]));
        Assert.Equal(rolled.Cells.Select(row => row[0]), counted.Cells.Select(row => row[^1]));
        Assert.Equal(place == "city" ? 3 : 4, rolled.RowHeadings.Count(heading => !heading.Total));
        var groups = await AskAsync<BreakdownResponse>(fixture, Address("K27", cycle, p.Root, "/breakdown", $"&by={place}"));
        Assert.Equal(groups.Groups.Select(group => (group.Key, group.Value)).Order(), rolled.RowHeadings.Zip(rolled.Cells).Where(pair => !pair.First.Total).Select(pair => (pair.First.Keys[0]!, pair.Second[0]!.Value)).Order());
    }

    [Fact]
    public async Task Get_Filtered_CountsOnlyThose()
    {
        var (cycle, _) = await ReportedAsync(fixture);
        var primary = await ExploreAsync(cycle, Province.Root, "K27", "county", "", "school-type:primary");
        Assert.Equal([3.5m, 3.5m], primary.Cells.Select(row => row[0]!.Value!.Value));
        var zhengding = await ExploreAsync(cycle, Province.Root, "K27", "county", "", $"county:{Province.Zhengding.Id}");
        Assert.Equal([20m, 20m], zhengding.Cells.Select(row => row[0]!.Value!.Value));
        Assert.Empty((await ExploreAsync(cycle, Province.Root, "K27", "county", "", "school-type:vocational")).RowHeadings);
    }

    [Fact]
    public async Task Get_ByState_SaysWhoIsInTheNumberAndWhoIsNot()
    {
        var (cycle, _) = await ReportedAsync(fixture);
        var states = await ExploreAsync(cycle, Province.Changan, "K27", "state", "");
        Assert.Equal([("approved", 1), ("not-submitted", 1), ("waiting", 2), (null, 4)], states.RowHeadings.Zip(states.Cells).Select(pair => (pair.First.Keys[0], pair.Second[0]!.Due)));
        Assert.Null(states.Cells[1][0]!.Value);
    }

    [Fact]
    public async Task Get_BySchool_NamesThem()
    {
        var (cycle, late) = await ReportedAsync(fixture);
        var schools = await ExploreAsync(cycle, Province.Changan, "K27", "school", "indicator");
        Assert.Equal(5, schools.RowHeadings.Count);
        var names = schools.Members["school"].ToDictionary(member => member.Key, member => member.Name!.Zh);
        Assert.Equal(late.NameZh, names[late.Id.ToString()]);
        Assert.Equal(3m, schools.RowHeadings.Zip(schools.Cells).Single(pair => pair.First.Keys[0] == Province.ChanganPrimary.Id.ToString()).Second[0]!.Value);
    }

    /// <summary>A nine-year school has two stages: side by side, never in one sum.</summary>
    [Fact]
    public async Task Get_ByStage_HasNoTotalOverStages()
    {
        var p = Province;
        var cycle = await new TestCycle(fixture, p.ChanganPrimary, p.ChanganNineYear).OpenedAsync();
        var stages = await ExploreAsync(cycle, p.Changan, "K27", "stage", "");
        Assert.Equal([("junior", 1), ("primary", 2)], stages.RowHeadings.Zip(stages.Cells).Select(pair => (pair.First.Keys[0]!, pair.Second[0]!.Due)));
        Assert.DoesNotContain(stages.RowHeadings, heading => heading.Total);
    }

    [Fact]
    public async Task Get_TwoCycles_StandSideBySide_EachByItsOwn()
    {
        var ((first, _), (second, _)) = (await ReportedAsync(fixture), await ReportedAsync(fixture));
        await second.DeliverAsync(second.Submitted(Province.ZhengdingJunior, "money", TestProgramme.Money(1000), revision: 2, minute: 30));
        var answer = await AskAsync<ExploreResponse>(fixture, At(Province.Root, $"{second.Id},{first.Id}", "K27", "county", "cycle"));
        Assert.Equal(2, answer.ColumnHeadings.Count);
        var byCycle = answer.ColumnHeadings.Select((heading, at) => (heading.Keys[0]!, answer.Cells[^1][at]!.Value)).ToDictionary();
        Assert.Equal((8m, 5.5m), (byCycle[first.Id.ToString()], byCycle[second.Id.ToString()]));
        Assert.Equal(2, answer.FormulaVersions.Count);
    }

    [Fact]
    public async Task Get_NewestCycle_IsOneThatIsThere()
    {
        await ReportedAsync(fixture);
        var answer = await AskAsync<ExploreResponse>(fixture, At(Province.Root, "newest", "K01", "", ""));
        Assert.Single(answer.Members["cycle"]);
    }

    [Fact]
    public async Task Get_WhatCannotBeLaidOut_IsRefused()
    {
        var (cycle, _) = await ReportedAsync(fixture);
        var id = cycle.Id.ToString();
        foreach (var impossible in new[]
        {
            At(Province.Root, id, "K27", "colour", ""), At(Province.Root, id, "K27", "county", "county"), At(Province.Root, id, "K27,K01", "county", ""),
            At(Province.Root, $"{id},{Guid.Empty}", "K27", "county", ""), At(Province.Root, id, "", "county", ""), At(Province.Root, "", "K27", "county", ""),
            At(Province.Root, id, "K27", "city,county,level,run-by", ""), At(Province.Root, id, "K27", "county", "", "colour:red"), At(Province.Root, id, "K27", "county", "", "stage:primary|junior"),
            At(Province.Root, id, "K27", "county", "", "level"), At(Province.Root, id, "K27", "county", "", $"level:{new string('x', 2000)}"),
        })
        {
            await RefusedAsync(fixture, impossible, 422, "ANA-0030");
        }

        await RefusedAsync(fixture, At(Province.Root, id, "K37", "school-type", ""), 422, "ANA-0033");
        await RefusedAsync(fixture, At(Province.Root, id, "K40", "school-type", ""), 422, "ANA-0033");
        await RefusedAsync(fixture, At(Province.Root, id, "K99", "county", ""), 404, "ANA-0010");
        await RefusedAsync(fixture, At(Province.Root, id, "K38", "county", ""), 404, "ANA-0010");
        await RefusedAsync(fixture, At(Province.Root, Guid.Empty.ToString(), "K27", "county", ""), 404, "ANA-0001");
        await RefusedAsync(fixture, At(Province.ChanganPrimary, id, "K27", "school", ""), 404, "ANA-0002");
    }

    [Fact]
    public async Task Get_OutsideTheSubtree_Is404_AndWithTheTotalsAlone403()
    {
        var (cycle, _) = await ReportedAsync(fixture);
        var id = cycle.Id.ToString();
        await RefusedAsync(fixture, At(Province.Zhengding, id, "K27", "school-type", ""), 404, "GEN-0006", Roles.CountyReviewer, Province.Changan);
        await RefusedAsync(fixture, At(Province.Root, id, "K27", "county", ""), 404, "GEN-0006", Roles.CountyReviewer, Province.Changan);
        await RefusedAsync(fixture, At(Province.Changan, id, "K27", "school", ""), 404, "GEN-0006", Roles.Reporter, Province.ChanganPrimary);
        await RefusedAsync(fixture, At(Province.Changan, id, "K27", "school", ""), 403, "GEN-0005", Roles.Reporter, Province.Changan);
        Assert.NotEmpty((await AskAsync<ExploreResponse>(fixture, At(Province.Changan, id, "K27", "school", ""), Roles.CountyReviewer, Province.Changan)).Cells);
    }

    [Fact]
    public async Task Get_MoreThanAPageCanShow_IsRefused()
    {
        var (cycle, _) = await ReportedAsync(fixture);
        await fixture.Host.InDatabaseAsync(db => db.Database.ExecuteSqlAsync($"""
            insert into node_figures (cycle_id, path, parent_path, indicator, numerator, denominator, reported, due, approved)
            select {cycle.Id}, {Province.Root.Path} || 'x' || g || '/', {Province.Root.Path}, i, 1, 1, 1, 1, 0 from generate_series(1, 1300) g, unnest(array['K01', 'K02', 'K03', 'K04', 'K05', 'K27', 'K30', 'K40']) i
            """));
        await RefusedAsync(fixture, At(Province.Root, cycle.Id.ToString(), "K01,K02,K03,K04,K05,K27,K30,K40", "county", "indicator"), 422, "ANA-0031");
        Assert.True((await ExploreAsync(cycle, Province.Root, "K01,K02", "county", "indicator")).Cells.Count > 1300);
    }

    /// <summary>By kinds of schools each indicator of each cycle is a count of its own.</summary>
    [Fact]
    public async Task Get_MoreCountsThanAMomentHolds_IsRefused()
    {
        var cycles = new List<TestCycle>();
        for (var i = 0; i < 4; i++)
        {
            cycles.Add(await new TestCycle(fixture, Province.ChanganPrimary).OpenedAsync());
        }

        var ids = string.Join(',', cycles.Select(cycle => cycle.Id));
        await RefusedAsync(fixture, At(Province.Root, ids, "K01,K02,K03,K04,K05,K27,K30", "school-type", "indicator,cycle"), 422, "ANA-0031");
        Assert.True((await AskAsync<ExploreResponse>(fixture, At(Province.Root, ids, "K01,K02,K03,K04,K05,K27,K30", "county", "indicator,cycle"))).ColumnHeadings.Count >= 20);
    }

    private Task<ExploreResponse> ExploreAsync(TestCycle cycle, Organisation at, string indicators, string rows, string columns, string where = "") =>
        AskAsync<ExploreResponse>(fixture, At(at, cycle.Id.ToString(), indicators, rows, columns, where));

    private static string At(Organisation at, string cycles, string indicators, string rows, string columns, string where = "") =>
        $"/api/analytics/explore/table?organisationId={at.Id}&cycles={cycles}&indicators={indicators}&rows={rows}&columns={columns}&where={Uri.EscapeDataString(where)}";
}
