using Gengdu.Analytics.Comparisons;
using Gengdu.Organisations;
using static Gengdu.Analytics.Tests.Explanations.ReportedProvince;

namespace Gengdu.Analytics.Tests.Comparisons;

public sealed class GetSumsTests(AnalyticsFixture fixture) : IClassFixture<AnalyticsFixture>
{
    private static string Sums(TestCycle cycle, Organisation at, string query = "&module=care&section=all") => $"/api/analytics/comparisons/{at.Id}/sums?cycleId={cycle.Id}{query}";

    [Fact]
    public async Task Get_AddsUpWhatTheSchoolsWrote_FieldByField()
    {
        var p = fixture.Province;
        var cycle = await new TestCycle(fixture, p.ChanganPrimary, p.ChanganNineYear, p.ZhengdingJunior).OpenedAsync();
        await cycle.DeliverAsync(cycle.Submitted(p.ChanganPrimary, "care", TestProgramme.Care(rooms: 2, visits: 10)));
        await cycle.DeliverAsync(cycle.Submitted(p.ZhengdingJunior, "care", TestProgramme.Care(rooms: 3)));
        var sums = await AskAsync<SumsResponse>(fixture, Sums(cycle, p.Shijiazhuang));
        Assert.Equal(("rooms", 5m, 2), (sums.Parts[0].Field, sums.Parts[0].Sum, sums.Parts[0].Reported));
        Assert.Equal(("visits", 10m, 1), (sums.Parts[1].Field, sums.Parts[1].Sum, sums.Parts[1].Reported));
        Assert.Equal((null, 0), (sums.Parts[2].Sum, sums.Parts[2].Reported));
        // Rooms and visits have no sum.
        Assert.Equal((null, 3, TestCycle.Start.AddMinutes(1), false), (sums.Total, sums.Due, sums.AsOf, sums.Behind));
        Assert.Equal(2m, (await AskAsync<SumsResponse>(fixture, Sums(cycle, p.Changan))).Parts[0].Sum);
    }

    /// <summary>Yuan that were asked for in ten thousands are not added to yuan.</summary>
    [Fact]
    public async Task Get_WhatMeantSomethingElseOnAnotherForm_IsNotAddedUp()
    {
        var p = fixture.Province;
        var cycle = await new TestCycle(fixture, p.ChanganPrimary, p.ChanganNineYear).OpenedAsync();
        await cycle.DeliverAsync(cycle.Submitted(p.ChanganPrimary, "money", TestProgramme.Money(300)));
        var changed = $"{cycle.Version}.b";
        await cycle.DeliverAsync(TestProgramme.Published(changed, "万元"));
        await cycle.DeliverAsync(cycle.Changed(changed));
        await cycle.DeliverAsync(cycle.Submitted(p.ChanganNineYear, "money", TestProgramme.Money(7)) with { ProgrammeVersion = changed });
        var sums = await AskAsync<SumsResponse>(fixture, Sums(cycle, p.Changan, "&module=money&section=all"));
        Assert.Equal((7m, 1, "万元"), (sums.Total, sums.Parts[0].Reported, sums.Unit!.Zh));
    }

    [Theory]
    [InlineData("&module=nothing&section=all", "ANA-0017")]
    [InlineData("&module=care&section=nothing", "ANA-0017")]
    [InlineData("&module=basics&section=all", "ANA-0017")]
    public async Task Get_WhatCannotBeAddedUp_IsRefused(string query, string code)
    {
        var cycle = await new TestCycle(fixture, fixture.Province.ChanganPrimary).OpenedAsync();
        await RefusedAsync(fixture, Sums(cycle, fixture.Province.Changan, query), 404, code);
    }

    [Fact]
    public async Task Get_ForeignPlaceOrSchool_IsRefused()
    {
        var p = fixture.Province;
        var cycle = await new TestCycle(fixture, p.ChanganPrimary, p.ZhengdingJunior).OpenedAsync();
        await RefusedAsync(fixture, Sums(cycle, p.Zhengding), 404, "GEN-0006", Roles.CountyReviewer, p.Changan);
        await RefusedAsync(fixture, Sums(cycle, p.ChanganPrimary), 404, "ANA-0002");
    }
}
