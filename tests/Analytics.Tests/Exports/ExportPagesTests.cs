using Gengdu.Analytics.Exports;
using Gengdu.Analytics.Exports.Bulletins;
using Gengdu.Analytics.Exports.Summary;

namespace Gengdu.Analytics.Tests.Exports;

/// <summary>The pages that are printed: whatever a place is called, they load and run nothing, and colour never says anything alone.</summary>
public sealed class ExportPagesTests
{
    private const string Hostile = "<script>alert(1)</script><img src=http://x/y>";
    private static readonly ExportWords s_words = new("zh", Guid.Empty, TestCycle.Start);

    [Fact]
    public void Summary_EncodesNames_HasGroupsSideBySide_AndASignForEachLight()
    {
        var html = SummaryPage.Write(new(
            "zh-CN", Hostile, [Hostile], new("序号", "代码", "单位", "汇总表"),
            [new("甲", [new("一", "%", 1), new("二", "", 0)]), new("乙", [new("三", "个", 2)])],
            [new(0, "1", "合计", [new(1.25m, "red"), new(null, "none"), new(3, "amber")]), new(1, "2", Hostile, [new(80, "green"), new(2, "none"), new(1234.5m, "none")])], [Hostile], new("说明", [], []), s_words.Watermark));
        Safe(html);
        Assert.Single(html.Split("<table>")[1..]);
        Assert.All(["1.3 ▼", "3.00 △", ">80.0<", ">–<", ">1,234.50<", "colspan=\"2\"", "colspan=\"1\""], part => Assert.Contains(part, html, StringComparison.Ordinal));
        Assert.Contains(s_words.Watermark, System.Net.WebUtility.HtmlDecode(html), StringComparison.Ordinal);
    }

    /// <summary>As few tables as the paper holds: groups stay whole and in their order, a wide one stands alone.</summary>
    [Theory]
    [InlineData(new[] { 5, 9, 11, 6, 7, 5, 3, 1, 2, 2 }, new[] { 14, 11, 13, 13 })]
    [InlineData(new[] { 2, 20, 3 }, new[] { 2, 20, 3 })]
    [InlineData(new int[0], new int[0])]
    public void Summary_PutsGroupsSideBySide_AsFarAsThePaperHoldsThem(int[] columns, int[] tables)
    {
        var groups = columns.Select((count, at) => new SummaryGroup($"{at}", [.. Enumerable.Repeat(new SummaryColumn("x", "", 0), count)])).ToList();
        var sheets = SummaryPage.Sheets(groups);
        Assert.Equal(tables, sheets.Select(sheet => sheet.Sum(group => group.Columns.Count)));
        Assert.Equal(groups, sheets.SelectMany(sheet => sheet));
    }

    [Fact]
    public void Bulletin_EncodesWhatStandsInIt()
    {
        var html = BulletinPage.Write(new(
            Hostile, Hostile, Hostile, Hostile, [new BulletinHeading(Hostile), new BulletinParagraph(Hostile), new BulletinTable(Hostile, [Hostile], [[Hostile]])], Hostile, "（印章）", "今天", [Hostile], s_words.Watermark), s_words);
        Safe(html);
        Assert.Contains("（印章）", System.Net.WebUtility.HtmlDecode(html), StringComparison.Ordinal);
    }

    private static void Safe(string html)
    {
        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<img", html, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("default-src 'none'", html, StringComparison.Ordinal);
    }
}
