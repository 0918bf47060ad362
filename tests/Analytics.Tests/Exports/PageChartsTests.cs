using System.Net;
using Gengdu.Analytics.Dashboards;
using Gengdu.Analytics.Explanations;
using Gengdu.Analytics.Exports;
using Gengdu.Analytics.Exports.Pages;
using Gengdu.Analytics.Programmes;
using Gengdu.Organisations;
using Gengdu.Rules;
using Gengdu.ServiceDefaults;
using Microsoft.Extensions.DependencyInjection;

namespace Gengdu.Analytics.Tests.Exports;

/// <summary>The printed page has every chart that the screen has at that level (ProvinceDashboard.vue, NodeDashboard.vue, SchoolDashboard.vue).</summary>
[Collection(nameof(ExportsShared))]
public sealed class PageChartsTests(AnalyticsFixture fixture)
{
    private static readonly (string Zh, string En)[] s_everywhere =
    [
        ("要求领域", "Requirement areas"), ("填报进展", "Progress of reports"), ("离目标最远的指标", "Furthest from the target"), ("指标对比", "One indicator compared"), ("单位 × 指标", "Places by indicators"),
        ("关键指标", "Key indicators"), ("校际分布", "Spread between schools"), ("逐期变化", "Over the periods"), ("明细表", "Table"),
    ];

    private static readonly (string Zh, string En)[] s_province = [.. s_everywhere, ("全省分布", "Across the province"), ("全省各县", "Counties of the province"), ("各市比较", "Cities compared")];
    private static readonly (string Zh, string En)[] s_city = [.. s_everywhere, ("地图", "Map"), ("各县比较", "Counties compared"), ("两项对照", "Two numbers side by side"), ("控制图", "Control chart")];
    private static readonly (string Zh, string En)[] s_county = [.. s_everywhere, ("各校比较", "Schools compared"), ("学校 × 模块进度", "Schools by modules"), ("两项对照", "Two numbers side by side")];
    private static readonly (string Zh, string En)[] s_school = [("实施指数", "Implementation index"), ("模块状态", "Modules"), ("逐期变化", "Over the periods"), ("教学", "教学"), ("经费", "经费")];

    [Theory]
    [InlineData("zh")]
    [InlineData("en")]
    public async Task Page_OfEachLevel_HasTheChartsOfTheScreen(string language)
    {
        var cycle = await fixture.ReportedAsync();
        var p = fixture.Province;
        await cycle.DeliverAsync(cycle.Submitted(p.ChanganNineYear, "basics", TestProgramme.Basics("g1", 80, 4)));
        await cycle.DeliverAsync(cycle.Submitted(p.ChanganNineYear, "money", TestProgramme.Money(4000)));
        await cycle.DeliverAsync(cycle.Submitted(p.ChanganNineYear, "care", TestProgramme.Care(1)));
        await cycle.DeliverAsync(cycle.Submitted(p.ChanganPrimary, "care", TestProgramme.Care(0)));
        // Two counties with both numbers, or there is nothing to hold side by side.
        await cycle.DeliverAsync(cycle.Submitted(p.ZhengdingJunior, "basics", TestProgramme.Basics("g7", 50, 3), revision: 2, minute: 5));
        await cycle.DeliverAsync(cycle.Submitted(p.ZhengdingJunior, "money", TestProgramme.Money(900)));
        await cycle.DeliverAsync(cycle.Submitted(p.ZhengdingJunior, "care", TestProgramme.Care(1)));
        foreach (var (place, charts) in new[] { (p.Root, s_province), (p.Shijiazhuang, s_city), (p.Changan, s_county), (p.ChanganPrimary, s_school) })
        {
            var html = await PageAsync(cycle, place, language);
            Assert.Equal(charts.Select(chart => language == "zh" ? chart.Zh : chart.En).Order(StringComparer.Ordinal), Titles(html).Order(StringComparer.Ordinal));
            Assert.DoesNotContain("NaN", html, StringComparison.Ordinal);
            Assert.Contains("counter(page) \" / \" counter(pages)", html, StringComparison.Ordinal);
        }
    }

    /// <summary>The money by use and the shape of the areas: what the test programme is too small for.</summary>
    [Theory]
    [InlineData("zh", "经费构成", "设备 12.35万元 (75.5%)", "合计 16.35万元")]
    [InlineData("en", "What the money goes into", "Equipment 123.46K yuan (75.5%)", "163.46K yuan in all")]
    public void Money_IsATreemap_WithItsPartsInWords(string language, string title, string part, string whole)
    {
        GroupResponse Use(string key, ServiceDefaults.Text name, decimal? sum) => new(key, name, sum, "none", sum, null, 3, 2, 0, null);
        var rows = new GroupRows(Use("", new("", ""), 163_456), [Use("b", new("用途：耗材", "Use: consumables"), 40_000), Use("a", new("用途：设备", "Use: Equipment"), 123_456), Use("c", new("用途：其他", "Use: other"), null)], TestCycle.Start);
        var html = Write(language, NodeCharts.None with { Money = (rows, new Gengdu.Rules.Text("元", "yuan")) }, programme => [.. programme.Areas.Select(area => new AreaResponse(area.Key, 50, "red"))]);
        Assert.Contains(title, Titles(html));
        var text = System.Text.RegularExpressions.Regex.Replace(WebUtility.HtmlDecode(html), "<[^>]+>", "");
        Assert.All([part, whole], one => Assert.Contains(one, text, StringComparison.Ordinal));
        // Largest first, and nothing that nobody wrote.
        Assert.Equal(2, html.Split("<g class=\"c").Length - 1);
        // Two areas are no shape.
        Assert.DoesNotContain(language == "zh" ? "领域形状" : "Shape of the areas", Titles(html));
    }

    private static string Write(string language, NodeCharts charts, Func<Programme, IReadOnlyList<AreaResponse>> areas)
    {
        var (programme, words) = (ProgrammeReader.FromJson(TestProgramme.Published("1").Bundle), new PageWords(new ExportWords(language, Guid.Empty, TestCycle.Start)));
        var place = new OrganisationResponse(Guid.Empty, "130100", "石家庄市", "Shijiazhuang", ["city"], "/1/", null);
        var node = new NodeDashboardResponse(place, [], Guid.Empty, TestCycle.Start, new(0, 0, 0, 0, 0, 0, 0, 0, 0, null, null), areas(programme), new(null, "none"), [], []);
        return NodePage.Write(node, charts, programme, new(programme, new("秋", "Autumn", "a", new(2026, 9, 1), new(2027, 1, 1), null, false, null, null, null), words), words);
    }

    private async Task<string> PageAsync(TestCycle cycle, Organisation place, string language)
    {
        var (services, cancel) = (fixture.Host.Services, TestContext.Current.CancellationToken);
        var person = await fixture.Province.PersonAsync(Roles.ProvinceOwner, fixture.Province.Root);
        var caller = await services.GetRequiredService<AccessCache>().CallerAsync(person, cancel);
        var (shelf, programmes) = (services.GetRequiredService<GroupShelf>(), services.GetRequiredService<ProgrammeShelf>());
        await using var connection = await services.GetRequiredService<Database>().System.OpenConnectionAsync(cancel);
        var (head, _) = await DashboardHead.ReadAsync(connection, programmes, caller, place.Id, cycle.Id, cancel);
        var of = await ExportCycle.ReadAsync(connection, cycle.Id, cancel);
        var (html, _, problem) = await PageFacts.ReadAsync(connection, programmes, shelf, caller, head!, cycle.Id, of, new(language, person, TestCycle.Start), cancel);
        Assert.Null(problem);
        return html!;
    }

    private static List<string> Titles(string html) =>
        [.. System.Text.RegularExpressions.Regex.Matches(html, "<h2>([^<]+)").Select(match => WebUtility.HtmlDecode(match.Groups[1].Value))];
}
