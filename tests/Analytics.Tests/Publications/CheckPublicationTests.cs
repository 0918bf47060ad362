using Gengdu.Analytics.Publications;
using Gengdu.Contracts.Reporting.V1;
using Gengdu.Organisations;
using static Gengdu.Analytics.Tests.Explanations.ReportedProvince;

namespace Gengdu.Analytics.Tests.Publications;

public sealed class CheckPublicationTests(AnalyticsFixture fixture) : IClassFixture<AnalyticsFixture>
{
    [Fact]
    public async Task Check_SaysWhatIsOpen_WhatChangedSinceTheLast_AndWhetherTheFiguresWereFoundRight()
    {
        var (p, school) = (fixture.Province, fixture.Province.ChanganPrimary);
        var cycle = await new TestCycle(fixture, school).OpenedAsync();
        await cycle.DeliverAsync(cycle.Submitted(school, "basics", TestProgramme.Basics("g1", 100, 3)));
        Assert.Equal(new PublicationCheckResponse(cycle.Id, false, null, 3, 1, 0, null, null, null), await CheckAsync(cycle));

        await PublishFiguresTests.PublishAsync(fixture, cycle);
        Assert.Equal((1, 0), ((await CheckAsync(cycle)).LastNumber, (await CheckAsync(cycle)).Changed));
        // K27, K30 and K40 at county, city and province.
        await cycle.DeliverAsync(cycle.Submitted(school, "money", TestProgramme.Money(300)));
        Assert.Equal((1, 9, 2), ((await CheckAsync(cycle)).LastNumber, (await CheckAsync(cycle)).Changed, (await CheckAsync(cycle)).Submitted));

        await PublishFiguresTests.AlarmAsync(fixture, cycle);
        Assert.Equal(("nightly", 1, true), Compared(await CheckAsync(cycle)));
        await fixture.RebuildAsync(cycle);
        Assert.Equal(("rebuild", 0, false), Compared(await CheckAsync(cycle)));

        await cycle.DeliverAsync(cycle.Accepted(13, (school, "basics", 1, 1), (school, "money", 1, 1)));
        Assert.False((await CheckAsync(cycle)).Final);
        await cycle.DeliverAsync(new CycleClosed { CycleId = cycle.Id, ClosedAt = TestCycle.Start.AddDays(60) });
        var over = await CheckAsync(cycle);
        Assert.Equal((true, TestCycle.Start.AddDays(60), 2), (over.Final, over.ClosedAt, over.Accepted));
        await RefusedAsync(fixture, Address(Guid.Empty), 404, "ANA-0001");
        await RefusedAsync(fixture, Address(cycle.Id), 403, "GEN-0005", Roles.Administrator, p.Root);
    }

    private static string Address(Guid cycleId) => $"/api/analytics/publications/check?cycleId={cycleId}";

    private static (string, int, bool) Compared(PublicationCheckResponse check) => (check.Compared!.Kind, check.Compared.Differences, check.Compared.Alarming);

    private Task<PublicationCheckResponse> CheckAsync(TestCycle cycle) => AskAsync<PublicationCheckResponse>(fixture, Address(cycle.Id));
}
