using Gengdu.Organisations;
using static Gengdu.Analytics.Tests.Explanations.ReportedProvince;

namespace Gengdu.Analytics.Tests.Explore;

/// <summary>A province before its first cycle: a fixture of its own, in which none is ever opened.</summary>
public sealed class ExploreWithoutCyclesTests(AnalyticsFixture fixture) : IClassFixture<AnalyticsFixture>
{
    [Fact]
    public Task Get_TheNewestCycleOfNone_Is404() =>
        RefusedAsync(fixture, $"/api/analytics/explore/table?organisationId={fixture.Province.Root.Id}&cycles=newest&indicators=K01", 404, "ANA-0001", Roles.ProvinceOwner);
}
