using Gengdu.Analytics.Dashboards;
using static Gengdu.Analytics.Tests.Figures.ModuleReportSubmittedConsumerTests;

namespace Gengdu.Analytics.Tests.Reviews;

public sealed class ReviewActsTests(AnalyticsFixture fixture) : IClassFixture<AnalyticsFixture>
{
    private Task<TestCycle> OpenedAsync() => new TestCycle(fixture, fixture.Province.ChanganPrimary, fixture.Province.ChanganNineYear, fixture.Province.DingzhouPrimary).OpenedAsync();

    [Fact]
    public async Task ReturnedThenResubmitted_CountsTheCorrectionAndIsWaitingNoMore()
    {
        var p = fixture.Province;
        var cycle = await OpenedAsync();
        await cycle.DeliverAsync(cycle.Submitted(p.ChanganPrimary, "basics", TestProgramme.Basics("g1", 100, 9)));

        await cycle.DeliverAsync(cycle.Returned(p.ChanganPrimary, "basics", revision: 1, version: 1));
        var returned = await fixture.NodeAsync(cycle, p.Changan);
        AssertFigure(returned, "K01", 1m, 1m, 100m, reported: 1, due: 2);
        Assert.Equal((1, 1, 1), (returned.Completeness.Submitted, returned.Completeness.OnTime, returned.Completeness.Returned));
        Assert.Equal(0m, Figure(returned, "K01").Passport.ApprovalShare);
        Assert.Equal("returned", (await fixture.SchoolAsync(cycle, p.ChanganPrimary)).Modules[0].State);

        await cycle.DeliverAsync(cycle.Submitted(p.ChanganPrimary, "basics", TestProgramme.Basics("g1", 100, 1), revision: 2, onTime: false, minute: 20));
        var resubmitted = await fixture.NodeAsync(cycle, p.Changan);
        AssertFigure(resubmitted, "K01", 0m, 1m, 0m, reported: 1, due: 2);
        Assert.Equal((1, 1, 0), (resubmitted.Completeness.Submitted, resubmitted.Completeness.OnTime, resubmitted.Completeness.Returned));
        Assert.Equal(0, (await fixture.RebuildAsync(cycle)).Differences);
    }

    [Fact]
    public async Task Approved_StepByStep_RaisesCountsAndApprovalShare()
    {
        var p = fixture.Province;
        var cycle = await OpenedAsync();
        await cycle.DeliverAllAsync([
            cycle.Submitted(p.ChanganPrimary, "basics", TestProgramme.Basics("g1", 100, 9)),
            cycle.Submitted(p.ChanganPrimary, "money", TestProgramme.Money(5)),
            cycle.Submitted(p.ChanganNineYear, "basics", TestProgramme.Basics("g1", 100, 9)),
            cycle.Submitted(p.DingzhouPrimary, "basics", TestProgramme.Basics("g1", 100, 9)),
        ]);

        await cycle.DeliverAsync(cycle.Approved("county", 11, (p.ChanganPrimary, "basics", 1, 1), (p.DingzhouPrimary, "basics", 1, 1)));
        var changan = await fixture.NodeAsync(cycle, p.Changan);
        Assert.Equal(0.5m, Figure(changan, "K01").Passport.ApprovalShare);
        Assert.Equal(0m, Figure(changan, "K27").Passport.ApprovalShare);
        Assert.Equal(0.6667m, Figure(await fixture.NodeAsync(cycle, p.Root), "K01").Passport.ApprovalShare);

        await cycle.DeliverAsync(cycle.Approved("city", 12, (p.ChanganPrimary, "basics", 1, 2)));
        await cycle.DeliverAsync(cycle.Accepted(13, (p.ChanganPrimary, "basics", 1, 3)));
        var province = await fixture.NodeAsync(cycle, p.Root);
        Assert.Equal((4, 2, 1, 1), (province.Completeness.Submitted, province.Completeness.CountyApproved, province.Completeness.CityApproved, province.Completeness.Accepted));
        Assert.Equal(TestCycle.Start.AddMinutes(13), province.AsOf);
        Assert.Equal("accepted", (await fixture.SchoolAsync(cycle, p.ChanganPrimary)).Modules[0].State);
    }

    [Fact]
    public async Task Acts_BeforeTheSubmissionAndOutOfOrder_LastVersionHolds()
    {
        var p = fixture.Province;
        var cycle = await OpenedAsync();

        await cycle.DeliverAsync(cycle.Approved("city", 12, (p.ChanganPrimary, "basics", 2, 4)));
        await cycle.DeliverAsync(cycle.Approved("county", 11, (p.ChanganPrimary, "basics", 2, 3)));
        Assert.Equal(0, (await fixture.NodeAsync(cycle, p.Changan)).Completeness.Submitted);
        await cycle.DeliverAsync(cycle.Submitted(p.ChanganPrimary, "basics", TestProgramme.Basics("g1", 100, 9)));
        Assert.Equal(0, (await fixture.NodeAsync(cycle, p.Changan)).Completeness.CountyApproved);
        await cycle.DeliverAsync(cycle.Submitted(p.ChanganPrimary, "basics", TestProgramme.Basics("g1", 100, 9), revision: 2));
        await cycle.DeliverAsync(cycle.Returned(p.ChanganPrimary, "basics", revision: 1, version: 2));

        var changan = await fixture.NodeAsync(cycle, p.Changan);
        Assert.Equal((1, 1, 1, 0), (changan.Completeness.Submitted, changan.Completeness.CountyApproved, changan.Completeness.CityApproved, changan.Completeness.Returned));
        Assert.Equal("approved", (await fixture.SchoolAsync(cycle, p.ChanganPrimary)).Modules[0].State);
        Assert.Equal(0, (await fixture.RebuildAsync(cycle)).Differences);
    }

    /// <summary>Two acts on one report in one event, in either order: the one on the newer revision holds, and what came before it changes nothing.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Acts_TwoOnOneReportInOneEvent_TheLaterHolds(bool newestFirst)
    {
        var p = fixture.Province;
        var cycle = await OpenedAsync();
        await cycle.DeliverAsync(cycle.Submitted(p.ChanganPrimary, "basics", TestProgramme.Basics("g1", 100, 9)));
        await cycle.DeliverAsync(cycle.Submitted(p.ChanganPrimary, "basics", TestProgramme.Basics("g1", 100, 9), revision: 2));
        var (older, newer) = ((p.ChanganPrimary, "basics", 1, 1L), (p.ChanganPrimary, "basics", 2, 4L));

        await cycle.DeliverAsync(newestFirst ? cycle.Approved("county", 11, newer, older) : cycle.Approved("county", 11, older, newer));
        await cycle.DeliverAsync(cycle.Returned(p.ChanganPrimary, "basics", revision: 2, version: 3));

        var changan = await fixture.NodeAsync(cycle, p.Changan);
        Assert.Equal((1, 1, 0), (changan.Completeness.Submitted, changan.Completeness.CountyApproved, changan.Completeness.Returned));
    }
}
