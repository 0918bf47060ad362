using Gengdu.Analytics.Explanations;
using Gengdu.Contracts.Reporting.V1;
using Gengdu.Organisations;
using static Gengdu.Analytics.Tests.Explanations.ReportedProvince;

namespace Gengdu.Analytics.Tests.Explanations;

public sealed class GetFigureTests(AnalyticsFixture fixture) : IClassFixture<AnalyticsFixture>
{
    [Fact]
    public async Task Get_OpensTheNumberToItsParts_WhoSumUpToIt()
    {
        var p = fixture.Province;
        var (cycle, _) = await ReportedAsync(fixture);
        var county = await AskAsync<FigureExplanationResponse>(fixture, Address("K27", cycle, p.Changan));

        Assert.Equal((4m, 1200m, 300m), (county.Figure.Value, county.Figure.Numerator, county.Figure.Denominator));
        Assert.Equal((county.Figure.Numerator, county.Figure.Denominator), (county.Parts.Sum(part => part.Numerator ?? 0), county.Parts.Sum(part => part.Denominator ?? 0)));
        Assert.Equal(("spend", "sum(students)", "2026.1"), (county.Definition.Numerator, county.Definition.Denominator, county.Definition.FormulaVersion));
        Assert.Equal(["spend money", "students basics"], county.Definition.Fields.Select(field => $"{field.Key} {field.ModuleKey}"));
        Assert.Equal((3, 4, 1), (county.Figure.Passport.Coverage.Reported, county.Figure.Passport.Coverage.Due, county.LeftOut["not-submitted"]));

        var province = await AskAsync<FigureExplanationResponse>(fixture, Address("K27", cycle, p.Root));
        Assert.Equal((3200m, 400m), (province.Parts.Sum(part => part.Numerator ?? 0), province.Parts.Sum(part => part.Denominator ?? 0)));
        Assert.Contains(province.Parts, part => part.Organisation.Id == p.Shijiazhuang.Id && part.Reported == 4);
    }

    [Fact]
    public async Task Get_SaysWhatIsApproved_AndThatItMayStillChange()
    {
        var p = fixture.Province;
        var (cycle, _) = await ReportedAsync(fixture);
        var before = await AskAsync<FigureExplanationResponse>(fixture, Address("K27", cycle, p.Changan));
        Assert.Equal((3m, 300m, 100m, 1), (before.Approved!.Value, before.Approved.Numerator, before.Approved.Denominator, before.Approved.Schools));
        Assert.Equal(("provisional", null, 6), (before.Standing.State, before.Standing.ClosedAt, before.Standing.Submitted));
        // Summed up to the province, beside a county where nothing is approved and everything handed in.
        var province = await AskAsync<FigureExplanationResponse>(fixture, Address("K27", cycle, p.Root));
        Assert.Equal((300m, 100m, 1), (province.Approved!.Numerator, province.Approved.Denominator, province.Approved.Schools));
        Assert.Equal([KeyValuePair.Create("not-submitted", 1)], province.LeftOut);
    }

    [Fact]
    public async Task Get_IsFinal_WhenTheCycleIsOverAndAllIsAccepted()
    {
        var school = fixture.Province.ChanganPrimary;
        var cycle = await new TestCycle(fixture, school).OpenedAsync();
        await cycle.DeliverAsync(cycle.Submitted(school, "basics", TestProgramme.Basics("g1", 100, 3)));
        await cycle.DeliverAsync(new CycleClosed { CycleId = cycle.Id, ClosedAt = TestCycle.Start.AddDays(60) });
        Assert.Equal("provisional", (await StandingAsync()).State);
        await cycle.DeliverAsync(cycle.Accepted(13, (school, "basics", 1, 1)));
        Assert.Equal(("final", TestCycle.Start.AddDays(60)), ((await StandingAsync()).State, (await StandingAsync()).ClosedAt));

        async Task<StandingResponse> StandingAsync() => (await AskAsync<FigureExplanationResponse>(fixture, Address("K01", cycle, fixture.Province.Changan))).Standing;
    }

    [Fact]
    public async Task Get_Timeliness_IsCountedInModuleReports()
    {
        var (cycle, _) = await ReportedAsync(fixture);
        var county = await AskAsync<FigureExplanationResponse>(fixture, Address("K37", cycle, fixture.Province.Changan));

        Assert.Equal((6m, 12m, null), (county.Figure.Numerator, county.Figure.Denominator, county.Approved));
        Assert.Equal((6m, 12m), (county.Parts.Sum(part => part.Numerator ?? 0), county.Parts.Sum(part => part.Denominator ?? 0)));
    }

    [Fact]
    public async Task Get_IsForThoseWhoSeeThePlace()
    {
        var p = fixture.Province;
        var (cycle, _) = await ReportedAsync(fixture);
        await RefusedAsync(fixture, Address("K27", cycle, p.Changan), 404, "GEN-0006", Roles.CountyReviewer, p.Zhengding);
        await RefusedAsync(fixture, Address("K27", cycle, p.ChanganPrimary), 404, "ANA-0011");
        await RefusedAsync(fixture, Address("K99", cycle, p.Changan), 404, "ANA-0010");
    }
}
