using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Gengdu.Analytics.Exports;
using Gengdu.Analytics.Exports.Pages;
using Gengdu.Analytics.Exports.Pages.Plots;
using Gengdu.Analytics.Maps;
using Gengdu.TestKit;

namespace Gengdu.Analytics.Tests.Exports;

/// <summary>The drawings of the printed page: where things stand, and that nothing of a name runs.</summary>
public sealed partial class PlotTests
{
    private const string Hostile = "<script>x</script>&";

    [Theory]
    [InlineData(new double[] { 3, 97 }, true, 0, 100, 25)]
    [InlineData(new double[] { 41.2, 58.9 }, false, 40, 60, 5)]
    [InlineData(new double[] { 0.02, 0.09 }, true, 0, 0.1, 0.025)]
    [InlineData(new double[] { -5, 12 }, true, -5, 15, 5)]
    [InlineData(new double[] { 7, 7 }, false, 5, 9, 1)]
    [InlineData(new double[] { 0 }, true, 0, 1, 0.25)]
    public void Scale_HasRoundSteps_AndHoldsEveryValue(double[] values, bool fromZero, double from, double to, double step)
    {
        var scale = PlotScale.Over(values, fromZero);
        Assert.Equal((from, to, step), (Math.Round(scale.From, 9), Math.Round(scale.To, 9), Math.Round(scale.Step, 9)));
        Assert.All(values, value => Assert.InRange(value, scale.From, scale.To));
        Assert.Equal((scale.From, scale.To), (scale.Ticks().First(), Math.Round(scale.Ticks().Last(), 9)));
    }

    [Fact]
    public void Bars_AreAsHighAsTheirValues_TheTargetIsALine_NamesAreEncoded()
    {
        var svg = Drawings.Bars("x", [new("甲", 50, "red"), new(Hostile, 100, "green")], new(value => value.ToString(CultureInfo.InvariantCulture), "%", 75, "目标"));
        var (low, high) = (Number(Bar().Matches(svg)[0]), Number(Bar().Matches(svg)[1]));
        Assert.InRange(high / low, 1.99, 2.01);
        Assert.Contains("class=\"target\"", svg, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", svg, StringComparison.Ordinal);
        Assert.Equal(["bar red", "bar green"], Bar().Matches(svg).Select(match => match.Groups[1].Value));
    }

    [Fact]
    public void Boxes_AndPoints_AndPeriods_DrawWhatThereIs()
    {
        var values = new PlotValues(value => value.ToString("0", CultureInfo.InvariantCulture), "", null, "");
        var boxes = Drawings.Boxes("x", [new("甲", 0, 2, 5, 8, 10), new(Hostile, 1, 1, 1, 1, 1)], values);
        Assert.Equal(2, Count(boxes, "class=\"box\""));
        Assert.DoesNotContain("class=\"target\"", boxes, StringComparison.Ordinal);
        // A light is a shape too; names stand beside the points where they fit.
        var points = Drawings.Points("x", [new("甲", 1, 1, "green"), new("乙", 2, 5, "amber"), new("丙", 3, 9, "red"), new(Hostile, 9, 2, "none")], values, values with { Line = 4 });
        Assert.All(new[] { "<circle class=\"point green\"", "<path class=\"point amber\"", "<rect class=\"point red\"", "<circle class=\"hollow\"", ">甲<", ">乙<" }, part => Assert.Contains(part, points, StringComparison.Ordinal));
        // A gap stays a gap: two beginnings of the line.
        var periods = Drawings.Periods("x", [new("一", 1, null, false), new("二", 2, 3, true), new("三", null, null, false), new(Hostile, 4, null, false)], values);
        Assert.Equal(2, Line().Match(periods).Groups[1].Value.Count(letter => letter == 'M'));
        Assert.Equal((2, 1, 1), (Count(periods, "class=\"dot\""), Count(periods, "class=\"changed\""), Count(periods, "circle class=\"published\"")));
        Assert.All(new[] { boxes, points, periods }, svg => Assert.DoesNotContain("<script", svg, StringComparison.Ordinal));
    }

    /// <summary>As the screen counts it (kinds.test.ts): three standard errors of a share of so many.</summary>
    [Fact]
    public void Control_AsksOnlyOfWhatChanceDoesNotExplain()
    {
        var chart = ControlChart.Of([new("few", 1, 4), new("many", 90, 400), new("rest", 309, 396)])!;
        Assert.Equal(["many", "rest"], chart.Outside);
        Assert.Null(ControlChart.Of([new("hours", 5, 2)]));
        Assert.Null(ControlChart.Of([]));
        Assert.Equal((2, 1), (Count(chart.Draw("x", share => PageWords.Share((decimal)share), "whole"), "class=\"out\""), Count(chart.Draw("x", share => PageWords.Share((decimal)share), "whole"), "class=\"in\"")));
    }

    [Fact]
    public void Treemap_FieldsCoverTheWhole_EachAsLargeAsItsShare()
    {
        double[] shares = [0.4, 0.25, 0.15, 0.1, 0.06, 0.04];
        var fields = MoneyTreemap.Fields(shares, 0, 0, 480, 240);
        Assert.All(fields.Zip(shares), pair => Assert.InRange(pair.First.Wide * pair.First.High / (480 * 240), pair.Second - 0.0001, pair.Second + 0.0001));
        Assert.All(fields, field => Assert.True(field.X >= -0.001 && field.Y >= -0.001 && field.X + field.Wide <= 480.001 && field.Y + field.High <= 240.001));
        Assert.All(fields, field => Assert.InRange(field.Wide / field.High, 0.2, 5));
        for (var one = 0; one < fields.Count; one++)
        {
            for (var other = one + 1; other < fields.Count; other++)
            {
                var (a, b) = (fields[one], fields[other]);
                Assert.False(a.X + 0.01 < b.X + b.Wide && b.X + 0.01 < a.X + a.Wide && a.Y + 0.01 < b.Y + b.High && b.Y + 0.01 < a.Y + a.High, $"{one} covers {other}");
            }
        }

        Assert.DoesNotContain("<script", MoneyTreemap.Draw("x", [(Hostile, 2), ("乙", 1)], value => $"{value}"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData(0.49, 0)]
    [InlineData(0.5, 1)]
    [InlineData(0.84, 2)]
    [InlineData(0.949, 3)]
    [InlineData(0.95, 4)]
    public void Map_HasTheStepsOfTheScreen(double? share, int? step) => Assert.Equal(step, TileMap.Step((decimal?)share));

    [Fact]
    public void Map_DrawsEveryDivision_WithItsLetter_AndALineBetweenUnits()
    {
        var words = new PageWords(new ExportWords("zh", Guid.Empty, TestCycle.Start));
        Assert.Equal((14, 167), (Cartogram.Units.Count, Cartogram.Counties.Count));
        // Chang'an in Shijiazhuang, Zhengding above it in another unit, and a zone that is on no map.
        var map = TileMap.Draw(
            Cartogram.Counties, [new("130102", "长安区", 0.96m, "96%", "none", "1/2"), new("130123", "正定县", 0.2m, "20%", "none", "1/3"), new("139999", Hostile, 0.5m, "50%", "none")], 44, "x", words);
        Assert.Equal((165, 1, 1, 1), (Count(map, "<rect class=\"no\""), Count(map, "<rect class=\"step4\""), Count(map, "<rect class=\"step0\""), Count(map, "class=\"lines\"")));
        Assert.Contains(">E</text>", map, StringComparison.Ordinal);
        Assert.Contains("没有单独区域的单位（1 个）", map, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", map, StringComparison.Ordinal);
        Assert.Equal("", TileMap.Draw(Cartogram.Units, [new("999999", "x", 1, "100%", "none")], 104, "x", words));
    }

    /// <summary>Four counties as squares side by side, the two in the west of one unit: a unit is one shape, a line runs where another begins and around all, and the approval stands below.</summary>
    [Theory]
    [InlineData("zh", "审图号：GS(2024)0650号　来源：<script>")]
    [InlineData("en", "Map approval GS(2024)0650号 · <script>")]
    public void ApprovedMap_IsDrawnWithItsNumber(string language, string approval)
    {
        static Outline County(string code, double west) => new(code, [[[new(west, 38), new(west + 1, 38), new(west + 1, 39), new(west, 39), new(west, 38)]]]);
        var words = new PageWords(new ExportWords(language, Guid.Empty, TestCycle.Start));
        var map = new PrintedMap([County("130102", 114), County("130123", 115), County("130606", 116), County("130682", 117)], "GS(2024)0650号", "<script>");
        MapPlace[] counties = [new("130102", "Chang'an District", 0.96m, "96.0%", "none", "1/2"), new("130123", "Zhengding County", 0.2m, "20.0%", "none", "1/2"), new("130606", "Lianchi District", 0.8m, "80.0%", "none", "1/3"), new("139999", Hostile, 0.5m, "50.0%", "none", "1/2")];
        var all = OutlineMap.Draw(map, counties, code => code, "x", words);
        Assert.Equal((1, 1, 1, 1), (Count(all, "class=\"area step4\""), Count(all, "class=\"area step0\""), Count(all, "class=\"area step2\""), Count(all, "class=\"area no\"")));
        // Around four squares in a row ten sides, and two between units; none between the two of one unit.
        Assert.Equal(12, Lines().Match(all).Groups[1].Value.Count(letter => letter == 'M'));
        Assert.Contains(approval, WebUtility.HtmlDecode(all), StringComparison.Ordinal);
        Assert.Contains(language == "zh" ? ">长安<" : ">Chang&#39;an<", all, StringComparison.Ordinal);
        Assert.Contains(language == "zh" ? "没有单独区域的单位（1 个）" : "Without an area of their own (1)", all, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", all, StringComparison.Ordinal);
        Assert.DoesNotContain(language == "zh" ? "方块" : "Tiles", all, StringComparison.Ordinal);

        var units = OutlineMap.Draw(map, [new("130100", "Shijiazhuang", 0.6m, "60.0%", "none")], code => code.StartsWith("1301", StringComparison.Ordinal) ? "130100" : null, "x", words);
        Assert.Equal((1, 1, 1), (Count(units, "class=\"area"), Count(units, "class=\"area step1\""), Count(units, ">60.0%<")));
        Assert.Equal(6, Lines().Match(units).Groups[1].Value.Count(letter => letter == 'M'));
        // Put together of several: none of their inner lines.
        Assert.Equal(1, Count(units, "style=\"stroke:none\""));
        Assert.Equal("", OutlineMap.Draw(map, counties, _ => null, "x", words));
    }

    /// <summary>The same tiles as the page's (scripts/cartogram.mjs writes both).</summary>
    [Fact]
    public void Tiles_AreThoseOfTheScreen()
    {
        var screen = File.ReadAllText(RepositoryRoot.Combine("web", "src", "features", "maps", "tiles.json"));
        Assert.All(Cartogram.Units.Concat(Cartogram.Counties), tile => Assert.Contains($"[\"{tile.Code}\",\"{tile.Label}\",{tile.Column},{tile.Row}]", screen, StringComparison.Ordinal));
    }

    [Fact]
    public void Names_InSmallTiles_BreakAtASyllable()
    {
        Assert.Equal(["长安"], TileMap.Label("长安", 38, 12.5).Lines);
        Assert.Equal(["Zhang-", "jiakou"], TileMap.Label("Zhangjiakou", 38, 12.5).Lines);
        Assert.True(TileMap.Label("Zhangjiakou", 38, 12.5).Size > 8);
    }

    private static int Count(string text, string part) => text.Split(part).Length - 1;

    private static double Number(Match bar) => double.Parse(bar.Groups[2].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex("<rect class=\"(bar [a-z]+)\"[^>]* height=\"([0-9.]+)\"", RegexOptions.None, 1000)]
    private static partial Regex Bar();

    [GeneratedRegex("<path class=\"lines\" d=\"([^\"]+)\"", RegexOptions.None, 1000)]
    private static partial Regex Lines();

    [GeneratedRegex("<path class=\"line\" d=\"([^\"]+)\"", RegexOptions.None, 1000)]
    private static partial Regex Line();
}
