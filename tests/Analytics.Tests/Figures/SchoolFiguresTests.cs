using Gengdu.Analytics.Dashboards;
using static Gengdu.Analytics.Tests.Figures.ModuleReportSubmittedConsumerTests;

namespace Gengdu.Analytics.Tests.Figures;

/// <summary>What is missing, what does not apply, and what is zero are three things.</summary>
public sealed class SchoolFiguresTests(AnalyticsFixture fixture) : IClassFixture<AnalyticsFixture>
{
    [Fact]
    public async Task Missing_IsNotZero()
    {
        var p = fixture.Province;
        var cycle = await new TestCycle(fixture, p.ChanganPrimary, p.ChanganNineYear).OpenedAsync();
        await cycle.DeliverAsync(cycle.Submitted(p.ChanganPrimary, "basics", TestProgramme.Basics("g1", 100, 3)));

        // K03 takes a missing number for zero, but the module it stands in was never handed in.
        var before = await fixture.SchoolAsync(cycle, p.ChanganPrimary);
        Assert.Equal((null, "not-submitted", "none"), Shown(before, "K03"));
        Assert.Equal((null, "not-submitted", "none"), Shown(before, "K02"));

        await cycle.DeliverAsync(cycle.Submitted(p.ChanganPrimary, "care", TestProgramme.Care(rooms: null)));
        var after = await fixture.SchoolAsync(cycle, p.ChanganPrimary);
        Assert.Equal((0m, null, "red"), Shown(after, "K03"));
        Assert.Equal((null, "missing", "none"), Shown(after, "K02"));
        var changan = await fixture.NodeAsync(cycle, p.Changan);
        AssertFigure(changan, "K03", 0m, 100m, 0m, reported: 1, due: 2);
        AssertFigure(changan, "K02", null, null, null, reported: 0, due: 2);
        Assert.Equal([(p.ChanganPrimary.Id, "missing"), (p.ChanganNineYear.Id, "not-submitted")], Figure(changan, "K02").Passport.Excluded.Select(x => (x.OrganisationId, x.Reason)));
    }

    [Fact]
    public async Task Applies_ByKindOfSchool_IsKnownBeforeAnythingIsSubmitted()
    {
        var p = fixture.Province;
        var cycle = await new TestCycle(fixture, p.ChanganPrimary, p.ZhengdingJunior).OpenedAsync();

        AssertFigure(await fixture.NodeAsync(cycle, p.Root), "K04", null, null, null, reported: 0, due: 1);
        Assert.Equal((null, "does-not-apply", "none"), Shown(await fixture.SchoolAsync(cycle, p.ChanganPrimary), "K04"));
        Assert.DoesNotContain("K04", (await fixture.NodeAsync(cycle, p.Changan)).Children.Single().Figures.Keys);
    }

    [Fact]
    public async Task Applies_ByValues_WaitsForTheModule()
    {
        var p = fixture.Province;
        var cycle = await new TestCycle(fixture, p.ChanganPrimary).OpenedAsync();
        AssertFigure(await fixture.NodeAsync(cycle, p.Root), "K05", null, null, null, reported: 0, due: 1);

        await cycle.DeliverAsync(cycle.Submitted(p.ChanganPrimary, "care", TestProgramme.Care(rooms: 1, hazards: 0, hazardsFixed: 0)));
        AssertFigure(await fixture.NodeAsync(cycle, p.Root), "K05", null, null, null, reported: 0, due: 0);

        await cycle.DeliverAsync(cycle.Submitted(p.ChanganPrimary, "care", TestProgramme.Care(rooms: 1, hazards: 4, hazardsFixed: 3), revision: 2));
        AssertFigure(await fixture.NodeAsync(cycle, p.Root), "K05", 3m, 4m, 75m, reported: 1, due: 1);
    }

    [Fact]
    public async Task Dispersion_IsSpreadBetweenSchoolsOfOneTypeInACounty()
    {
        var p = fixture.Province;
        var first = await p.SchoolAsync(p.Lianchi, "primary", ["g1"]);
        var second = await p.SchoolAsync(p.Lianchi, "primary", ["g1"]);
        var alone = await p.SchoolAsync(p.Dingzhou, "primary", ["g1"]);
        var cycle = await new TestCycle(fixture, first, second, p.LianchiVocational, alone).OpenedAsync();

        foreach (var (school, spend) in new[] { (first, 1000m), (second, 3000m), (p.LianchiVocational, 90_000m), (alone, 5m) })
        {
            await cycle.DeliverAsync(cycle.Submitted(school, "basics", TestProgramme.Basics("g1", 100, 3)));
            await cycle.DeliverAsync(cycle.Submitted(school, "money", TestProgramme.Money(spend)));
        }

        // 10 and 30 a pupil: mean 20, standard deviation 10; weight 2 schools. One school alone has no spread.
        AssertFigure(await fixture.NodeAsync(cycle, p.Lianchi), "K40", 1m, 2m, 0.5m, reported: 3, due: 3);
        AssertFigure(await fixture.NodeAsync(cycle, p.Root), "K40", 1m, 2m, 0.5m, reported: 4, due: 4);
        AssertFigure(await fixture.NodeAsync(cycle, p.Dingzhou), "K40", 0m, 0m, null, reported: 1, due: 1);
        Assert.Equal((null, "not-computed", "none"), Shown(await fixture.SchoolAsync(cycle, first), "K40"));
    }

    /// <summary>Once, at the school: what lies above is the sum of what is shown below, to the last digit.</summary>
    [Fact]
    public async Task Numbers_AreRoundedToNineDecimals_BeforeTheyAreSummed()
    {
        var p = fixture.Province;
        var cycle = await new TestCycle(fixture, p.ChanganPrimary, p.ChanganNineYear).OpenedAsync();
        foreach (var school in new[] { p.ChanganPrimary, p.ChanganNineYear })
        {
            await cycle.DeliverAsync(cycle.Submitted(school, "basics", TestProgramme.Basics("g1", 100, 3)));
            await cycle.DeliverAsync(cycle.Submitted(school, "money", TestProgramme.Money(0.1234567894m)));
        }

        Assert.Equal(0.123456789m, (await fixture.SchoolAsync(cycle, p.ChanganPrimary)).Indicators.Single(f => f.Id == "K27").Numerator);
        Assert.Equal(0.246913578m, Figure(await fixture.NodeAsync(cycle, p.Changan), "K27").Numerator);
    }

    private static (decimal? Value, string? Reason, string Light) Shown(SchoolDashboardResponse dashboard, string id)
    {
        var figure = dashboard.Indicators.Single(f => f.Id == id);
        return (figure.Value, figure.Reason, figure.Light);
    }
}
