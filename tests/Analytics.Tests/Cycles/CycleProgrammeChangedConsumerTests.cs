using System.Text.Json.Nodes;
using Gengdu.Contracts.Reporting.V1;
using Gengdu.Organisations;
using static Gengdu.Analytics.Tests.Figures.ModuleReportSubmittedConsumerTests;

namespace Gengdu.Analytics.Tests.Cycles;

/// <summary>A form that changes while the cycle runs: revisions of both versions make one set of figures.</summary>
public sealed class CycleProgrammeChangedConsumerTests(AnalyticsFixture fixture) : IClassFixture<AnalyticsFixture>
{
    [Fact]
    public async Task MixedCycle_SameMeaning_SumsBothVersions_InAnyOrder()
    {
        var p = fixture.Province;
        var ordered = await new TestCycle(fixture, p.ChanganPrimary, p.ZhengdingJunior).OpenedAsync();
        var shuffled = new TestCycle(fixture, p.ChanganPrimary, p.ZhengdingJunior);
        foreach (var cycle in new[] { ordered, shuffled })
        {
            var newer = $"{cycle.Version}-b";
            var (early, late) = (Both(cycle, p.ChanganPrimary, "g1", 100, 1000m), Both(cycle, p.ZhengdingJunior, "g7", 50, 200m, newer));
            if (cycle == ordered)
            {
                await cycle.DeliverAllAsync(early);
                await cycle.DeliverAsync(TestProgramme.Published(newer));
                await cycle.DeliverAsync(cycle.Changed(newer));
                await cycle.DeliverAllAsync(late);
            }
            else
            {
                await cycle.DeliverAsync(cycle.Changed(newer));
                await cycle.DeliverAllAsync(late);
                await cycle.DeliverAsync(cycle.Roster());
                await cycle.DeliverAsync(cycle.Opened());
                await cycle.DeliverAllAsync(early);
                await cycle.DeliverAsync(TestProgramme.Published(newer));
                await cycle.DeliverAsync(cycle.Programme());
                await cycle.DeliverAsync(cycle.Changed(newer));
            }

            AssertFigure(await fixture.NodeAsync(cycle, p.Root), "K27", 1200m, 150m, 8m, reported: 2, due: 2);
            Assert.Equal(0, (await fixture.RebuildAsync(cycle)).Differences);
        }
    }

    /// <summary>1000 yuan signed on the old form are not 1000 times ten thousand on the new one.</summary>
    [Fact]
    public async Task MixedCycle_OtherUnit_ReadsEachRevisionByItsOwnForm()
    {
        var p = fixture.Province;
        var cycle = await new TestCycle(fixture, p.ChanganPrimary, p.ZhengdingJunior).OpenedAsync();
        var newer = $"{cycle.Version}-b";
        await cycle.DeliverAllAsync(Both(cycle, p.ChanganPrimary, "g1", 100, 1000m));
        await cycle.DeliverAsync(TestProgramme.Published(newer, spendUnit: "万元"));
        await cycle.DeliverAsync(cycle.Changed(newer));
        await cycle.DeliverAllAsync(Both(cycle, p.ZhengdingJunior, "g7", 50, 200m, newer));
        var province = await fixture.NodeAsync(cycle, p.Root);
        AssertFigure(province, "K27", 200m, 50m, 4m, reported: 1, due: 2);
        Assert.Equal((p.ChanganPrimary.Id, "missing"), Figure(province, "K27").Passport.Excluded.Select(x => (x.OrganisationId, x.Reason)).Single());
        AssertFigure(province, "K01", 2m, 2m, 100m, reported: 2, due: 2);
        Assert.Equal(0, (await fixture.RebuildAsync(cycle)).Differences);
    }

    [Fact]
    public async Task OlderChange_ThatArrivesLater_SaysNothing()
    {
        var p = fixture.Province;
        var cycle = await new TestCycle(fixture, p.ChanganPrimary).OpenedAsync();
        await cycle.DeliverAsync(TestProgramme.Published($"{cycle.Version}-b", spendUnit: "万元"));
        await cycle.DeliverAsync(TestProgramme.Published($"{cycle.Version}-c"));
        await cycle.DeliverAsync(cycle.Changed($"{cycle.Version}-c", number: 2));
        await cycle.DeliverAsync(cycle.Changed($"{cycle.Version}-b", number: 1));
        await cycle.DeliverAllAsync(Both(cycle, p.ChanganPrimary, "g1", 100, 1000m));
        AssertFigure(await fixture.NodeAsync(cycle, p.Root), "K27", 1000m, 100m, 10m, reported: 1, due: 1);
    }

    private static IEnumerable<ModuleReportSubmitted> Both(TestCycle cycle, Organisation school, string grade, int pupils, decimal spend, string? version = null) =>
        new (string Module, JsonObject Values)[] { ("basics", TestProgramme.Basics(grade, pupils, 2)), ("money", TestProgramme.Money(spend)) }
            .Select(part => cycle.Submitted(school, part.Module, part.Values) is var submitted && version is not null ? submitted with { ProgrammeVersion = version } : submitted);
}
