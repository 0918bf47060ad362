using Gengdu.Province.Make;
using Gengdu.System.Tests.Running;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Gengdu.System.Tests.Browser;

/// <summary>The wall of 1920 × 1080: it turns by itself, rests when a key says so, and every scene fits. The hours are made to pass, not waited for.</summary>
[Collection(nameof(ChartProvinceShared))]
public sealed class WallJourneyTests(ChartProvinceFixture province, BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    /// <summary>As long as a scene may last: none turns while the test looks.</summary>
    private const int Scene = 300_000;

    /// <summary>A key holds the show as long as a hand might still be there.</summary>
    private const int Hand = 30_000;

    [Fact]
    public async Task Wall_TurnsByItself_RestsByKey_AndGoesOn()
    {
        await using var wall = await StandAsync("zh-CN", People.Owner);
        var page = wall.Page;
        await page.Clock.InstallAsync();
        await wall.GoAsync("/wall?every=300");
        await Expect(page.Hero()).ToBeVisibleAsync();
        await ShowsAsync(page, "总览");
        await page.Clock.RunForAsync(Scene);
        await ShowsAsync(page, "单位 × 指标");

        await page.Keyboard.PressAsync("Space");
        await Expect(page.GetByTestId("wall-play")).ToHaveAttributeAsync("aria-pressed", "false");
        await page.Clock.RunForAsync(Scene + Hand);
        await ShowsAsync(page, "单位 × 指标");
        await page.Keyboard.PressAsync("ArrowRight");
        await ShowsAsync(page, "差距");
        await page.Keyboard.PressAsync("ArrowLeft");
        await ShowsAsync(page, "单位 × 指标");

        await page.Keyboard.PressAsync("Space");
        await page.Clock.RunForAsync(Scene + Hand);
        await ShowsAsync(page, "差距");
    }

    /// <summary>Whoever asked for less motion turns the scenes by hand.</summary>
    [Theory]
    [InlineData("zh-CN")]
    [InlineData("en")]
    public async Task EveryScene_FitsTheWall(string locale)
    {
        foreach (var who in new[] { People.Owner, People.Reviewer(People.TriedCounty) })
        {
            await using var looks = await StandAsync(locale, who);
            var page = looks.Page;
            await page.EmulateMediaAsync(new() { ReducedMotion = ReducedMotion.Reduce });
            await looks.GoAsync("/wall");
            await Expect(page.Hero()).ToBeVisibleAsync();
            await Expect(page.GetByTestId("wall-play")).ToHaveAttributeAsync("aria-pressed", "false");
            var scenes = await page.Locator(".dots button").CountAsync();
            Assert.True(scenes >= 4, $"{scenes} scenes");
            for (var scene = 0; scene < scenes; scene++)
            {
                await page.Locator(".dots button").Nth(scene).ClickAsync();
                await Expect(page.Locator(".scene [aria-busy=true]")).ToHaveCountAsync(0);
                await Expect(page.Locator(".scene section").First).ToBeVisibleAsync();
                await looks.LookAsync($"wall-{who}-{scene + 1}-{locale}");
                var cut = await page.EvaluateAsync<string[]>("""
                    () => [...document.querySelectorAll('.scene section, .scene .scroller')].filter((one) => one.scrollHeight > one.clientHeight + 2 || one.scrollWidth > one.clientWidth + 2)
                      .map((one) => `${one.closest('section').querySelector('h2')?.textContent} ${one.scrollWidth}×${one.scrollHeight} in ${one.clientWidth}×${one.clientHeight}`)
                    """);
                Assert.True(cut.Length == 0, $"scene {scene + 1} of {who} is cut off: {string.Join("; ", cut)}");
            }
        }
    }

    private async Task<Person> StandAsync(string locale, string who)
    {
        var person = await browser.PersonAsync(province.System.Address, who, province.Options.Password, 1920, locale);
        await person.Page.SetViewportSizeAsync(1920, 1080);
        await person.Page.EmulateMediaAsync(new() { ReducedMotion = ReducedMotion.NoPreference });
        return person;
    }

    private static Task ShowsAsync(IPage page, string scene) => Expect(page.Locator(".dots [aria-current=true]")).ToContainTextAsync(scene);
}
