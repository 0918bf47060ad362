using Gengdu.Province.Make;
using Gengdu.System.Tests.Running;
using static Microsoft.Playwright.Assertions;

namespace Gengdu.System.Tests.Browser;

/// <summary>
/// What a machine can see of WCAG 2.2 AA (axe-core): names and roles, contrast, landmarks, target sizes; on every page, on a
/// desk in Chinese and on a phone in English. Keys and sense remain for people to check.
/// </summary>
[Collection(nameof(ProvinceShared))]
public sealed class AccessibilityTests(ProvinceFixture province, BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    [Theory]
    [InlineData(1440, "zh-CN")]
    [InlineData(390, "en")]
    public async Task Pages_HaveNoViolation(int width, string locale)
    {
        var faults = new List<string>();
        await AuditAsync(People.Own("reporter", 0), ["/", "/fill", "module", "/nowhere"], width, locale, faults);
        await AuditAsync(People.Own("approver", 0), ["/fill", "a[href$='/sign']"], width, locale, faults);
        await AuditAsync(People.Reviewer(People.TriedCounty), ["/", "/review", "/review/missing", "/dashboard", ".rows a, table a"], width, locale, faults);
        await AuditAsync(People.Owner, ["/", "/dashboard", "/cycles", "/cycles/new"], width, locale, faults);
        await AuditAsync(GengduSystem.Administrator, ["/people", "[data-act=reset]", "/identity/account", "/identity/reset", "/identity/invitation"], width, locale, faults);

        Assert.True(faults.Count == 0, string.Join("\n", faults));
    }

    private async Task AuditAsync(string userName, string[] places, int width, string locale, List<string> faults)
    {
        await using var person = await browser.PersonAsync(province.System.Address, userName, province.Options.Password, width, locale);
        foreach (var place in places)
        {
            if (place.StartsWith('/'))
            {
                await person.GoAsync(place);
            }
            else if (place == "module")
            {
                await person.OpenModuleAsync("curriculum");
            }
            else
            {
                await person.Page.Locator(place).First.ClickAsync();
            }

            // What still loads has no heading yet, and is no page.
            await person.Page.WaitForLoadStateAsync(Microsoft.Playwright.LoadState.NetworkIdle);
            await Expect(person.Page.Locator("h1").First).ToBeVisibleAsync();
            await Expect(person.Page.Locator("[aria-busy=true]")).ToHaveCountAsync(0);
            faults.AddRange((await AxeAudit.RunAsync(person.Page)).Select(one => $"{userName} {new Uri(person.Page.Url).AbsolutePath} {width} px {locale}: {one}"));
        }
    }
}
