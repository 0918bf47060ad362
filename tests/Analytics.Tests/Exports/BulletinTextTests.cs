using Gengdu.Analytics.Dashboards;
using Gengdu.Analytics.Exports;
using Gengdu.Analytics.Exports.Bulletins;
using Gengdu.Rules;

namespace Gengdu.Analytics.Tests.Exports;

/// <summary>What is said of which figures: a sentence stands only where its numbers do.</summary>
public sealed class BulletinTextTests
{
    private static readonly Programme s_programme = ProgrammeReader.FromJson(TestProgramme.Published("1").Bundle);
    private static readonly DateTimeOffset s_now = TestCycle.Start.AddDays(10);

    [Fact]
    public void Changes_AreSaidBySense_NotBySign()
    {
        var text = Text(Facts(Node(70, ("K01", 90), ("K03", 0.5m)), before: Node(60, ("K01", 80), ("K03", 1m))));
        Assert.Contains("与春季相比，1 项指标改善，1 项变差", text, StringComparison.Ordinal);
        Assert.Contains("上一周期（春季）为 60.0，提高 10.0", text, StringComparison.Ordinal);
        Assert.Contains("K01 K01 (个)|80.00|90.00|+10.00|改善", text, StringComparison.Ordinal);
        Assert.Contains("K03 K03 (个)|1.00|0.50|−0.50|变差", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Changes_WithoutACycleBefore_AreLeftOut_AndTheNextSectionHasTheirNumber()
    {
        var text = Text(Facts(Node(70), before: null));
        Assert.DoesNotContain("与上一周期相比", text, StringComparison.Ordinal);
        Assert.Contains("二、报送、退回与审核", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Standings_EqualScoresShareARank_WithoutOneNone()
    {
        var node = Node(70) with { Children = [Child("甲", 80), Child("乙", 90), Child("丙", 80), Child("丁", null)] };
        var text = Text(Facts(node, before: null));
        Assert.Contains("乙|1|90.0", text, StringComparison.Ordinal);
        Assert.Contains("甲|2|80.0", text, StringComparison.Ordinal);
        Assert.Contains("丙|2|80.0", text, StringComparison.Ordinal);
        Assert.Contains("丁|–|–", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Standings_WhoHasNotReported_NeitherLeadsNorIsLast()
    {
        var node = Node(70) with { Children = [Child("甲", 80), Child("乙", 0, submitted: 0), Child("丙", 90)] };
        Assert.Contains("已有报送的 2 个单位中，指数居前的是丙（90.0）；居后的是甲（80.0）。", Text(Facts(node, before: null)), StringComparison.Ordinal);
    }

    [Fact]
    public void Missing_AllThere_AsksForNothing_SomeMissing_NamesThemAndTheDay()
    {
        var all = Text(Facts(Node(70), before: null));
        Assert.Contains("应报模块已全部报送", all, StringComparison.Ordinal);
        Assert.DoesNotContain("下一步要求", all, StringComparison.Ordinal);

        var owing = Node(70, submitted: 8) with { Children = [Child("甲", 80, submitted: 2), Child("乙", 90)] };
        var some = Text(Facts(owing, before: null));
        Assert.Contains("尚有 2 个模块未报，涉及 1 个单位：甲（3）", some, StringComparison.Ordinal);
        Assert.Contains("应于 2026年10月15日 前完成填报和签署", some, StringComparison.Ordinal);
        Assert.Contains("已过截止时间", Text(Facts(owing, before: null, made: TestCycle.Start.AddDays(60))), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, "本周期已结束")]
    [InlineData(false, "以下为阶段性结果")]
    public void Provisional_IsSaid(bool closed, string said) => Assert.Contains(said, Text(Facts(Node(70), before: null, closed: closed)), StringComparison.Ordinal);

    [Fact]
    public void English_IsComplete()
    {
        var text = Text(Facts(Node(70, ("K01", 90)), before: Node(60, ("K01", 80))), "en");
        Assert.DoesNotContain(text.Replace("测试", "", StringComparison.Ordinal), c => c is >= '\u4e00' and <= '\u9fff' && "个教学经费甲春季".IndexOf(c, StringComparison.Ordinal) < 0);
    }

    private static (BulletinFacts Facts, DateTimeOffset Made) Facts(NodeDashboardResponse now, NodeDashboardResponse? before, bool closed = false, DateTimeOffset? made = null) =>
        (new(now, before, new("秋季", "Autumn", "2026-autumn", new(2026, 9, 1), new(2027, 1, 31), TestCycle.Start.AddDays(30), closed, null, "春季", "Spring"), s_programme), made ?? s_now);

    private static string Text((BulletinFacts Facts, DateTimeOffset Made) given, string language = "zh")
    {
        var bulletin = BulletinText.Write(given.Facts, new ExportWords(language, Guid.Empty, given.Made));
        return string.Join('\n', bulletin.Blocks.SelectMany(block => block switch
        {
            BulletinHeading heading => [heading.Text],
            BulletinParagraph paragraph => [paragraph.Text],
            BulletinTable table => [table.Caption, string.Join('|', table.Headings), .. table.Rows.Select(row => string.Join('|', row))],
            _ => Array.Empty<string>(),
        }));
    }

    private static NodeDashboardResponse Node(decimal index, params (string Id, decimal Value)[] figures) => Node(index, 10, figures);

    private static NodeDashboardResponse Node(decimal index, int submitted, params (string Id, decimal Value)[] figures) => new(
        Place("某县", "Some County"), [], Guid.Empty, TestCycle.Start, Reported(10, submitted), [new("teaching", index, "amber")], new(index, "amber"),
        [.. figures.Select(figure => new FigureResponse(
            figure.Id, "teaching", "ratio", figure.Value, figure.Value, 1, new("个", "個"), 1, "up", "none", null, new(TestCycle.Start, new(1, 1), 1, "1", [], 0)))], []);

    private static ChildResponse Child(string name, decimal? index, int submitted = 5) =>
        new(Place(name, name), Reported(5, submitted), new(index, "none"), [new("teaching", index, "none")], new Dictionary<string, ShortFigureResponse>());

    private static CompletenessResponse Reported(int due, int submitted) => new(1, due, submitted, submitted, 0, 0, 0, 0, 0, (decimal)submitted / due, (decimal)submitted / due);

    private static OrganisationResponse Place(string zh, string en) => new(Guid.CreateVersion7(TestCycle.Start), "130102", zh, en, ["county"], "/1/", null);
}
