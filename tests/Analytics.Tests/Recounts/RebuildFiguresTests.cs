using System.Net.Http.Json;
using Gengdu.Organisations;
using Microsoft.EntityFrameworkCore;
using static Gengdu.Analytics.Tests.Figures.ModuleReportSubmittedConsumerTests;

namespace Gengdu.Analytics.Tests.Recounts;

public sealed class RebuildFiguresTests(AnalyticsFixture fixture) : IClassFixture<AnalyticsFixture>
{
    [Fact]
    public async Task Post_FiguresAsTheyShouldBe_FindsNoDifference()
    {
        var p = fixture.Province;
        var cycle = await new TestCycle(fixture, p.ChanganPrimary, p.ChanganNineYear, p.DingzhouPrimary).OpenedAsync();
        await cycle.DeliverAsync(cycle.Submitted(p.ChanganPrimary, "basics", TestProgramme.Basics("g1", 3, 2)));
        await cycle.DeliverAsync(cycle.Submitted(p.ChanganPrimary, "money", TestProgramme.Money(0.1m)));

        var rebuilt = await fixture.RebuildAsync(cycle);

        Assert.Equal((3, 2, 0), (rebuilt.Organisations, rebuilt.ModuleReports, rebuilt.Differences));
    }

    [Fact]
    public async Task Post_FiguresTamperedWith_SetsThemRightAndCountsThem()
    {
        var p = fixture.Province;
        var cycle = await new TestCycle(fixture, p.ChanganPrimary, p.ChanganNineYear).OpenedAsync();
        await cycle.DeliverAsync(cycle.Submitted(p.ChanganPrimary, "basics", TestProgramme.Basics("g1", 3, 2)));
        await fixture.Host.InDatabaseAsync(async db =>
        {
            await db.NodeFigures.Where(f => f.CycleId == cycle.Id && f.Indicator == "K01").ExecuteUpdateAsync(f => f.SetProperty(x => x.Numerator, 99m));
            await db.SchoolIndicators.Where(s => s.CycleId == cycle.Id && s.OrganisationId == p.ChanganNineYear.Id && s.Indicator == "K27").ExecuteDeleteAsync();
            await db.NodeCompleteness.Where(c => c.CycleId == cycle.Id && c.Path == p.Changan.Path).ExecuteDeleteAsync();
        });

        var rebuilt = await fixture.RebuildAsync(cycle);

        // Three nodes' K01, one school's K27, one county's completeness.
        Assert.Equal(5, rebuilt.Differences);
        AssertFigure(await fixture.NodeAsync(cycle, p.Root), "K01", 1m, 1m, 100m, reported: 1, due: 2);
        Assert.Equal(0, (await fixture.RebuildAsync(cycle)).Differences);
    }

    /// <summary>What explanations read beside the number is compared as the number is.</summary>
    [Fact]
    public async Task Post_ApprovedPartOrReasonsTamperedWith_AreFoundAndSetRight()
    {
        var p = fixture.Province;
        var cycle = await new TestCycle(fixture, p.ChanganPrimary, p.ChanganNineYear).OpenedAsync();
        await cycle.DeliverAsync(cycle.Submitted(p.ChanganPrimary, "basics", TestProgramme.Basics("g1", 3, 2)));
        await cycle.DeliverAsync(cycle.Approved("county", 11, (p.ChanganPrimary, "basics", 1, 1)));
        await fixture.Host.InDatabaseAsync(async db =>
        {
            var figures = db.NodeFigures.Where(f => f.CycleId == cycle.Id && f.Indicator == "K01");
            await figures.Where(f => f.Path == p.Root.Path).ExecuteUpdateAsync(f => f.SetProperty(x => x.ApprovedNumerator, 99m));
            await figures.Where(f => f.Path == p.Shijiazhuang.Path).ExecuteUpdateAsync(f => f.SetProperty(x => x.NotSubmitted, 99));
            await figures.Where(f => f.Path == p.Changan.Path).ExecuteUpdateAsync(f => f.SetProperty(x => x.Missing, 99));
        });

        Assert.Equal(3, (await fixture.RebuildAsync(cycle)).Differences);
        Assert.Equal(0, (await fixture.RebuildAsync(cycle)).Differences);
        var stored = await fixture.Host.InDatabaseAsync(db => db.NodeFigures.AsNoTracking().Where(f => f.CycleId == cycle.Id && f.Indicator == "K01").ToListAsync());
        Assert.Equal([(1m, 1m, 1, 0), (1m, 1m, 1, 0), (1m, 1m, 1, 0)], stored.Select(f => (f.ApprovedNumerator, f.ApprovedDenominator, f.NotSubmitted, f.Missing)));
    }

    [Fact]
    public async Task Post_WhileOneIsUnderWay_IsAnsweredWithThatOne_AndOfADeadProcessItIsTakenOver()
    {
        var cycle = await fixture.TamperedAsync();
        var (id, holder) = await fixture.HeldAsync(cycle, "running");
        using var owner = await fixture.ClientAsync(Roles.ProvinceOwner, fixture.Province.Root);
        using var second = await owner.PostAsJsonAsync("/api/analytics/rebuilds", new { cycleId = cycle.Id });
        Assert.Equal((global::System.Net.HttpStatusCode.Accepted, $"/api/analytics/rebuilds/{id}"), (second.StatusCode, second.Headers.Location?.OriginalString));

        await fixture.GoneAsync(holder);
        fixture.WakeWorker();

        Assert.Equal(("finished", 1), ((await fixture.EndedAsync(id)).State, (await fixture.EndedAsync(id)).Differences));
        Assert.Equal(1m, await fixture.StoredAsync(cycle));
    }

    [Fact]
    public async Task Post_NotTheProvince_Is403_AndUnknownCycle_Is404()
    {
        using var city = await fixture.ClientAsync(Roles.Administrator, fixture.Province.Shijiazhuang);
        using var refused = await city.PostAsJsonAsync("/api/analytics/rebuilds", new { cycleId = AnalyticsFixture.NewId() });
        await AnalyticsFixture.RefusedAsync(refused, 403, "GEN-0005");

        using var owner = await fixture.ClientAsync(Roles.Administrator, fixture.Province.Root);
        using var unknown = await owner.PostAsJsonAsync("/api/analytics/rebuilds", new { cycleId = AnalyticsFixture.NewId() });
        await AnalyticsFixture.RefusedAsync(unknown, 404, "ANA-0001");
    }
}
