using Gengdu.Contracts.Reporting.V1;
using Gengdu.Organisations;
using Gengdu.Supervision.Tests.Cycles;

namespace Gengdu.Supervision.Tests.Reviews;

/// <summary>What can be asked of the queue.</summary>
public sealed class QueueFilterTests(SupervisionFixture fixture) : IClassFixture<SupervisionFixture>
{
    [Fact]
    public async Task Get_Filters_EachKeepsItsReports()
    {
        var cycle = SupervisionFixture.NewId();
        var county = await fixture.Province.DivisionAsync(fixture.Province.Baoding, "county");
        var (old, clean, late) = (await fixture.Province.SchoolAsync(county), await fixture.Province.SchoolAsync(county), await fixture.Province.SchoolAsync(county));
        await fixture.ReportAsync(old, cycle, "curriculum", "safety");
        fixture.Host.Clock.Advance(TimeSpan.FromDays(4));
        await fixture.Host.Events.DeliverAsync(SupervisionFixture.Submitted(old, cycle, moduleKey: "bases") with { ExplainedWarnings = 3 });
        await fixture.ReportAsync(clean, cycle, "curriculum");
        // One module of several is late, warned and far off: the report is found by it.
        var one = SupervisionFixture.Submitted(late, cycle, moduleKey: "safety") with { OnTime = false, ExplainedWarnings = 1, Outliers = 1 };
        await fixture.Host.Events.DeliverAsync(one);
        await fixture.Host.Events.DeliverAsync(SupervisionFixture.Submitted(late, cycle, moduleKey: "teachers") with { ReportId = one.ReportId });
        using var client = await fixture.ClientAsync(Roles.CountyReviewer, county);

        await SeesAsync("step=county&clean=true", old, clean);
        await SeesAsync("step=county&clean=false", old, late);
        await SeesAsync("step=county&late=true", late);
        await SeesAsync("step=county&module=safety", old, late);
        await SeesAsync("state=county-review&module=safety&late=false", old);
        await SeesAsync("step=county&waitingDays=3", old);
        await SeesAsync("step=county&returned=true");
        await SeesAsync("state=returned");
        await SeesAsync("step=county&outliers=true", late);
        await SeesAsync("outliers=false", old, clean);
        await SeesAsync($"search={Uri.EscapeDataString(clean.NameZh)}", clean);
        await SeesAsync($"search={clean.Code}", clean);
        await SeesAsync($"search={Uri.EscapeDataString(clean.NameEn.ToUpperInvariant().Replace(" ", "", StringComparison.Ordinal))}", clean);
        await SeesAsync("search=%25");
        await SeesAsync("search=_");
        Assert.Equal([old.Id, late.Id, clean.Id], (await client.QueueAsync($"cycleId={cycle}&order=warnings")).Items.Select(item => item.Organisation.Id).Distinct());
        var codes = (await client.QueueAsync($"cycleId={cycle}&order=code")).Items.Select(item => item.Organisation.Code!).Distinct().ToList();
        Assert.Equal(codes.Order(StringComparer.Ordinal), codes);

        async Task SeesAsync(string query, params Organisation[] schools)
        {
            var queue = await client.QueueAsync($"cycleId={cycle}&{query}");
            Assert.Equal(schools.Select(school => school.Id).Order(), queue.Items.Select(item => item.Organisation.Id).Distinct().Order());
            Assert.Equal(queue.Items.Count, queue.Total);
            Assert.Equal(6, queue.Counts["county-review"]);
        }
    }

    [Fact]
    public async Task Get_Overdue_ByTheDeadlineOfWhoHoldsIt_WithMoreTimeThatWasGiven()
    {
        var p = fixture.Province;
        var (cycle, now) = (SupervisionFixture.NewId(), fixture.Host.Clock.GetUtcNow());
        Organisation[] schools = [await p.SchoolAsync(p.Lianchi), await p.SchoolAsync(p.Lianchi), await p.SchoolAsync(p.Lianchi), await p.SchoolAsync(p.Lianchi)];
        var roster = CycleEvents.Roster(cycle, schools);
        await fixture.Host.Events.DeliverAsync(roster);
        await fixture.Host.Events.DeliverAsync(CycleEvents.CycleOpened(cycle) with { Deadlines = new Dictionary<string, DateTimeOffset> { ["school"] = now.AddDays(-1), ["county"] = now.AddDays(1), ["city"] = now.AddDays(9) } });
        await fixture.Host.Events.DeliverAsync(ExtensionDecidedConsumerTests.Decided(cycle, schools[2], days: 0) with { Until = now.AddDays(2) });
        var submitted = new List<ModuleReportSubmitted>();
        foreach (var entry in roster.Entries)
        {
            submitted.Add(SupervisionFixture.Submitted(schools.Single(school => school.Id == entry.OrganisationId), cycle) with { ReportId = entry.ReportId });
            await fixture.Host.Events.DeliverAsync(submitted[^1]);
        }

        using var client = await fixture.ClientAsync(Roles.CountyReviewer, p.Lianchi);
        foreach (var one in submitted.Where(one => one.OrganisationId == schools[1].Id || one.OrganisationId == schools[2].Id))
        {
            using var returned = await SupervisionFixture.ReturnAsync(client, await fixture.ReviewAsync(one));
        }

        await fixture.ApprovedAsync(submitted.Single(one => one.OrganisationId == schools[3].Id), Roles.CountyReviewer, p.Lianchi);
        await SeesAsync("overdue=true", schools[1]);
        await SeesAsync("overdue=false", schools[0], schools[2], schools[3]);
        fixture.Host.Clock.Advance(TimeSpan.FromDays(1.5));
        await SeesAsync("overdue=true", schools[0], schools[1]);
        await SeesAsync("step=county&overdue=true", schools[0]);
        fixture.Host.Clock.Advance(TimeSpan.FromDays(1));
        await SeesAsync("state=returned&overdue=true", schools[1], schools[2]);

        async Task SeesAsync(string query, params Organisation[] expected) =>
            Assert.Equal(expected.Select(school => school.Id).Order(), (await client.QueueAsync($"cycleId={cycle}&{query}")).Items.Select(item => item.Organisation.Id).Order());
    }

    [Theory]
    [InlineData("step=county")]
    [InlineData("cycleId=1")]
    [InlineData("cycleId=0199c0de-0000-7000-8000-000000000000&step=school")]
    [InlineData("cycleId=0199c0de-0000-7000-8000-000000000000&step=7")]
    [InlineData("cycleId=0199c0de-0000-7000-8000-000000000000&step=village")]
    [InlineData("cycleId=0199c0de-0000-7000-8000-000000000000&page=99999999999")]
    [InlineData("cycleId=0199c0de-0000-7000-8000-000000000000&state=lost")]
    [InlineData("cycleId=0199c0de-0000-7000-8000-000000000000&state=returned&step=county")]
    [InlineData("cycleId=0199c0de-0000-7000-8000-000000000000&order=name")]
    [InlineData("cycleId=0199c0de-0000-7000-8000-000000000000&clean=perhaps")]
    [InlineData("cycleId=0199c0de-0000-7000-8000-000000000000&waitingDays=-1")]
    [InlineData("cycleId=0199c0de-0000-7000-8000-000000000000&search=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public async Task Get_QueryThatCannotBeRead_Returns400(string query)
    {
        using var client = await fixture.ClientAsync(Roles.ProvinceOwner, fixture.Province.Root);
        using var response = await client.GetAsync($"/api/supervision/queue?{query}");
        await SupervisionFixture.RefusedAsync(response, 400, "GEN-0010");
    }
}
