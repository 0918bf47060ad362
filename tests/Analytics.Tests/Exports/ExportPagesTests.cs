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
    public void Summary_EncodesNames_HasATableForEachGroup_AndASignForEachLight()
    {
        var html = SummaryPage.Write(new(
            "zh-CN", Hostile, [Hostile], new("序号", "代码", "单位", "汇总表"),
            [new("甲", [new("一", "%", 1), new("二", "", 0)]), new("乙", [new("三", "个", 2)])],
            [new(0, "1", "合计", [new(1.25m, "red"), new(null, "none"), new(3, "amber")]), new(1, "2", Hostile, [new(80, "green"), new(2, "none"), new(1234.5m, "none")])], [Hostile], new("说明", [], []), s_words.Watermark));
        Safe(html);
        Assert.Equal(2, html.Split("<table>").Length - 1);
        Assert.All(["1.3 ▼", "3.00 △", ">80.0<", ">–<", ">1,234.50<", "colspan=\"2\""], part => Assert.Contains(part, html, StringComparison.Ordinal));
        Assert.Contains(s_words.Watermark, System.Net.WebUtility.HtmlDecode(html), StringComparison.Ordinal);
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
