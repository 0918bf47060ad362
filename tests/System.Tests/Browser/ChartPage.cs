using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Gengdu.System.Tests.Browser;

/// <summary>What all pages of charts have, in the words of those who look at them.</summary>
internal static class ChartPage
{
    public static ILocator Hero(this IPage page) => page.Locator(".numbers .hero");

    public static ILocator Place(this IPage page, string code) => page.Locator($".place[data-code='{code}']");

    /// <summary>The board of a place stands, with everything on it drawn or told to be missing.</summary>
    public static async Task StandsAsync(this IPage page, string name)
    {
        await Expect(page.Locator("h1").First).ToContainTextAsync(name);
        await Expect(page.GetByTestId("board")).ToBeVisibleAsync();
        await SettledAsync(page);
    }

    /// <summary>Each chart as the table that says the same, and back.</summary>
    public static async Task TurnsIntoTablesAsync(this IPage page)
    {
        await SettledAsync(page);
        var charts = page.Locator("section.chart").Filter(new() { Has = page.Locator(".tools > button[aria-pressed]") });
        var count = await charts.CountAsync();
        Assert.True(count >= 6, $"{count} charts on {page.Url}");
        for (var at = 0; at < count; at++)
        {
            var (chart, turn) = (charts.Nth(at), charts.Nth(at).Locator(".tools > button[aria-pressed]"));
            await turn.FocusAsync();
            await turn.PressAsync("Enter");
            await Expect(chart.GetByTestId("chart-table").Locator("tbody tr").First).ToBeVisibleAsync();
            await turn.PressAsync("Enter");
            await Expect(chart.GetByTestId("chart-table")).ToHaveCountAsync(0);
        }
    }

    private static Task SettledAsync(IPage page) => Expect(page.Locator("[aria-busy=true]")).ToHaveCountAsync(0);
}
