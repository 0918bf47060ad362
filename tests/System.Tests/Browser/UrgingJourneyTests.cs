using Gengdu.Province.Make;
using Gengdu.System.Tests.Running;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Gengdu.System.Tests.Browser;

/// <summary>From "who is missing" on the county's home page to "seen, done by …" at the school; on a desk in Chinese and on a phone in English.</summary>
[Collection(nameof(ProvinceShared))]
public sealed class UrgingJourneyTests(ProvinceFixture province, BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    // One that no test submits whole: whoever is urged must still be missing, whatever ran before.
    private const int School = 2;

    [Fact]
    public async Task Home_Board_Urge_Acknowledge()
    {
        var (address, password, school) = (province.System.Address, province.Options.Password, province.People.Untouched[School]);
        await using var reviewer = await browser.PersonAsync(address, People.Reviewer(People.TriedCounty), password, 1440);
        var card = reviewer.Page.GetByTestId("below-not-submitted").First;
        var count = await card.Locator(".count").InnerTextAsync();
        await reviewer.LookAsync("home-county-1440");
        await card.ClickAsync();
        // The number on the card, on the board and of the rows is one number.
        await Expect(reviewer.Page.Locator("h2#held")).ToContainTextAsync($"{count} 份");
        await reviewer.LookAsync("board-county-1440");
        var row = reviewer.Page.Locator("li", new() { HasText = school.NameZh });
        await row.GetByRole(AriaRole.Button).ClickAsync();
        await reviewer.Page.Locator("textarea").FillAsync("请今天下班前上报");
        await reviewer.LookAsync("urge-1440");
        await reviewer.Page.GetByTestId("send-urge").ClickAsync();
        await Expect(row.Locator(".urged")).ToBeVisibleAsync();
        await Expect(row.GetByRole(AriaRole.Button)).ToHaveAttributeAsync("aria-disabled", "true");

        await using var approver = await browser.PersonAsync(address, People.Own("approver", School), password, 390, "en");
        var urge = approver.Page.GetByTestId("attention").Filter(new() { HasText = "请今天下班前上报" });
        await Expect(urge).ToHaveCountAsync(1);
        await approver.LookAsync("home-school-390");
        await urge.GetByTestId("acknowledge").ClickAsync();
        await approver.LookAsync("acknowledge-390");
        await approver.Page.GetByTestId("send-acknowledgement").ClickAsync();
        await Expect(urge.GetByTestId("acknowledge")).ToHaveCountAsync(0);
        await approver.LookAsync("home-school-answered-390");

        // The province, on a phone: the whole board, by the keyboard from one number to the next.
        await using var owner = await browser.PersonAsync(address, People.Owner, password, 390, "en");
        await Expect(owner.Page.GetByTestId("below-not-submitted").First).ToBeVisibleAsync();
        await owner.LookAsync("home-province-390");
        await owner.GoAsync("/board");
        var cell = owner.Page.Locator("a.cell").First;
        await cell.FocusAsync();
        await owner.Page.Keyboard.PressAsync("ArrowRight");
        await Expect(cell).Not.ToBeFocusedAsync();
        await Expect(owner.Page.Locator("a.cell:focus")).ToHaveCountAsync(1);
        await owner.LookAsync("board-province-390");
    }
}
