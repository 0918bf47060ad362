using Gengdu.Province.Make;
using Gengdu.System.Tests.Running;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Gengdu.System.Tests.Browser;

/// <summary>
/// A laptop at twice the size is 720 × 450: the head sticks above, the tabs lie below. What somebody tabs to is not hidden behind them (WCAG 2.4.11),
/// and what a dialog is closed with is in sight.
/// </summary>
[Collection(nameof(ProvinceShared))]
public sealed class FocusInSightTests(ProvinceFixture province, BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    private const int Steps = 120;

    /// <summary>Nothing of it can be pointed at: something else lies over all of it.</summary>
    private const string Hidden = """
        () => {
          const one = document.activeElement
          if (!one || one === document.body) return null
          const box = one.getBoundingClientRect()
          if (box.width < 2 || box.height < 2) return null
          const seen = [0.1, 0.5, 0.9].some((x) => [0.1, 0.5, 0.9].some((y) => {
            const at = document.elementFromPoint(box.left + box.width * x, box.top + box.height * y)
            return at && (one.contains(at) || at.contains(one) && at.tagName !== 'HTML' && at.tagName !== 'BODY' || at.closest('label')?.contains(one))
          }))
          return seen ? null : `${one.tagName.toLowerCase()} ${(one.getAttribute('aria-label') ?? one.textContent ?? '').trim().slice(0, 40)} at ${Math.round(box.top)}–${Math.round(box.bottom)}`
        }
        """;

    [Theory]
    [InlineData("/dashboard")]
    [InlineData("/explore")]
    [InlineData("/publications")]
    public async Task WhatIsTabbedTo_IsNotBehindTheBars(string path)
    {
        await using var owner = await LowAsync();
        await owner.GoAsync(path);
        await Expect(owner.Page.Locator("h1").First).ToBeVisibleAsync();
        await Expect(owner.Page.Locator("[aria-busy=true]")).ToHaveCountAsync(0);
        var hidden = new List<string>();
        foreach (var key in new[] { "Tab", "Shift+Tab" })
        {
            for (var step = 0; step < Steps; step++)
            {
                await owner.Page.Keyboard.PressAsync(key);
                if (await owner.Page.EvaluateAsync<string?>(Hidden) is { } one)
                {
                    hidden.Add($"{key} {step}: {one}");
                }
            }
        }

        Assert.True(hidden.Count == 0, string.Join('\n', hidden));
    }

    [Theory]
    [InlineData("/explore", "save-view", "confirm-view")]
    [InlineData("/maps", "import-map", "send-map")]
    public async Task WhatADialogIsClosedWith_IsInSight(string path, string opens, string closes)
    {
        await using var owner = await LowAsync();
        await owner.GoAsync(path);
        await owner.Page.GetByTestId(opens).ClickAsync();
        await Expect(owner.Page.GetByTestId(closes)).ToBeInViewportAsync(new() { Ratio = 1 });
    }

    private async Task<Person> LowAsync()
    {
        var owner = await browser.PersonAsync(province.System.Address, People.Owner, province.Options.Password, 720);
        await owner.Page.SetViewportSizeAsync(720, 450);
        return owner;
    }
}
