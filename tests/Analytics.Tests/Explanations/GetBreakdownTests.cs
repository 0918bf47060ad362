using Gengdu.Analytics.Explanations;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using static Gengdu.Analytics.Tests.Explanations.ReportedProvince;

namespace Gengdu.Analytics.Tests.Explanations;

public sealed class GetBreakdownTests(AnalyticsFixture fixture) : IClassFixture<AnalyticsFixture>
{
    [Theory]
    [InlineData("city")]
    [InlineData("county")]
    [InlineData("school-type")]
    [InlineData("urban-rural")]
    [InlineData("run-by")]
    [InlineData("level")]
    [InlineData("boarding")]
    [InlineData("size")]
    [InlineData("peers")]
    [InlineData("approval")]
    public async Task Get_GroupsSumUpToTheWhole_WhichIsTheDashboards(string by)
    {
        var (cycle, _) = await ReportedAsync(fixture);
        var breakdown = await AskAsync<BreakdownResponse>(fixture, Address("K27", cycle, fixture.Province.Root, "/breakdown", $"&by={by}"));

        var shown = (await fixture.NodeAsync(cycle, fixture.Province.Root)).Indicators.Single(figure => figure.Id == "K27");
        Assert.Equal((shown.Value, shown.Numerator, shown.Denominator, shown.Passport.Coverage.Due), (breakdown.Whole.Value, breakdown.Whole.Numerator, breakdown.Whole.Denominator, breakdown.Whole.Due));
        Assert.Equal((3200m, 400m, 5, 4), (breakdown.Groups.Sum(g => g.Numerator ?? 0), breakdown.Groups.Sum(g => g.Denominator ?? 0), breakdown.Groups.Sum(g => g.Due), breakdown.Groups.Sum(g => g.Reported)));
        Assert.False(breakdown.Overlaps);
    }

    [Fact]
    public async Task Get_ByPlace_NamesIt()
    {
        var p = fixture.Province;
        var (cycle, _) = await ReportedAsync(fixture);
        var counties = await AskAsync<BreakdownResponse>(fixture, Address("K27", cycle, p.Root, "/breakdown", "&by=county"));
        Assert.Equal([(p.Changan.Id.ToString(), p.Changan.NameZh, 4m), (p.Zhengding.Id.ToString(), p.Zhengding.NameZh, 20m)], counties.Groups.Select(g => (g.Key, g.Name!.Zh, g.Value!.Value)));
        var cities = await AskAsync<BreakdownResponse>(fixture, Address("K27", cycle, p.Root, "/breakdown", "&by=city"));
        Assert.Equal([(p.Shijiazhuang.Id.ToString(), 8m)], cities.Groups.Select(g => (g.Key, g.Value!.Value)));
    }

    /// <summary>A nine-year school counts in both of its stages, and once in the whole.</summary>
    [Fact]
    public async Task Get_ByStage_CountsASchoolInEachOfItsStages()
    {
        var p = fixture.Province;
        var cycle = await new TestCycle(fixture, p.ChanganPrimary, p.ChanganNineYear).OpenedAsync();
        var stages = await AskAsync<BreakdownResponse>(fixture, Address("K27", cycle, p.Changan, "/breakdown", "&by=stage"));
        Assert.Equal((true, 2), (stages.Overlaps, stages.Whole.Due));
        Assert.Equal([("primary", 2), ("junior", 1)], stages.Groups.Select(g => (g.Key, g.Due)));
        Assert.All(stages.Groups, group => Assert.Null(group.Value));
    }

    /// <summary>As frozen with the roster: by size in the order of size, and what was not known then is said to be unknown.</summary>
    [Fact]
    public async Task Get_BySizeAndBoarding_GoesByTheRosterOfTheOpening()
    {
        var p = fixture.Province;
        var (small, large, unknown) = (await p.SchoolAsync(p.Changan), await p.SchoolAsync(p.Changan), await p.SchoolAsync(p.Changan));
        var cycle = new TestCycle(fixture, small, large, p.ChanganPrimary, unknown) { Profiles = { [small.Id] = ("0-99", "day"), [large.Id] = ("2000-", "boarding"), [p.ChanganPrimary.Id] = ("100-299", "day") } };
        await cycle.OpenedAsync();
        var sizes = await AskAsync<BreakdownResponse>(fixture, Address("K27", cycle, p.Changan, "/breakdown", "&by=size"));
        Assert.Equal([("0-99", 1), ("100-299", 1), ("2000-", 1), ("", 1)], sizes.Groups.Select(g => (g.Key, g.Due)));
        var boarding = await AskAsync<BreakdownResponse>(fixture, Address("K27", cycle, p.Changan, "/breakdown", "&by=boarding"));
        Assert.Equal([("day", 2), ("", 1), ("boarding", 1)], boarding.Groups.Select(g => (g.Key, g.Due)));
        var behind = await AskAsync<Page<FigureSchoolResponse>>(fixture, Address("K27", cycle, p.Changan, "/schools", "&by=boarding&group=boarding"));
        Assert.Equal([large.Id], behind.Items.Select(school => school.Organisation.Id));
    }

    /// <summary>Dingzhou is city and county at once: its schools are a county's, as those of Changan; a school that the city runs itself is the city's.</summary>
    [Fact]
    public async Task Get_ByLevel_SaysWhoSupervises()
    {
        var p = fixture.Province;
        var (ofCity, ofBoth) = (await p.SchoolAsync(p.Shijiazhuang), await p.SchoolAsync(p.Dingzhou));
        var cycle = await new TestCycle(fixture, p.ChanganPrimary, ofCity, ofBoth).OpenedAsync();
        var levels = await AskAsync<BreakdownResponse>(fixture, Address("K27", cycle, p.Root, "/breakdown", "&by=level"));
        Assert.Equal([("county", 2), ("city", 1)], levels.Groups.Select(g => (g.Key, g.Due)));
        var behind = await AskAsync<Page<FigureSchoolResponse>>(fixture, Address("K27", cycle, p.Root, "/schools", "&by=level&group=city"));
        Assert.Equal([ofCity.Id], behind.Items.Select(school => school.Organisation.Id));
    }

    /// <summary>Values 3, 4, 5 and 20 a pupil.</summary>
    [Fact]
    public async Task Get_SaysHowSchoolsSpread()
    {
        var (cycle, _) = await ReportedAsync(fixture);
        var spread = (await AskAsync<BreakdownResponse>(fixture, Address("K27", cycle, fixture.Province.Root, "/breakdown", "&by=run-by"))).Whole.Spread!;
        Assert.Equal((4, 3m, 3.75m, 4.5m, 8.75m, 20m), (spread.Schools, spread.Minimum, spread.LowerQuartile, spread.Median, spread.UpperQuartile, spread.Maximum));
        Assert.Equal((8m, 6.964m, 0.8705m), (spread.Mean, spread.Deviation, spread.Variation));
    }

    /// <summary>What was counted is kept for those who ask next, and not for one moment after it changed.</summary>
    [Fact]
    public async Task Get_AskedAgain_IsTheSame_UntilSomethingComes()
    {
        var p = fixture.Province;
        var (cycle, late) = await ReportedAsync(fixture);
        var address = Address("K27", cycle, p.Root, "/breakdown", "&by=county");
        var first = await AskAsync<BreakdownResponse>(fixture, address);
        Assert.Equal(first.Whole, (await AskAsync<BreakdownResponse>(fixture, address)).Whole);

        await cycle.DeliverAsync(cycle.Submitted(late, "basics", TestProgramme.Basics("g1", 100, 3)));
        await cycle.DeliverAsync(cycle.Submitted(late, "money", TestProgramme.Money(800)));
        Assert.Equal((4000m, 5), ((await AskAsync<BreakdownResponse>(fixture, address)).Whole.Numerator, (await AskAsync<BreakdownResponse>(fixture, address)).Whole.Reported));
    }

    [Fact]
    public async Task Get_UnknownGrouping_AndFigureCountedFromTheRoster_AreRefused()
    {
        var p = fixture.Province;
        var (cycle, _) = await ReportedAsync(fixture);
        await RefusedAsync(fixture, Address("K27", cycle, p.Root, "/breakdown", "&by=colour"), 422, "ANA-0013");
        await RefusedAsync(fixture, Address("K37", cycle, p.Root, "/breakdown", "&by=city"), 422, "ANA-0013");
        await RefusedAsync(fixture, Address("K27", cycle, p.ChanganPrimary, "/breakdown", "&by=city"), 404, "ANA-0011");
        await RefusedAsync(fixture, Address("K27", cycle, p.Root, "/breakdown", "&by=city"), 404, "GEN-0006", Roles.CountyReviewer, p.Changan);
    }
}
