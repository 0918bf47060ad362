using Gengdu.Analytics.Explanations;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using static Gengdu.Analytics.Tests.Explanations.ReportedProvince;

namespace Gengdu.Analytics.Tests.Explanations;

public sealed class ListFigureSchoolsTests(AnalyticsFixture fixture) : IClassFixture<AnalyticsFixture>
{
    [Fact]
    public async Task List_SchoolsBehindANumber_InTheOrderAskedFor()
    {
        var p = fixture.Province;
        var (cycle, late) = await ReportedAsync(fixture);
        var low = await AskAsync<Page<FigureSchoolResponse>>(fixture, Address("K27", cycle, p.Root, "/schools", "&order=low&pageSize=2"));
        Assert.Equal((5, 2), (low.Total, low.Items.Count));
        Assert.Equal([(p.ChanganPrimary.Id, (decimal?)3m, true)], low.Items.Take(1).Select(s => (s.Organisation.Id, s.Value, s.Approved)));
        var high = await AskAsync<Page<FigureSchoolResponse>>(fixture, Address("K27", cycle, p.Root, "/schools", "&order=high"));
        Assert.Equal([20m, 5m, 4m, 3m, null], high.Items.Select(s => s.Value));

        var left = await AskAsync<Page<FigureSchoolResponse>>(fixture, Address("K27", cycle, p.Root, "/schools", "&left=out"));
        Assert.Equal([(late.Id, "not-submitted")], left.Items.Select(s => (s.Organisation.Id, s.Reason!)));
        Assert.Equal(1, left.Total);
    }

    /// <summary>Of a place that is said to have very many schools an index is read instead of all of them: the same schools on the same pages.</summary>
    [Fact]
    public async Task List_ByValueOfALargePlace_IsWhatSortingGives()
    {
        var p = fixture.Province;
        var (cycle, _) = await ReportedAsync(fixture);
        var pages = from order in new[] { "low", "high" } from left in new[] { "", "&left=in" } from page in new[] { 1, 2, 3 } select $"&order={order}{left}&pageSize=2&page={page}";
        var asked = pages.Select(query => Address("K27", cycle, p.Root, "/schools", query)).ToArray();
        var sorted = new List<Page<FigureSchoolResponse>>();
        foreach (var address in asked)
        {
            sorted.Add(await AskAsync<Page<FigureSchoolResponse>>(fixture, address));
        }

        await fixture.Host.InDatabaseAsync(db => db.Database.ExecuteSqlAsync($"update node_completeness set schools = 3000 where cycle_id = {cycle.Id} and path = {p.Root.Path}"));
        foreach (var (address, page) in asked.Zip(sorted))
        {
            var read = await AskAsync<Page<FigureSchoolResponse>>(fixture, address);
            Assert.Equal(page.Items.Select(one => (one.Organisation.Id, one.Value, one.Light, one.Reason)), read.Items.Select(one => (one.Organisation.Id, one.Value, one.Light, one.Reason)));
            // What was said of the place shows that it was taken for large.
            Assert.Equal(address.Contains("left=in", StringComparison.Ordinal) ? 4 : 3000, read.Total);
        }
    }

    [Fact]
    public async Task List_LeftOut_PageByPageInTheTreesOrder_AndOfADepartmentsOwnPeopleNobody()
    {
        var p = fixture.Province;
        var more = await p.SchoolAsync(p.Changan);
        var cycle = await new TestCycle(fixture, p.ChanganPrimary, p.ZhengdingJunior, more).OpenedAsync();
        var pages = new List<Page<FigureSchoolResponse>>();
        for (var page = 1; page <= 3; page++)
        {
            pages.Add(await AskAsync<Page<FigureSchoolResponse>>(fixture, Address("K27", cycle, p.Root, "/schools", $"&left=out&pageSize=1&page={page}")));
        }

        Assert.Equal(new[] { p.ChanganPrimary, p.ZhengdingJunior, more }.OrderBy(school => school.Path, StringComparer.Ordinal).Select(school => school.Id), pages.Select(page => Assert.Single(page.Items).Organisation.Id));
        Assert.All(pages, page => Assert.Equal(3, page.Total));
        var own = await AskAsync<Page<FigureSchoolResponse>>(fixture, Address("K27", cycle, p.Changan, "/schools", "&left=out"), Roles.Reporter, p.Changan);
        Assert.Equal((0, 0), (own.Total, own.Items.Count));
    }

    [Fact]
    public async Task List_OfAGroup_IsTheGroupOfTheBreakdown()
    {
        var p = fixture.Province;
        var (cycle, _) = await ReportedAsync(fixture);
        foreach (var by in new[] { "city", "county", "school-type", "stage", "urban-rural", "run-by", "peers", "approval" })
        {
            var breakdown = await AskAsync<BreakdownResponse>(fixture, Address("K27", cycle, p.Root, "/breakdown", $"&by={by}"));
            foreach (var group in breakdown.Groups)
            {
                var schools = await AskAsync<Page<FigureSchoolResponse>>(fixture, Address("K27", cycle, p.Root, "/schools", $"&by={by}&group={Uri.EscapeDataString(group.Key)}&left=in"));
                Assert.Equal((by, group.Key, group.Reported, group.Numerator ?? 0), (by, group.Key, schools.Total, schools.Items.Sum(s => s.Numerator ?? 0)));
            }
        }
    }

    [Fact]
    public async Task List_NamesOnlySchoolsOfTheCaller_AndKnowsItsWords()
    {
        var p = fixture.Province;
        var (cycle, _) = await ReportedAsync(fixture);
        var own = await AskAsync<Page<FigureSchoolResponse>>(fixture, Address("K27", cycle, p.Changan, "/schools"), Roles.CountyReviewer, p.Changan);
        Assert.Equal(4, own.Total);
        await RefusedAsync(fixture, Address("K27", cycle, p.Shijiazhuang, "/schools"), 404, "GEN-0006", Roles.CountyReviewer, p.Changan);
        await RefusedAsync(fixture, Address("K27", cycle, p.Root, "/schools", "&by=colour"), 422, "ANA-0013");
        await RefusedAsync(fixture, Address("K27", cycle, p.Root, "/schools", "&order=newest"), 422, "ANA-0013");
        await RefusedAsync(fixture, Address("K27", cycle, p.ChanganPrimary, "/schools"), 404, "ANA-0011");
    }
}
