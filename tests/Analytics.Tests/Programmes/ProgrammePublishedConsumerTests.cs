using Gengdu.Contracts.Reporting.V1;
using Gengdu.Organisations;
using Microsoft.EntityFrameworkCore;
using static Gengdu.Analytics.Tests.Figures.ModuleReportSubmittedConsumerTests;

namespace Gengdu.Analytics.Tests.Programmes;

public sealed class ProgrammePublishedConsumerTests(AnalyticsFixture fixture) : IClassFixture<AnalyticsFixture>
{
    [Fact]
    public async Task Formula_ThatDoesNotCompile_IsNotTaken_AndWhatWaitsCountsOnceTheMendedOneComes()
    {
        var p = fixture.Province;
        var cycle = new TestCycle(fixture, p.ChanganPrimary);
        await cycle.DeliverAsync(With(cycle.Programme(), "rooms >= 1.0", "roms >= 1.0"));
        Assert.False(await fixture.Host.InDatabaseAsync(db => db.Programmes.AnyAsync(programme => programme.Version == cycle.Version)));

        await cycle.DeliverAsync(cycle.Opened());
        await cycle.DeliverAsync(cycle.Roster());
        await cycle.DeliverAsync(cycle.Submitted(p.ChanganPrimary, "basics", TestProgramme.Basics("g1", 100, 2)));
        await cycle.DeliverAsync(cycle.Programme());
        AssertFigure(await fixture.NodeAsync(cycle, p.Root), "K01", 1m, 1m, 100m, reported: 1, due: 1);
    }

    [Fact]
    public async Task Version_ThatComesTwice_ChangesNothing_NotEvenWithOtherFormulas()
    {
        var p = fixture.Province;
        var cycle = await new TestCycle(fixture, p.ChanganPrimary).OpenedAsync();
        var written = await WrittenAsync(cycle);
        await cycle.DeliverAsync(With(cycle.Programme(), "sum(classes) >= 2.0", "sum(classes) >= 5.0"));
        Assert.Equal(written, await WrittenAsync(cycle));
        await cycle.DeliverAsync(cycle.Submitted(p.ChanganPrimary, "basics", TestProgramme.Basics("g1", 100, 2)));
        AssertFigure(await fixture.NodeAsync(cycle, p.Root), "K01", 1m, 1m, 100m, reported: 1, due: 1);
    }

    /// <summary>By zero, zero by zero, and a number no sum could hold, above and below the line: each a reason at its school, and nothing to the others.</summary>
    [Fact]
    public async Task Formula_ThatDividesByZero_OrGrowsBeyondMeasure_IsBrokenAtThatSchool_AndTheOthersCount()
    {
        var p = fixture.Province;
        Organisation[] schools = [p.ChanganPrimary, p.ChanganNineYear, p.ZhengdingJunior, await p.SchoolAsync(p.Zhengding), p.DingzhouPrimary, p.LianchiVocational];
        var cycle = new TestCycle(fixture, schools);
        await cycle.DeliverAsync(With(With(cycle.Programme(), "\"numerator\": \"spend\"", "\"numerator\": \"spend / sum(classes)\""), "\"denominator\": \"sum(students)\"", "\"denominator\": \"sum(students) * sum(students)\""));
        await cycle.DeliverAsync(cycle.Opened());
        await cycle.DeliverAsync(cycle.Roster());
        var said = new (string Grade, int Pupils, int Classes, decimal Spend)[] { ("g1", 100, 0, 1000m), ("g1", 100, 0, 0m), ("g7", 100, 1, 2_000_000_000_000_000m), ("g1", 2_000_000_000, 1, 1000m), ("g1", 100, 2, 1000m), ("v1", 0, 2, 1000m) };
        await cycle.DeliverAllAsync(schools.Zip(said).SelectMany(one => new[]
        {
            cycle.Submitted(one.First, "basics", TestProgramme.Basics(one.Second.Grade, one.Second.Pupils, one.Second.Classes)),
            cycle.Submitted(one.First, "money", TestProgramme.Money(one.Second.Spend)),
        }));

        var province = await fixture.NodeAsync(cycle, p.Root);
        AssertFigure(province, "K27", 1000m, 10_000m, 0.1m, reported: 2, due: 6);
        Assert.Equal(schools[..4].Select(school => (school.Id, "broken")).Order(), Figure(province, "K27").Passport.Excluded.Select(x => (x.OrganisationId, x.Reason)).Order());
        // Nothing to divide by is a number that is not there, in one place and above it.
        AssertFigure(await fixture.NodeAsync(cycle, p.Lianchi), "K27", 500m, 0m, null, reported: 1, due: 1);
        Assert.Equal(0, (await fixture.RebuildAsync(cycle)).Differences);
    }

    private static ProgrammePublished With(ProgrammePublished programme, string was, string becomes)
    {
        Assert.Contains(was, programme.Bundle, StringComparison.Ordinal);
        return programme with { Bundle = programme.Bundle.Replace(was, becomes, StringComparison.Ordinal) };
    }

    private Task<long> WrittenAsync(TestCycle cycle) =>
        fixture.Host.InDatabaseAsync(db => db.Set<Analytics.Figures.FigureVersion>().Where(version => version.CycleId == cycle.Id).Select(version => version.Number).SingleAsync());
}
