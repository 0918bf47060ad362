using Gengdu.Province.Make;
using Gengdu.System.Tests.Running;
using static Microsoft.Playwright.Assertions;

namespace Gengdu.System.Tests.Browser;

/// <summary>The map by itself: over the cycles, two side by side, and down, all of it by keys too.</summary>
[Collection(nameof(ChartProvinceShared))]
public sealed class MapJourneyTests(ChartProvinceFixture province, BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    private const string City = "130100";

    // Of all places: one of them may stand at the same figure in both cycles.
    private const string Told = "[...document.querySelectorAll('.place')].map((one) => one.getAttribute('aria-label')).join()";

    [Fact]
    public async Task Keys_MoveTheCycle_AndGoDown()
    {
        await using var owner = await browser.PersonAsync(province.System.Address, People.Owner, province.Options.Password, 1440);
        var page = owner.Page;
        await owner.GoAsync("/map");
        await Expect(page.Place(City)).ToBeVisibleAsync();
        var timeline = page.GetByTestId("timeline");
        var (now, told) = (await timeline.GetAttributeAsync("aria-valuetext"), await page.EvaluateAsync<string>($"() => {Told}"));
        await owner.LookAsync("map-1440");

        await timeline.FocusAsync();
        await page.Keyboard.PressAsync("ArrowLeft");
        await Expect(timeline).Not.ToHaveAttributeAsync("aria-valuetext", now!);
        await page.WaitForFunctionAsync($"(before) => {Told} !== before", told);
        // A link to what is seen shows the same.
        var before = await timeline.GetAttributeAsync("aria-valuetext");
        await page.ReloadAsync();
        await Expect(timeline).ToHaveAttributeAsync("aria-valuetext", before!);

        await page.Place(City).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("h1")).ToContainTextAsync("石家庄市");
        await Expect(page.Place(People.TriedCounty)).ToBeVisibleAsync();
        await owner.LookAsync("map-city-1440");
        await page.Place(People.TriedCounty).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.StandsAsync("长安区");
    }

    [Theory]
    [InlineData(1440, "zh-CN")]
    [InlineData(390, "en")]
    public async Task TwoMaps_PointAtTheSamePlace_EachOfItsOwnCycleAndMeasure(int width, string locale)
    {
        await using var owner = await browser.PersonAsync(province.System.Address, People.Owner, province.Options.Password, width, locale);
        var page = owner.Page;
        await owner.GoAsync("/map");
        await Expect(page.Place(City)).ToBeVisibleAsync();
        await owner.LookAsync($"map-one-{width}");
        await page.GetByTestId("split").ClickAsync();
        await Expect(page.Place(City)).ToHaveCountAsync(2);
        var (left, right) = (page.Locator("section.chart").First, page.Locator("section.chart").Last);
        var cycles = right.Locator("select").First;
        await cycles.SelectOptionAsync(new Microsoft.Playwright.SelectOptionValue { Index = 0 });
        await Expect(left.Locator("select").First).Not.ToHaveValueAsync(await cycles.InputValueAsync());
        await left.Locator($".place[data-code='{City}']").HoverAsync();
        await Expect(page.Locator(".place.picked")).ToHaveCountAsync(2);
        Assert.Equal([City, City], await page.Locator(".place.picked").EvaluateAllAsync<string[]>("(all) => all.map((one) => one.dataset.code)"));
        await Expect(right.GetByTestId("picked-place")).ToContainTextAsync(locale == "en" ? "Shijiazhuang" : "石家庄市");
        await owner.LookAsync($"map-two-{width}");
    }
}
