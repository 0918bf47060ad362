using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Gengdu.Analytics.Comparisons;
using Gengdu.Analytics.Dashboards;
using Gengdu.Analytics.Exports;
using Gengdu.Analytics.Exports.Pages;
using Gengdu.Organisations;
using Gengdu.Rules;
using Gengdu.TestKit;
using static Gengdu.Analytics.Tests.Exports.ExportScenes;

namespace Gengdu.Analytics.Tests.Exports;

/// <summary>The one chart as a printed page: the screen's numbers, colours and signs.</summary>
[Collection(nameof(ExportsShared))]
public sealed partial class PageExportTests(AnalyticsFixture fixture)
{
    private const string Hostile = "<script>alert(1)</script>\"><img src=http://x/y>";

    [Theory]
    [InlineData("zh", "长安区-一图表-2026-autumn-")]
    [InlineData("en", "Chang'an District-chart-2026-autumn-")]
    public async Task Page_OfACounty_IsAPdfFile(string language, string name)
    {
        var cycle = await fixture.ReportedAsync();
        using var county = await fixture.ClientAsync(Roles.CountyReviewer, fixture.Province.Changan);
        var (export, content) = await county.FetchedAsync(Order(cycle, fixture.Province.Changan, "chart", "pdf", language));
        Keep($"page-{language}.pdf", content);
        Assert.True(content.AsSpan().StartsWith("%PDF-"u8) && content.Length > 10_000, $"{content.Length} bytes");
        Assert.StartsWith(name, export.FileName, StringComparison.Ordinal);
        // The county and its two schools.
        Assert.Equal((3L, 3, 3), (export.Rows, export.Done, export.Total));
    }

    [Fact]
    public async Task Page_OfASchool_IsMadeForItsPeople_OutsideIs404_NotOnTheRosterItFails()
    {
        var cycle = await fixture.ReportedAsync();
        var p = fixture.Province;
        using var school = await fixture.ClientAsync(Roles.Reporter, p.ChanganPrimary);
        var (_, content) = await school.FetchedAsync(Order(cycle, p.ChanganPrimary, "chart", "pdf"));
        Keep("page-school.pdf", content);
        Assert.True(content.AsSpan().StartsWith("%PDF-"u8));
        using (var outside = await school.PostAsJsonAsync("/api/analytics/exports", Order(cycle, p.ChanganNineYear, "chart", "pdf")))
        {
            await AnalyticsFixture.RefusedAsync(outside, 404, "GEN-0006");
        }

        using var county = await fixture.ClientAsync(Roles.CountyReviewer, p.Lianchi);
        var failed = await county.EndedAsync((await county.AskedAsync(Order(cycle, p.LianchiVocational, "chart", "pdf"))).Id);
        Assert.Equal(("failed", "ANA-0003"), (failed.State, failed.Problem));
        using var file = await county.GetAsync($"/api/analytics/exports/{failed.Id}/file");
        Assert.Equal(HttpStatusCode.Conflict, file.StatusCode);
    }

    /// <summary>Every number of the screen's answer stands on the page, each figure with its passport.</summary>
    [Theory]
    [InlineData("zh")]
    [InlineData("en")]
    public async Task Html_OfAProvince_SaysWhatTheDashboardSays(string language)
    {
        var cycle = await fixture.ReportedAsync();
        var node = await fixture.NodeAsync(cycle, fixture.Province.Root);
        var page = Node(node, NodeCharts.None, language);
        Keep($"page-{language}.html", System.Text.Encoding.UTF8.GetBytes(page));
        var html = Text(page);
        var shown = node.Indicators.Where(figure => figure.Later is null).ToList();
        Assert.Equal(shown.Count, AsOf().Count(html) - 1);
        Assert.All(node.Children, child => Assert.Contains(language == "zh" ? child.Organisation.NameZh : child.Organisation.NameEn, html, StringComparison.Ordinal));
        Assert.All(shown.Where(figure => figure.Value is not null), figure => Assert.Contains(new PageWords(Words(language)).Figure(figure.Value, figure.Unit?.Zh, 2), html, StringComparison.Ordinal));
        Assert.Contains(language == "zh" ? "周期未结束，数据为阶段性结果" : "cycle still open: provisional", html, StringComparison.Ordinal);
        Assert.Contains(Words(language).Watermark, html, StringComparison.Ordinal);
        if (language == "en")
        {
            Assert.DoesNotContain(html.Replace("测试", "", StringComparison.Ordinal), c => c is >= '\u4e00' and <= '\u9fff' && "个教学经费".IndexOf(c, StringComparison.Ordinal) < 0);
        }
    }

    [Fact]
    public void Html_EncodesNames_AndRunsNothing()
    {
        var place = new OrganisationResponse(Guid.Empty, "1", Hostile, Hostile, ["county"], "/1/", null);
        var school = place with { LevelRoles = ["school"] };
        var reported = new CompletenessResponse(2, 6, 3, 2, 1, 1, 0, 0, 1, 0.5m, 0.33m, 1);
        var child = new ChildResponse(school, reported, new(50, "red"), [new("teaching", 50, "red")], new Dictionary<string, ShortFigureResponse> { ["K01"] = new(50, "red") });
        var figure = new FigureResponse("K01", "teaching", "share", 50, 1, 2, new(Hostile, Hostile), 100, "up", "red", null, new(TestCycle.Start, new(1, 2), 0.5m, "1", [], 1));
        var node = new NodeDashboardResponse(place, [new(Guid.Empty, Hostile, Hostile)], Guid.Empty, TestCycle.Start, reported, [new("teaching", 50, "red"), new("money", null, "none")], new(50, "red"), [figure], [child]);
        var progress = new ProgressResponse(place, Guid.Empty, [new(Hostile, new(Hostile, Hostile))], [new(Guid.Empty, "1", Hostile, Hostile, true, ["returned"])]);
        var html = Node(node, NodeCharts.None with { Progress = progress }, "zh");
        Safe(html);
        // A sign beside each colour: the square of what is missed, the arrow of what was sent back.
        Assert.Contains("M2.5 2.5h11v11h-11Z", html, StringComparison.Ordinal);
        Assert.Contains("<td class=\"back\"><svg class=\"mark\"", html, StringComparison.Ordinal);
        Assert.Contains("<td class=\"s0\">50</td>", html, StringComparison.Ordinal);
        var words = new PageWords(Words("zh"));
        Safe(SchoolPage.Write(
            new(school, [], Guid.Empty, TestCycle.Start, reported, [new("teaching", 50, "red")], new(50, "red"), [new(Hostile, "returned", 1, null)],
                [new("K01", "teaching", "share", 50, 1, 2, new(Hostile, Hostile), 100, "up", "red", null, null, 40, new(TestCycle.Start, new(1, 1), 1, "1", [], 0))]),
            null, null, Programme(), new(Programme(), Cycle(), words), words));
    }

    /// <summary>The same steps as the screen's table of places by indicators (heat.test.ts).</summary>
    [Theory]
    [InlineData(59, 100, "up", 0)]
    [InlineData(60, 100, "up", 1)]
    [InlineData(89, 100, "up", 2)]
    [InlineData(99, 100, "up", 3)]
    [InlineData(130, 100, "up", 4)]
    [InlineData(2, 1, "down", 0)]
    [InlineData(1, 1, "down", 4)]
    [InlineData(10, 10, "band", 4)]
    [InlineData(12, 10, "band", 2)]
    [InlineData(30, 10, "band", 0)]
    [InlineData(1, null, "up", 0)]
    [InlineData(3, null, "up", 4)]
    [InlineData(3, null, "down", 0)]
    public void Heat_IsColouredByTheTarget_OrByThePlaceAmongTheOthers(int value, int? target, string direction, int step) =>
        Assert.Equal(step, PageHeat.Step(value, new("K01", "teaching", "ratio", value, null, null, null, target, direction, "none", null, new(TestCycle.Start, new(1, 1), 1, "1", [], 0)), [1, 2, 3]));

    [Fact]
    public void Numbers_AreWrittenAsOnTheScreen()
    {
        var (zh, en) = (new PageWords(Words("zh")), new PageWords(Words("en")));
        Assert.Equal(["99.9%", "100.0%", "–", "33.3%", "97.0%"], new[] { 0.9996m, 1, (decimal?)null, 0.3333m, 0.97m }.Select(PageWords.Share));
        Assert.Equal(["20%", "12.5%", "20"], new[] { "20.0%", "12.5%", "20" }.Select(PageWords.Tick));
        Assert.Equal(["123.46万", "1.23亿", "99,999.5", "51.2%", "97.0%", "99.9%", "–"], new[] { zh.Figure(1_234_567, "元", 2), zh.Figure(123_456_789, "元", 2), zh.Figure(99_999.5m, "元", 2), zh.Figure(51.234m, "%", 2), zh.Figure(97, "%", 0), zh.Figure(99.99m, "%", 1), zh.Figure(null, "%", 2) });
        Assert.Equal(["1.23M", "123.46K"], new[] { en.Figure(1_234_567, "元", 2), en.Figure(123_456, "元", 2) });
    }

    /// <summary>One visual language: whoever changes a colour of the screen changes it here too.</summary>
    [Fact]
    public void Colours_AreThoseOfTheScreen()
    {
        var screen = string.Concat(new[] { "ui/tokens.css", "ui/charts/palette.css" }.Select(file => File.ReadAllText(RepositoryRoot.Combine("web", "src", file)).Split(".wall")[0]));
        var own = Colour().Matches(PageStyle.Colours).Select(match => match.Value).ToList();
        Assert.True(own.Count > 15);
        Assert.All(own, colour => Assert.Contains(colour, screen, StringComparison.Ordinal));
    }

    private static void Safe(string html)
    {
        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<img", html, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("default-src 'none'", html, StringComparison.Ordinal);
    }

    private static string Node(NodeDashboardResponse node, NodeCharts charts, string language) =>
        new PageWords(Words(language)) is var words ? NodePage.Write(node, charts, Programme(), new(Programme(), Cycle(), words), words) : "";

    private static string Text(string html) => WebUtility.HtmlDecode(html);

    private static ExportWords Words(string language) => new(language, Guid.Empty, TestCycle.Start);

    private static Programme Programme() => ProgrammeReader.FromJson(TestProgramme.Published("1").Bundle);

    private static ExportCycle Cycle() => new("秋季", "Autumn", "2026-autumn", new(2026, 9, 1), new(2027, 1, 31), TestCycle.Start.AddDays(30), false, null, null, null);

    [GeneratedRegex("截至|[aA]s of", RegexOptions.None, 1000)]
    private static partial Regex AsOf();

    [GeneratedRegex("--[a-z0-9-]+: #[0-9a-f]{6}", RegexOptions.None, 1000)]
    private static partial Regex Colour();
}
