using Gengdu.Analytics.Dashboards;
using Gengdu.Contracts.Reporting.V1;
using Gengdu.Organisations;

namespace Gengdu.Analytics.Tests.Figures;

public sealed class ReportExemptedConsumerTests(AnalyticsFixture fixture) : IClassFixture<AnalyticsFixture>
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Consume_BeforeOrAfterTheRoster_Twice_TakesItOutOfWhatIsDue_AndCountsItApart(bool early)
    {
        var p = fixture.Province;
        var cycle = new TestCycle(fixture, p.ChanganPrimary, p.ChanganNineYear);
        var exempted = Exempted(cycle, p.ChanganPrimary);
        if (early)
        {
            await cycle.DeliverAsync(exempted);
        }

        await cycle.OpenedAsync();
        await cycle.DeliverAllAsync([cycle.Submitted(p.ChanganPrimary, "basics", TestProgramme.Basics("g1", 300, 1)), cycle.Submitted(p.ChanganNineYear, "basics", TestProgramme.Basics("g1", 100, 1))]);
        await cycle.DeliverAsync(exempted);
        await cycle.DeliverAsync(exempted);
        var county = (await fixture.NodeAsync(cycle, p.Changan)).Completeness;
        // Both stand on the roster; one owes, and has handed in one of three.
        Assert.Equal((2, 1, 3, 1), (county.Schools, county.Exempt, county.Due, county.Submitted));
        Assert.Equal(0.3333m, county.Rate);
        // Neither its value counts nor that it has none: the county's figure is the other school's.
        var share = (await fixture.NodeAsync(cycle, p.Changan)).Indicators.Single(one => one.Id == "K01");
        Assert.Equal((0m, 1m, new CoverageResponse(1, 1), 0), (share.Numerator, share.Denominator, share.Passport.Coverage, share.Passport.ExcludedCount));
        var own = (await fixture.SchoolAsync(cycle, p.ChanganPrimary)).Indicators.Single(one => one.Id == "K01");
        Assert.Equal((null, "exempt", new CoverageResponse(0, 0)), (own.Numerator, own.Reason, own.Passport.Coverage));
        Assert.Equal(0, (await fixture.RebuildAsync(cycle)).Differences);
        Assert.Equal((1, 3), ((await fixture.NodeAsync(cycle, p.Root)).Completeness.Exempt, (await fixture.NodeAsync(cycle, p.Root)).Completeness.Due));
    }

    private static ReportExempted Exempted(TestCycle cycle, Organisation school) => new()
    {
        ReportId = cycle.Report(school, "report"),
        CycleId = cycle.Id,
        OrganisationId = school.Id,
        OrganisationPath = school.Path,
        Level = "school",
        Cause = "closed",
        RequestedBy = AnalyticsFixture.NewId(),
        DecidedBy = AnalyticsFixture.NewId(),
        ExemptedAt = TestCycle.Start.AddDays(1),
    };
}
