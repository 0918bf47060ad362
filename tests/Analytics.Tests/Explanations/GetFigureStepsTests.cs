using Gengdu.Analytics.Explanations;
using Gengdu.Organisations;
using static Gengdu.Analytics.Tests.Explanations.ReportedProvince;

namespace Gengdu.Analytics.Tests.Explanations;

public sealed class GetFigureStepsTests(AnalyticsFixture fixture) : IClassFixture<AnalyticsFixture>
{
    /// <summary>From the number to the cells and the revision they were signed in.</summary>
    [Fact]
    public async Task Get_GoesDownToCellsAndRevisions()
    {
        var p = fixture.Province;
        var (cycle, _) = await ReportedAsync(fixture);
        await cycle.DeliverAsync(cycle.Submitted(p.ChanganPrimary, "money", TestProgramme.Money(350), revision: 2, minute: 30));
        var steps = await AskAsync<FigureStepsResponse>(fixture, Address("K27", cycle, p.ChanganPrimary, "/steps"), Roles.Reporter, p.ChanganPrimary);

        Assert.Equal(["spend 350", "students/g1 100"], steps.Cells.Select(cell => $"{cell.At} {cell.Value}"));
        Assert.Equal([("money", cycle.Report(p.ChanganPrimary, "money"), 2, "submitted"), ("basics", cycle.Report(p.ChanganPrimary, "basics"), 1, "county-approved")],
            steps.Modules.Select(m => (m.Key, m.ModuleReportId!.Value, m.Revision!.Value, m.State)));
        Assert.Equal(["numerator spend = 350", "denominator sum(students) = 100"], steps.Expressions.Select(e => $"{e.Part} {e.Text} = {e.Steps[^1].Value}"));
        Assert.Equal((new OutcomeResponse(350, 100, 3.5m, null), true, true), (steps.Recomputed, steps.Agrees, steps.InForce));
        Assert.Equal(4, steps.Target);
    }

    [Fact]
    public async Task Get_SchoolWithoutAValue_SaysWhatIsMissing()
    {
        var (cycle, late) = await ReportedAsync(fixture);
        var steps = await AskAsync<FigureStepsResponse>(fixture, Address("K27", cycle, late, "/steps"));
        Assert.Equal(("not-submitted", true), (steps.Recomputed.Reason, steps.Agrees));
        Assert.Equal(["spend", "students"], steps.MissingFields);
        Assert.All(steps.Modules, module => Assert.Equal(("not-submitted", null), (module.State, module.Revision)));
    }

    /// <summary>An old result stays reproducible: a cycle that went on with another version can be asked for the one before.</summary>
    [Fact]
    public async Task Get_ByAnotherVersion_IsNotTheOneInForce()
    {
        var p = fixture.Province;
        var (cycle, _) = await ReportedAsync(fixture);
        var next = cycle.Version + ".9";
        await cycle.DeliverAsync(TestProgramme.Published(next));
        await cycle.DeliverAsync(cycle.Changed(next));

        var now = await AskAsync<FigureStepsResponse>(fixture, Address("K27", cycle, p.ChanganPrimary, "/steps"));
        var then = await AskAsync<FigureStepsResponse>(fixture, Address("K27", cycle, p.ChanganPrimary, "/steps", $"&programmeVersion={cycle.Version}"));
        Assert.Equal((next, true, true), (now.Definition.ProgrammeVersion, now.InForce, now.Agrees));
        Assert.Equal((cycle.Version, false, null, now.Recomputed), (then.Definition.ProgrammeVersion, then.InForce, then.Agrees, then.Recomputed));
        await RefusedAsync(fixture, Address("K27", cycle, p.ChanganPrimary, "/steps", "&programmeVersion=1"), 404, "ANA-0010");
    }

    [Fact]
    public async Task Get_IsForThoseWhoSeeTheSchool()
    {
        var p = fixture.Province;
        var (cycle, _) = await ReportedAsync(fixture);
        await RefusedAsync(fixture, Address("K27", cycle, p.ChanganPrimary, "/steps"), 404, "GEN-0006", Roles.Reporter, p.ChanganNineYear);
        await RefusedAsync(fixture, Address("K27", cycle, p.Changan, "/steps"), 404, "ANA-0012");
        await RefusedAsync(fixture, Address("K27", cycle, p.LianchiVocational, "/steps"), 404, "ANA-0003");
    }
}
