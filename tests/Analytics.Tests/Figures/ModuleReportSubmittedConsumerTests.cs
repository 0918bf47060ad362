using Gengdu.Analytics.Dashboards;
using Gengdu.Organisations;

namespace Gengdu.Analytics.Tests.Figures;

/// <summary>A tiny province, computed by hand: two schools in Chang'an, one in Zhengding, one in Lianchi, one in Dingzhou.</summary>
public sealed class ModuleReportSubmittedConsumerTests(AnalyticsFixture fixture) : IClassFixture<AnalyticsFixture>
{
    private TestCycle NewCycle() => new(
        fixture, fixture.Province.ChanganPrimary, fixture.Province.ChanganNineYear, fixture.Province.ZhengdingJunior, fixture.Province.LianchiVocational, fixture.Province.DingzhouPrimary);

    [Fact]
    public async Task Submit_WholeProvince_RollsUpSumsOverSums()
    {
        var p = fixture.Province;
        var cycle = await NewCycle().OpenedAsync();

        await cycle.DeliverAllAsync([
            cycle.Submitted(p.ChanganPrimary, "basics", TestProgramme.Basics("g1", 100, 2)),
            cycle.Submitted(p.ChanganPrimary, "money", TestProgramme.Money(1000m), minute: 2),
            cycle.Submitted(p.ChanganNineYear, "basics", TestProgramme.Basics("g7", 300, 1)),
            cycle.Submitted(p.ChanganNineYear, "money", TestProgramme.Money(1500.10m)),
            cycle.Submitted(p.ZhengdingJunior, "basics", TestProgramme.Basics("g7", 50, 4), minute: 3),
            cycle.Submitted(p.ZhengdingJunior, "money", TestProgramme.Money(0.20m), onTime: false),
            cycle.Submitted(p.DingzhouPrimary, "basics", TestProgramme.Basics("g1", 10, 2)),
            cycle.Submitted(p.DingzhouPrimary, "money", TestProgramme.Money(7m), minute: 5),
        ]);

        var changan = await fixture.NodeAsync(cycle, p.Changan);
        AssertFigure(changan, "K27", 2500.10m, 400m, 6.25m, reported: 2, due: 2);
        AssertFigure(changan, "K01", 1m, 2m, 50m, reported: 2, due: 2);
        var shijiazhuang = await fixture.NodeAsync(cycle, p.Shijiazhuang);
        AssertFigure(shijiazhuang, "K27", 2500.30m, 450m, 5.56m, reported: 3, due: 3);
        var dingzhou = await fixture.NodeAsync(cycle, p.Dingzhou);
        AssertFigure(dingzhou, "K27", 7m, 10m, 0.7m, reported: 1, due: 1);
        var province = await fixture.NodeAsync(cycle, p.Root);
        AssertFigure(province, "K27", 2507.30m, 460m, 5.45m, reported: 4, due: 5);
        AssertFigure(province, "K01", 3m, 4m, 75m, reported: 4, due: 5);
        AssertFigure(province, "K37", 7m, 15m, 46.67m, reported: 15, due: 15);
        Assert.Equal(new CompletenessResponse(5, 15, 8, 7, 1, 0, 0, 0, 0, 0.5333m, 0.4667m), province.Completeness);
        Assert.Equal(TestCycle.Start.AddMinutes(5), province.AsOf);
        Assert.Equal(TestCycle.Start.AddMinutes(3), Figure(province, "K01").Passport.AsOf);
        Assert.Equal([p.Shijiazhuang.Id, p.Baoding.Id, p.Dingzhou.Id], province.Children.Select(child => child.Organisation.Id));
        Assert.Equal(6, province.Children[0].Completeness.Submitted);
        Assert.Equal(new ShortFigureResponse(5.56m, "none"), province.Children[0].Figures["K27"]);
        Assert.Equal((p.LianchiVocational.Id, "not-submitted"), Figure(province, "K27").Passport.Excluded.Select(x => (x.OrganisationId, x.Reason)).Single());
    }

    [Fact]
    public async Task Submit_SameMessageTenTimes_CountsOnce()
    {
        var p = fixture.Province;
        var cycle = await NewCycle().OpenedAsync();
        var message = cycle.Submitted(p.ChanganPrimary, "basics", TestProgramme.Basics("g1", 100, 2));
        var id = AnalyticsFixture.NewId();

        for (var i = 0; i < 5; i++)
        {
            await cycle.DeliverAsync(message, id);
            await cycle.DeliverAsync(message);
        }

        await Task.WhenAll(Enumerable.Range(0, 10).Select(i => cycle.DeliverAsync(message)));
        var province = await fixture.NodeAsync(cycle, p.Root);
        AssertFigure(province, "K01", 1m, 1m, 100m, reported: 1, due: 5);
        Assert.Equal(1, province.Completeness.Submitted);
        Assert.Equal(0, (await fixture.RebuildAsync(cycle)).Differences);
    }

    [Fact]
    public async Task Submit_RevisionsInOrder312_KeepsTheThirdAndTheFirstsPunctuality()
    {
        var p = fixture.Province;
        var cycle = await NewCycle().OpenedAsync();

        await cycle.DeliverAsync(cycle.Submitted(p.ChanganPrimary, "basics", TestProgramme.Basics("g1", 300, 1), revision: 3, onTime: false, minute: 30));
        Assert.Equal(0, (await fixture.NodeAsync(cycle, p.Root)).Completeness.OnTime);
        await cycle.DeliverAsync(cycle.Submitted(p.ChanganPrimary, "basics", TestProgramme.Basics("g1", 100, 9), revision: 1, onTime: true, minute: 10));
        await cycle.DeliverAsync(cycle.Submitted(p.ChanganPrimary, "basics", TestProgramme.Basics("g1", 200, 9), revision: 2, onTime: false, minute: 20));

        var province = await fixture.NodeAsync(cycle, p.Root);
        AssertFigure(province, "K01", 0m, 1m, 0m, reported: 1, due: 5);
        Assert.Equal((1, 1), (province.Completeness.Submitted, province.Completeness.OnTime));
        Assert.Equal(TestCycle.Start.AddMinutes(30), province.AsOf);
        Assert.Equal(3, (await fixture.SchoolAsync(cycle, p.ChanganPrimary)).Modules.Single(m => m.Key == "basics").Revision);
    }

    [Fact]
    public async Task Submit_CorrectionAfterTheDeadline_LeavesTheSchoolPunctual()
    {
        var p = fixture.Province;
        var cycle = await NewCycle().OpenedAsync();
        await cycle.DeliverAsync(cycle.Submitted(p.ChanganPrimary, "basics", TestProgramme.Basics("g1", 100, 1)));
        await cycle.DeliverAsync(cycle.Submitted(p.ChanganPrimary, "basics", TestProgramme.Basics("g1", 100, 2), revision: 2, onTime: false, minute: 20));

        var province = await fixture.NodeAsync(cycle, p.Root);
        AssertFigure(province, "K01", 1m, 1m, 100m, reported: 1, due: 5);
        Assert.Equal((1, 1), (province.Completeness.Submitted, province.Completeness.OnTime));
    }

    [Fact]
    public async Task Submit_BeforeProgrammeCycleAndRoster_CountsOnceTheyArrive()
    {
        var p = fixture.Province;
        var cycle = NewCycle();

        await cycle.DeliverAsync(cycle.Submitted(p.ChanganPrimary, "basics", TestProgramme.Basics("g1", 100, 2)));
        await cycle.DeliverAsync(cycle.Opened());
        await cycle.DeliverAsync(cycle.Submitted(p.ChanganPrimary, "money", TestProgramme.Money(1000m)));
        await cycle.DeliverAsync(cycle.Roster());
        await cycle.DeliverAsync(cycle.Roster());
        await cycle.DeliverAsync(cycle.Programme());

        var province = await fixture.NodeAsync(cycle, p.Root);
        AssertFigure(province, "K27", 1000m, 100m, 10m, reported: 1, due: 5);
        Assert.Equal((15, 2), (province.Completeness.Due, province.Completeness.Submitted));
        Assert.Equal(0, (await fixture.RebuildAsync(cycle)).Differences);
    }

    [Fact]
    public async Task Submit_CycleLast_CountsAll()
    {
        var p = fixture.Province;
        var cycle = NewCycle();

        await cycle.DeliverAsync(cycle.Roster());
        await cycle.DeliverAsync(cycle.Programme());
        await cycle.DeliverAsync(cycle.Submitted(p.DingzhouPrimary, "basics", TestProgramme.Basics("g1", 10, 2)));
        await cycle.DeliverAsync(cycle.Opened());

        AssertFigure(await fixture.NodeAsync(cycle, p.Dingzhou), "K01", 1m, 1m, 100m, reported: 1, due: 1);
    }

    [Fact]
    public async Task Submit_OrganisationNotOnRoster_IsKeptAndNotCounted()
    {
        var p = fixture.Province;
        var cycle = await new TestCycle(fixture, p.ChanganPrimary).OpenedAsync();

        await cycle.DeliverAsync(cycle.Submitted(p.ZhengdingJunior, "basics", TestProgramme.Basics("g7", 10, 2)));

        var province = await fixture.NodeAsync(cycle, p.Root);
        Assert.Equal((3, 0), (province.Completeness.Due, province.Completeness.Submitted));
        AssertFigure(province, "K01", null, null, null, reported: 0, due: 1);
    }

    [Fact]
    public async Task Submit_AllLateAndResubmitted_TimelinessStaysBelowOne()
    {
        var p = fixture.Province;
        var cycle = await new TestCycle(fixture, p.ChanganPrimary).OpenedAsync();

        foreach (var module in new[] { "basics", "money", "care", "unknown-module" })
        {
            await cycle.DeliverAsync(cycle.Submitted(p.ChanganPrimary, module, [], revision: 1));
            await cycle.DeliverAsync(cycle.Submitted(p.ChanganPrimary, module, [], revision: 2));
        }

        var changan = await fixture.NodeAsync(cycle, p.Changan);
        Assert.Equal((3, 3, 3, 1m), (changan.Completeness.Due, changan.Completeness.Submitted, changan.Completeness.OnTime, changan.Completeness.TimelyRate));
        AssertFigure(changan, "K37", 3m, 3m, 100m, reported: 3, due: 3);
    }

    /// <summary>A figure is as new as the newest that counts in it, and what counts nowhere costs no sum.</summary>
    [Fact]
    public async Task Submit_OneOfTwoModules_NeitherMovesNorAgesTheFigureThatWaitsForTheOther()
    {
        var p = fixture.Province;
        var cycle = await NewCycle().OpenedAsync();
        await cycle.DeliverAllAsync([
            cycle.Submitted(p.ChanganPrimary, "basics", TestProgramme.Basics("g1", 100, 2)),
            cycle.Submitted(p.ChanganPrimary, "money", TestProgramme.Money(1000m), minute: 2),
        ]);

        await cycle.DeliverAsync(cycle.Submitted(p.ChanganNineYear, "money", TestProgramme.Money(500m), minute: 7));
        var changan = await fixture.NodeAsync(cycle, p.Changan);
        AssertFigure(changan, "K27", 1000m, 100m, 10m, reported: 1, due: 2);
        Assert.Equal(TestCycle.Start.AddMinutes(2), Figure(changan, "K27").Passport.AsOf);
        Assert.Equal(TestCycle.Start.AddMinutes(7), changan.AsOf);

        await cycle.DeliverAsync(cycle.Submitted(p.ChanganNineYear, "basics", TestProgramme.Basics("g7", 300, 1), minute: 5));
        var province = await fixture.NodeAsync(cycle, p.Root);
        AssertFigure(province, "K27", 1500m, 400m, 3.75m, reported: 2, due: 5);
        Assert.Equal(TestCycle.Start.AddMinutes(7), Figure(province, "K27").Passport.AsOf);
        Assert.Equal(0, (await fixture.RebuildAsync(cycle)).Differences);
    }

    [Fact]
    public async Task Submit_DepartmentsOnRoster_CountInCompletenessOfTheirNode()
    {
        var p = fixture.Province;
        var cycle = await new TestCycle(fixture, p.ChanganPrimary, p.Changan, p.Dingzhou).OpenedAsync();

        await cycle.DeliverAsync(cycle.Submitted(p.Changan, "department", new() { ["plan"] = true }));

        var changan = await fixture.NodeAsync(cycle, p.Changan);
        Assert.Equal((1, 4, 1), (changan.Completeness.Schools, changan.Completeness.Due, changan.Completeness.Submitted));
        Assert.Equal(1, (await fixture.NodeAsync(cycle, p.Dingzhou)).Completeness.Due);
        Assert.Equal(5, (await fixture.NodeAsync(cycle, p.Root)).Completeness.Due);
    }

    [Fact]
    public async Task Submit_OnePoisonedAmongMany_TheOthersCount()
    {
        var p = fixture.Province;
        var cycle = await NewCycle().OpenedAsync();
        Organisation[] schools = [p.ChanganPrimary, p.ChanganNineYear, p.ZhengdingJunior, p.LianchiVocational, p.DingzhouPrimary];

        // Postgres takes no NUL in a text; reporting would refuse it, but a batch must not depend on that.
        var deliveries = schools.Select(school => cycle.DeliverAsync(cycle.Submitted(
            school, "care", school == p.ZhengdingJunior ? new() { ["rooms"] = "\0" } : TestProgramme.Care(rooms: 1))));
        await Task.WhenAll(deliveries.Select(delivery => delivery.ContinueWith(_ => { }, TaskScheduler.Default)));

        Assert.Equal(4, (await fixture.NodeAsync(cycle, p.Root)).Completeness.Submitted);
        Assert.Equal(0, (await fixture.NodeAsync(cycle, p.Zhengding)).Completeness.Submitted);
    }

    internal static FigureResponse Figure(NodeDashboardResponse dashboard, string id) => dashboard.Indicators.Single(figure => figure.Id == id);

    internal static void AssertFigure(
        NodeDashboardResponse dashboard, string id, decimal? numerator, decimal? denominator, decimal? value, int reported, int due)
    {
        var figure = Figure(dashboard, id);
        Assert.Equal((numerator, denominator, value), (figure.Numerator, figure.Denominator, figure.Value));
        Assert.Equal((reported, due, due - reported), (figure.Passport.Coverage.Reported, figure.Passport.Coverage.Due, figure.Passport.ExcludedCount));
    }
}
