using Gengdu.Province.Make;
using Gengdu.System.Tests.Running;
using static Microsoft.Playwright.Assertions;

namespace Gengdu.System.Tests.Browser;

/// <summary>The last evening with clicks: a school on the phone asks for more time, the county watches the figures move and answers.</summary>
[Collection(nameof(ProvinceShared))]
public sealed class DeadlineJourneyTests(ProvinceFixture province, BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    [Fact]
    public async Task Deadline_IsPushed_AndMoreTimeIsAskedForAndGranted()
    {
        await using var school = await browser.PersonAsync(province.System.Address, People.Own("reporter", 1), province.Options.Password, 390, "en");
        await school.GoAsync("/deadline/requests");
        await school.Page.GetByTestId("ask-extension").Locator("summary").ClickAsync();
        var until = TimeProvider.System.GetUtcNow().AddDays(80).ToString("yyyy-MM-dd", global::System.Globalization.CultureInfo.InvariantCulture);
        await school.Page.Locator("[data-testid=ask-extension] input[type=date]").FillAsync(until);
        await school.Page.Locator("[data-testid=ask-extension] textarea").FillAsync("Three days without electricity");
        await school.LookAsync("deadline-ask-phone");
        await school.Page.Locator("[data-testid=ask-extension] button[type=submit]").ClickAsync();
        await Expect(school.Page.Locator(".chip.waiting")).ToHaveCountAsync(1);

        await using var county = await browser.PersonAsync(province.System.Address, People.Reviewer(People.TriedCounty), province.Options.Password, 1440, "zh-CN");
        await county.GoAsync("/deadline");
        var number = county.Page.GetByTestId("room").First;
        await Expect(county.Page.Locator(".stamp")).ToContainTextAsync("5 秒");
        var first = await number.GetAttributeAsync("data-number");
        await Expect(number).Not.ToHaveAttributeAsync("data-number", first!);
        await Expect(county.Page.GetByTestId("stuck").Locator("[aria-pressed=true]")).ToHaveCountAsync(1);
        await county.LookAsync("deadline-county");

        // The home page counts what waits for an answer, and leads there.
        await county.GoAsync("/");
        await Expect(county.Page.GetByTestId("asked-extensions")).ToBeVisibleAsync();
        await county.LookAsync("home-county-asked");
        await county.Page.GetByTestId("asked-extensions").ClickAsync();
        var asked = county.Page.Locator("li").Filter(new() { HasText = "Three days without electricity" });
        await asked.Locator("input").First.FillAsync("情况属实，同意");
        await county.LookAsync("deadline-answer");
        await asked.Locator("button.primary").ClickAsync();
        await Expect(asked.Locator(".chip.approved")).ToBeVisibleAsync();

        await school.GoAsync("/deadline/requests");
        await Expect(school.Page.Locator(".chip.approved")).ToHaveCountAsync(1);
        await using var owner = await browser.PersonAsync(province.System.Address, People.Owner, province.Options.Password, 390, "en");
        await owner.GoAsync("/deadline");
        await Expect(owner.Page.GetByTestId("room")).ToBeVisibleAsync();
        await owner.LookAsync("deadline-province-phone");
    }
}
