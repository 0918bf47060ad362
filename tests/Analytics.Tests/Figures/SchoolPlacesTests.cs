using System.Globalization;
using System.Net;
using System.Text;
using Gengdu.Analytics.Dashboards;
using Gengdu.Contracts.Identity.V1;
using Gengdu.Contracts.Reporting.V1;
using Gengdu.Contracts.Supervision.V1;
using Gengdu.Organisations;
using Gengdu.TestKit;
using Microsoft.EntityFrameworkCore;
using static Gengdu.Analytics.Tests.Figures.ModuleReportSubmittedConsumerTests;

namespace Gengdu.Analytics.Tests.Figures;

/// <summary>Figures of open cycles follow the tree, those of closed ones stay with the place of the fact (ADR 0014).</summary>
public sealed class SchoolPlacesTests(AnalyticsFixture fixture) : IClassFixture<AnalyticsFixture>
{
    private static readonly DateTimeOffset Moment = TestCycle.Start.AddDays(1);

    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 20260915)]
    public async Task EventsOfTreeCycleAndReports_AnyOrderAndTwice_GiveTheSameFigures(bool closed, int seed)
    {
        var random = new Random(seed);
        var expected = await PlayAsync(closed, null);
        Assert.Contains("/R/Y/A/S2/", expected, StringComparison.Ordinal);
        Assert.Contains(closed ? "/R/X/B/S1/" : "/R/D/S1/", expected, StringComparison.Ordinal);
        Assert.DoesNotContain(closed ? "/R/D/" : "/R/X/B/", expected, StringComparison.Ordinal);
        Assert.DoesNotContain("/R/X/A/", expected, StringComparison.Ordinal);

        for (var round = 0; round < 8; round++)
        {
            Assert.Equal(expected, await PlayAsync(closed, random));
        }
    }

    [Fact]
    public async Task SchoolMoved_OldLineLosesItAndTheNewOneHasIt()
    {
        var p = fixture.Province;
        var school = await p.SchoolAsync(p.Changan);
        var cycle = await new TestCycle(fixture, school, p.LianchiVocational, p.ZhengdingJunior).OpenedAsync();
        await cycle.DeliverAsync(cycle.Submitted(school, "basics", TestProgramme.Basics("g1", 100, 2)));
        using HttpClient old = await fixture.ClientAsync(Roles.CountyReviewer, p.Changan), now = await fixture.ClientAsync(Roles.CountyReviewer, p.Lianchi), own = await fixture.ClientAsync(Roles.Reporter, school);
        var address = $"/api/analytics/dashboards/schools/{school.Id}?cycleId={cycle.Id}";
        Assert.Equal((200, 404, 200), (await StatusAsync(old, address), await StatusAsync(now, address), await StatusAsync(own, address)));

        await cycle.DeliverAsync(school.MovedTo(p.Lianchi, Moment));

        Assert.Equal((404, 200, 200), (await StatusAsync(old, address), await StatusAsync(now, address), await StatusAsync(own, address)));
        Assert.Equal(p.Lianchi.Id, (await fixture.SchoolAsync(cycle, school)).Parents[^1].Id);
        Assert.Equal((0, 0), await CountedAsync(cycle, p.Changan));
        Assert.Equal((1, 3), await CountedAsync(cycle, p.Shijiazhuang));
        Assert.Equal((2, 6), await CountedAsync(cycle, p.Lianchi));
        Assert.Equal((3, 9), await CountedAsync(cycle, p.Root));
        AssertFigure(await fixture.NodeAsync(cycle, p.Baoding), "K01", 1m, 1m, 100m, reported: 1, due: 2);
        Assert.Contains(await ChildrenAsync(cycle, p.Lianchi), id => id == school.Id);
        Assert.Equal(0, (await fixture.RebuildAsync(cycle)).Differences);
    }

    [Fact]
    public async Task MovedAfterTheClosing_OldCountyKeepsThePage_CountyItselfKeepsItsOwn()
    {
        var p = fixture.Province;
        var county = await p.DivisionAsync(p.Shijiazhuang, "county");
        var (school, other) = (await p.SchoolAsync(county), await p.SchoolAsync(county));
        var cycle = await new TestCycle(fixture, school, other).OpenedAsync();
        await cycle.DeliverAsync(cycle.Submitted(school, "basics", TestProgramme.Basics("g1", 100, 2)));
        await cycle.DeliverAsync(new CycleClosed { CycleId = cycle.Id, ClosedAt = Moment });
        using HttpClient reviewer = await fixture.ClientAsync(Roles.CountyReviewer, county), stranger = await fixture.ClientAsync(Roles.CountyReviewer, p.Lianchi), city = await fixture.ClientAsync(Roles.CitySupervisor, p.Baoding);

        await cycle.DeliverAsync(school.MovedTo(p.Lianchi, Moment.AddHours(1)));
        var moved = county.MovedTo(p.Baoding, Moment.AddHours(2));
        await cycle.DeliverAsync(moved);
        await cycle.DeliverAsync(other.MovedTo(moved, Moment.AddHours(2)));

        var page = $"/api/analytics/dashboards/schools/{school.Id}?cycleId={cycle.Id}";
        Assert.Equal((200, 404, 404), (await StatusAsync(reviewer, page), await StatusAsync(stranger, page), await StatusAsync(city, page)));
        page = $"/api/analytics/dashboards/nodes/{county.Id}?cycleId={cycle.Id}";
        Assert.Equal((200, 404, 404), (await StatusAsync(reviewer, page), await StatusAsync(stranger, page), await StatusAsync(city, page)));
        Assert.Equal([school.Id, other.Id], (await ChildrenAsync(cycle, county)).Order());
        Assert.Contains(county.Id, await ChildrenAsync(cycle, p.Shijiazhuang));
        Assert.Equal(p.Shijiazhuang.Id, (await fixture.NodeAsync(cycle, county)).Parents[^1].Id);
        Assert.Equal(0, (await fixture.RebuildAsync(cycle)).Differences);
    }

    [Fact]
    public async Task ClosedInTheMiddleOfACycle_GoesOnCounting_AndIsNamedAsClosed()
    {
        var p = fixture.Province;
        var school = await p.SchoolAsync(p.Zhengding);
        var cycle = await new TestCycle(fixture, school).OpenedAsync();

        await cycle.DeliverAsync(school.Known() with { ValidTo = new(2026, 9, 14), Version = 2, ChangedAt = Moment });
        await cycle.DeliverAsync(cycle.Submitted(school, "basics", TestProgramme.Basics("g1", 100, 2)));

        var child = (await fixture.NodeAsync(cycle, p.Zhengding)).Children.Single();
        Assert.Equal((school.Id, new DateOnly(2026, 9, 14), 1), (child.Organisation.Id, child.Organisation.ValidTo, child.Completeness.Submitted));
        Assert.Equal(new DateOnly(2026, 9, 14), (await fixture.SchoolAsync(cycle, school)).Organisation.ValidTo);
        Assert.Null((await fixture.NodeAsync(cycle, p.Zhengding)).Organisation.ValidTo);
    }

    [Fact]
    public async Task SixteenSchoolsMoveWhileTheySubmit_ARecountFindsNothing()
    {
        var p = fixture.Province;
        var schools = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => p.SchoolAsync(i % 2 == 0 ? p.Changan : p.Lianchi, "primary", ["g1"])));
        var cycle = await new TestCycle(fixture, schools).OpenedAsync();
        Organisation[] places = [p.Zhengding, p.Dingzhou, p.Changan, p.Lianchi];
        var moves = schools.Select((school, i) => Task.Run(async () =>
        {
            for (var version = 2; version <= 5; version++)
            {
                await cycle.DeliverAsync(school.MovedTo(places[(i + version) % 4], Moment.AddMinutes(version), version));
            }
        }));
        var submissions = schools.SelectMany(school => new[] { cycle.Submitted(school, "basics", TestProgramme.Basics("g1", 100, 3)), cycle.Submitted(school, "money", TestProgramme.Money(10m)) });

        await Task.WhenAll(moves.Append(cycle.DeliverAllAsync(submissions)));

        Assert.Equal((32, 48), await CountedAsync(cycle, p.Root, submitted: true));
        Assert.Equal((16, 48), await CountedAsync(cycle, p.Root));
        Assert.Equal(0, (await fixture.RebuildAsync(cycle)).Differences);
    }

    /// <summary>A tree of its own: X with A (S1, S2) and B, Y, and D as city and county. S1 went to B; A with S2 went to Y; after the closing S1 went to D.</summary>
    private async Task<string> PlayAsync(bool closed, Random? random)
    {
        var p = fixture.Province;
        var (x, y, d) = (await p.DivisionAsync(p.Root, "city"), await p.DivisionAsync(p.Root, "city"), await p.DivisionAsync(p.Root, "city", "county"));
        var (a, b) = (await p.DivisionAsync(x, "county"), await p.DivisionAsync(x, "county"));
        var (s1, s2) = (await p.SchoolAsync(a, "primary", ["g1"]), await p.SchoolAsync(a, "primary", ["g1"]));
        var cycle = new TestCycle(fixture, s1, s2);
        var moved = a.MovedTo(y, Moment);
        var events = new List<object>
        {
            cycle.Programme(), cycle.Opened(), cycle.Roster(1, 2, s1), cycle.Roster(2, 2, s2),
            s1.MovedTo(b, Moment), moved, s2.MovedTo(moved, Moment), s1.MovedTo(d, Moment.AddHours(2), 3),
            cycle.Submitted(s1, "basics", TestProgramme.Basics("g1", 100, 2)), cycle.Submitted(s1, "basics", TestProgramme.Basics("g1", 120, 3), revision: 2, minute: 3),
            cycle.Submitted(s1, "money", TestProgramme.Money(1000m)), cycle.Submitted(s2, "basics", TestProgramme.Basics("g1", 50, 1)), cycle.Submitted(s2, "money", TestProgramme.Money(10m)),
            cycle.Returned(s1, "basics", revision: 1, version: 2), cycle.Approved("county", 20, (s1, "basics", 2, 4), (s2, "money", 1, 2)),
        };
        if (closed)
        {
            events.Add(new CycleClosed { CycleId = cycle.Id, ClosedAt = Moment.AddHours(1) });
        }

        if (random is not null)
        {
            events = [.. events.Concat(events.Where(_ => random.Next(4) == 0)).OrderBy(_ => random.Next())];
        }

        foreach (var message in events)
        {
            await DeliverAsync(cycle, message);
        }

        var labels = new Dictionary<string, string> { [Number(p.Root)] = "R", [Number(x)] = "X", [Number(y)] = "Y", [Number(d)] = "D", [Number(a)] = "A", [Number(b)] = "B", [Number(s1)] = "S1", [Number(s2)] = "S2" };
        var dump = await DumpAsync(cycle, labels);
        Assert.Equal(0, (await fixture.RebuildAsync(cycle)).Differences);
        Assert.Equal(dump, await DumpAsync(cycle, labels));
        return dump;
    }

    private async Task<string> DumpAsync(TestCycle cycle, Dictionary<string, string> labels)
    {
        var text = new StringBuilder();
        string Label(string path) => string.Join('/', path.Split('/').Select(part => labels.GetValueOrDefault(part, part)));
        await fixture.Host.InDatabaseAsync(async db =>
        {
            var lines = (await db.Roster.Where(r => r.CycleId == cycle.Id).ToListAsync()).Select(r => $"roster {Label(r.Path)} {Label(r.NodePath)}")
                .Concat((await db.SchoolIndicators.Where(s => s.CycleId == cycle.Id).ToListAsync()).Select(s => Line($"school {Label(s.Path)} {Label(s.NodePath)} {s.Indicator} {s.Numerator} {s.Denominator} {s.Reason} {s.Approved} {s.AsOf:O}")))
                .Concat((await db.NodeFigures.Where(f => f.CycleId == cycle.Id).ToListAsync()).Select(f => Line($"figure {Label(f.Path)} {Label(f.ParentPath)} {f.Indicator} {f.Numerator} {f.Denominator} {f.Reported} {f.Due} {f.Approved} {f.Median} {f.AsOf:O}")))
                .Concat((await db.NodeCompleteness.Where(c => c.CycleId == cycle.Id).ToListAsync()).Select(c => Line(
                    $"node {Label(c.Path)} {Label(c.ParentPath)} {c.OrganisationId is null} {c.Schools} {c.Due} {c.Submitted} {c.OnTime} {c.CountyApproved} {c.CityApproved} {c.Accepted} {c.Returned} {c.AsOf:O}")));
            text.AppendJoin('\n', lines.Order(StringComparer.Ordinal));
        });
        return text.ToString();
    }

    private static string Line(FormattableString line) => line.ToString(CultureInfo.InvariantCulture);

    private static string Number(Organisation organisation) => organisation.Path.Split('/')[^2];

    private static async Task<int> StatusAsync(HttpClient client, string address)
    {
        using var response = await client.GetAsync(address);
        return (int)response.StatusCode;
    }

    private async Task<(int Count, int Due)> CountedAsync(TestCycle cycle, Organisation node, bool submitted = false)
    {
        var completeness = (await fixture.NodeAsync(cycle, node)).Completeness;
        return (submitted ? completeness.Submitted : completeness.Schools, completeness.Due);
    }

    private async Task<IReadOnlyList<Guid>> ChildrenAsync(TestCycle cycle, Organisation node) => [.. (await fixture.NodeAsync(cycle, node)).Children.Select(child => child.Organisation.Id)];

    private static Task DeliverAsync(TestCycle cycle, object message) => message switch
    {
        ProgrammePublished e => cycle.DeliverAsync(e),
        CycleOpened e => cycle.DeliverAsync(e),
        CycleRosterPublished e => cycle.DeliverAsync(e),
        CycleClosed e => cycle.DeliverAsync(e),
        OrganisationChanged e => cycle.DeliverAsync(e),
        ModuleReportSubmitted e => cycle.DeliverAsync(e),
        ModuleReportReturned e => cycle.DeliverAsync(e),
        ModuleReportsApproved e => cycle.DeliverAsync(e),
        _ => throw new ArgumentException(message.GetType().Name, nameof(message)),
    };
}
