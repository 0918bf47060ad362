using Gengdu.Analytics.Comparisons;
using Gengdu.Analytics.Explanations;
using Gengdu.Organisations;
using static Gengdu.Analytics.Tests.Explanations.ReportedProvince;

namespace Gengdu.Analytics.Tests.Comparisons;

public sealed class GetSpreadsTests(AnalyticsFixture fixture) : IClassFixture<AnalyticsFixture>
{
    private static string Spreads(TestCycle cycle, Organisation at, string query) => $"/api/analytics/comparisons/{at.Id}/spreads?cycleId={cycle.Id}{query}";

    [Fact]
    public async Task Get_IsTheBreakdownOfEachIndicator()
    {
        var p = fixture.Province;
        var (cycle, _) = await ReportedAsync(fixture);
        var spreads = await AskAsync<SpreadsResponse>(fixture, Spreads(cycle, p.Root, "&indicators=K27,K03&by=county"));
        Assert.Equal(["K27", "K03"], spreads.Indicators.Select(one => one.Id));
        foreach (var one in spreads.Indicators)
        {
            var alone = await AskAsync<BreakdownResponse>(fixture, Address(one.Id, cycle, p.Root, "/breakdown", "&by=county"));
            Assert.Equal((alone.Whole, alone.AsOf, false), (one.Whole, one.AsOf, one.Behind));
            Assert.Equal(alone.Groups, one.Groups);
        }

        // Three schools of Changan spend 3, 4 and 5 a pupil.
        var changan = spreads.Indicators[0].Groups.Single(group => group.Key == p.Changan.Id.ToString()).Spread!;
        Assert.Equal((3m, 3.5m, 4m, 4.5m, 5m), (changan.Minimum, changan.LowerQuartile, changan.Median, changan.UpperQuartile, changan.Maximum));
    }

    [Theory]
    [InlineData("&indicators=K27&by=colour", 422, "ANA-0013")]
    [InlineData("&indicators=K37&by=county", 422, "ANA-0013")]
    [InlineData("&indicators=K99&by=county", 404, "ANA-0010")]
    [InlineData("&indicators=,&by=county", 422, "GEN-0011")]
    [InlineData("&indicators=K01,K02,K03,K04,K05,K27,K30&by=county", 422, "GEN-0011")]
    public async Task Get_WhatCannotBeAnswered_IsRefused(string query, int status, string code)
    {
        var (cycle, _) = await ReportedAsync(fixture);
        await RefusedAsync(fixture, Spreads(cycle, fixture.Province.Root, query), status, code);
    }

    [Fact]
    public async Task Get_ForeignPlaceOrSchool_IsRefused()
    {
        var p = fixture.Province;
        var (cycle, _) = await ReportedAsync(fixture);
        await RefusedAsync(fixture, Spreads(cycle, p.Zhengding, "&indicators=K27&by=county"), 404, "GEN-0006", Roles.CountyReviewer, p.Changan);
        await RefusedAsync(fixture, Spreads(cycle, p.ChanganPrimary, "&indicators=K27&by=county"), 404, "ANA-0002");
    }
}
