using Gengdu.Province.Make;
using Gengdu.System.Tests.Running;
using static Microsoft.Playwright.Assertions;

namespace Gengdu.System.Tests.Browser;

/// <summary>A reviewer's own desk: experts for some modules until a day, and words of the office for returns.</summary>
[Collection(nameof(ProvinceShared))]
public sealed class ReviewDeskJourneyTests(ProvinceFixture province, BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    [Fact]
    public async Task Groups_AndWords_AreMadeAndEnded()
    {
        await using var county = await browser.PersonAsync(province.System.Address, People.Reviewer(People.TriedCounty), province.Options.Password, 1440, "zh-CN");
        await county.GoAsync("/review/groups");
        await county.Page.GetByTestId("new-group").ClickAsync();
        await county.Page.GetByTestId("group-name").FillAsync("劳动安全专家");
        await county.Page.GetByTestId("group-person").FillAsync("nobody-of-this-name");
        await county.Page.GetByTestId("add-person").ClickAsync();
        await Expect(county.Page.GetByRole(Microsoft.Playwright.AriaRole.Alert)).ToContainTextAsync("nobody-of-this-name");
        await county.Page.GetByTestId("group-person").FillAsync(People.Own("approver", 3));
        await county.Page.GetByTestId("group-person").PressAsync("Enter");
        await Expect(county.Page.Locator("#create-group .chosen li")).ToHaveCountAsync(1);
        await county.Page.Locator("#create-group .choice").First.ClickAsync();
        await county.Page.GetByTestId("group-until").FillAsync(TimeProvider.System.GetUtcNow().AddDays(20).ToString("yyyy-MM-dd", global::System.Globalization.CultureInfo.InvariantCulture));
        await county.LookAsync("groups-new");
        await county.Page.GetByTestId("create-group").ClickAsync();
        var group = county.Page.GetByTestId("group").Filter(new() { HasText = "劳动安全专家" });
        await Expect(group).ToContainTextAsync("长安区");
        await county.LookAsync("groups");

        await county.GoAsync("/review/reasons");
        await county.Page.GetByTestId("phrase-text").FillAsync("附件须加盖学校公章");
        await county.Page.GetByTestId("add-phrase").ClickAsync();
        await Expect(county.Page.Locator("dd").Filter(new() { HasText = "附件须加盖学校公章" })).ToHaveCountAsync(1);
        await county.LookAsync("reasons");

        await county.Page.SetViewportSizeAsync(390, 844);
        await county.LookAsync("reasons-phone");
        await county.Page.Locator("dd").Filter(new() { HasText = "附件须加盖学校公章" }).Locator("button").ClickAsync();
        await Expect(county.Page.Locator("dd").Filter(new() { HasText = "附件须加盖学校公章" })).ToHaveCountAsync(0);
        await county.GoAsync("/review/groups");
        await Expect(group).ToContainTextAsync("县级审核");
        await county.LookAsync("groups-phone");
        await group.Locator("button").ClickAsync();
        await county.Page.GetByTestId("end-group").ClickAsync();
        await Expect(group).ToHaveCountAsync(0);
    }
}
