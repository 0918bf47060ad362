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
        // What is open to everybody has something in it.
        await province.PublishedAsync(2, TestContext.Current.CancellationToken);
        await AuditAsync(People.Own("reporter", 0), ["/", "/fill", "module", "[data-act=details]", "module", "[data-testid=talk]", "print", "/nowhere", "/check"], width, locale, faults);
        await AuditAsync(People.Own("approver", 0), ["/fill", "a[href$='/sign']"], width, locale, faults);
        await AuditAsync(People.Reviewer(People.TriedCounty), ["/", "/delegations", "/review", "/review/missing", "/review/groups", "[data-testid=new-group]", "/review/reasons", "/review/counties", "/deadline/requests", "/notices", "/notices/settings", "/dashboard", "[data-testid=ranked] a"], width, locale, faults);
        await AuditAsync(People.Owner, ["/", "/review/unlock-requests", "/dashboard", "[data-testid=to-quality]", "[data-testid=quality-schools] a", "/dashboard", "/map", "[data-testid=split]", "/maps", "[data-testid=import-map]", "/wall", "/dashboard", "[data-testid=export]", "/exports", "/publications", "[data-testid=publish]", "/recounts", "/cycles", "/cycles/new", "/registers", "[data-testid=import-register]"], width, locale, faults);
        await AuditAsync(GengduSystem.Administrator, ["/organisations", "[data-testid=organisations] a", "[data-act=rename]", "/people", "[data-act=reset]", "/notices/deliveries", "/identity/account", "/identity/reset", "/identity/invitation"], width, locale, faults);
        await AuditAsync(
            People.Administrator(People.TriedCounty),
            ["/people", "[data-act=move]", "/people", "[data-act=role]", "/people", "[data-testid=import-people]", "/people", "[data-testid=show-rights]", "[data-act=delegate]", "/people", "[data-testid=show-rights]", "[data-act=end]", "/delegations"],
            width, locale, faults);
        await AuditAsync($"audit-{People.TriedCounty}", ["/organisations", "[data-testid=show-rights]", "/audit", "[data-testid=audit-entry] summary", "[data-question=denied]"], width, locale, faults);
        await AuditAsync(
            People.Owner,
            ["/explore", "[data-testid=explore-indicators] summary", "/explore", "[data-dimension=city] > button", "/explore", "[data-testid=save-view]", "/open", "[data-testid=open-bars] a"],
            width, locale, faults);

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
            else if (place == "print")
            {
                await person.Page.GotoAsync(person.Page.Url + "/print");
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
