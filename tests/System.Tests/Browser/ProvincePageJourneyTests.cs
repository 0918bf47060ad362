using Gengdu.Province.Make;
using Gengdu.System.Tests.Running;
using static Microsoft.Playwright.Assertions;

namespace Gengdu.System.Tests.Browser;

/// <summary>The province's director: the whole at a glance, down to a county by pointer and by keys, and where a number comes from.</summary>
[Collection(nameof(ChartProvinceShared))]
public sealed class ProvincePageJourneyTests(ChartProvinceFixture province, BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    private const string City = "130100";

    [Fact]
    public async Task Director_SeesTheWhole_AndEveryChartAsATable()
    {
        await using var director = await browser.PersonAsync(province.System.Address, People.Owner, province.Options.Password, 1440);
        await director.GoAsync("/dashboard");
        var page = director.Page;
        await page.StandsAsync("河北省");

        await Expect(page.Locator(".gauges > button")).ToHaveCountAsync(4);
        await Expect(page.Locator(".stamp")).ToContainTextAsync("数据截至");
        await Expect(page.Locator("svg .place")).ToHaveCountAsync(14);
        var units = await page.GetByTestId("ranked").Locator("li").CountAsync();
        Assert.True(units >= 14, $"{units} units are ranked");
        await Expect(page.GetByTestId("heat").Locator("tbody tr")).ToHaveCountAsync(units);
        await director.LookAsync("chart-province-1440");
        await director.PaperAsync("chart-province");
        await page.TurnsIntoTablesAsync();

        // One level deeper on the same page.
        await page.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "县", Exact = true }).ClickAsync();
        await Expect(page.Locator("svg .place")).ToHaveCountAsync(167);
        await director.LookAsync("chart-province-counties-1440");
    }

    [Fact]
    public async Task Director_GoesDownAndUp_ByPointer()
    {
        await using var director = await browser.PersonAsync(province.System.Address, People.Owner, province.Options.Password, 1440);
        await director.GoAsync("/dashboard");
        var page = director.Page;
        await page.StandsAsync("河北省");
        await page.Place(City).ClickAsync();
        await page.StandsAsync("石家庄市");
        await Expect(page.Locator("svg .place")).Not.ToHaveCountAsync(0);
        await director.LookAsync("chart-city-1440");
        await page.TurnsIntoTablesAsync();
        await page.GetByTestId("ranked").Locator("a").Filter(new() { HasText = "长安区" }).ClickAsync();
        await page.StandsAsync("长安区");
        await Expect(page.GetByTestId("progress").Locator("tbody tr").First).ToBeVisibleAsync();
        await director.LookAsync("chart-county-1440");
        await page.Locator("nav.crumbs a").First.ClickAsync();
        await page.StandsAsync("河北省");
    }

    [Fact]
    public async Task Director_GoesDown_ByKeysAlone()
    {
        await using var director = await browser.PersonAsync(province.System.Address, People.Owner, province.Options.Password, 1440);
        await director.GoAsync("/dashboard");
        var page = director.Page;
        await page.StandsAsync("河北省");

        // The map is one stop of the tab key; the arrows walk in it, and what they are on is said below.
        await page.Locator(".place[tabindex='0']").FocusAsync();
        var first = await FocusedAsync();
        await page.Keyboard.PressAsync(await page.Place(first).EvaluateAsync<bool>("(one) => one.getBoundingClientRect().left > document.querySelector('.map svg').getBoundingClientRect().left + 200") ? "ArrowLeft" : "ArrowRight");
        Assert.NotEqual(first, await FocusedAsync());
        await page.Place(City).FocusAsync();
        await Expect(page.GetByTestId("picked-place")).ToContainTextAsync("石家庄市");
        await page.Keyboard.PressAsync("Enter");
        await page.StandsAsync("石家庄市");
        var county = page.GetByTestId("ranked").Locator("a").Filter(new() { HasText = "长安区" });
        await county.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.StandsAsync("长安区");

        Task<string> FocusedAsync() => page.EvaluateAsync<string>("document.activeElement.dataset.code");
    }

    [Fact]
    public async Task Number_SaysWhereItComesFrom()
    {
        await using var director = await browser.PersonAsync(province.System.Address, People.Owner, province.Options.Password, 1440);
        await director.GoAsync("/dashboard");
        var page = director.Page;
        await page.StandsAsync("河北省");
        var passport = page.Locator(".passport");
        await page.Locator("button.ask").First.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        foreach (var said in new[] { "数据截至", "已报 / 应报", "已审核比例", "分子 / 分母", "公式版本" })
        {
            await Expect(passport).ToContainTextAsync(said);
        }

        await page.Keyboard.PressAsync("Escape");
        await Expect(passport).ToHaveCountAsync(0);
        await page.Locator("button.ask").First.ClickAsync();
        await page.GetByTestId("open-figure").ClickAsync();
        await Expect(page.GetByTestId("figure-parts")).ToBeVisibleAsync();

        // A cell of the heat map is the way to its number too.
        await director.GoAsync("/dashboard");
        await page.StandsAsync("河北省");
        await page.GetByTestId("heat").Locator("td[tabindex='0']").FocusAsync();
        await page.Keyboard.PressAsync("ArrowDown");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("nav.crumbs a")).ToHaveCountAsync(1);
    }

    /// <summary>A phone, and a desk at 200 %: no page of any level is wider than the screen.</summary>
    [Theory]
    [InlineData(390)]
    [InlineData(720)]
    public async Task Pages_FitASmallScreen_InEnglish(int width)
    {
        await using var director = await browser.PersonAsync(province.System.Address, People.Owner, province.Options.Password, width, "en");
        await director.GoAsync("/dashboard");
        var page = director.Page;
        await page.StandsAsync("Hebei Province");
        await director.LookAsync($"chart-province-{width}");
        await page.Place(City).ClickAsync();
        await page.StandsAsync("Shijiazhuang");
        await director.LookAsync($"chart-city-{width}");
        await page.GetByTestId("ranked").Locator("a").Filter(new() { HasText = "Chang'an" }).ClickAsync();
        await page.StandsAsync("Chang'an");
        await director.LookAsync($"chart-county-{width}");
    }
}
