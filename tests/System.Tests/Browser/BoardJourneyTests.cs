using Gengdu.Province.Make;
using Gengdu.System.Tests.Running;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Gengdu.System.Tests.Browser;

/// <summary>Kept questions side by side: laid out by key and by pointer, and the link opened by somebody within, by somebody outside.</summary>
[Collection(nameof(ProvinceShared))]
public sealed class BoardJourneyTests(ProvinceFixture province, BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    private const string Secret = "看板里的全省比较";

    [Fact]
    public async Task Board_IsLaidOutByItsOwner_AndOpensWithTheRightsOfWhoeverOpensIt()
    {
        var cancel = TestContext.Current.CancellationToken;
        await using var owner = await browser.PersonAsync(province.System.Address, People.Owner, province.Options.Password, 1440);
        var page = owner.Page;
        await KeepAsync(owner, "/explore", Secret);
        var county = await (await province.SignedInAsync(People.Owner, cancel)).OrganisationAsync(People.TriedCounty, cancel);
        await KeepAsync(owner, $"/explore?place={county}&indicators=K01,K02&rows=school-type", "看板里的长安区");

        await page.GetByTestId("to-boards").ClickAsync();
        await page.GetByTestId("new-board").ClickAsync();
        await page.GetByTestId("board-name").FillAsync("周一例会");
        await page.GetByTestId("board-shared").CheckAsync();
        // What closes a dialog is named in the language of the page.
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "关闭此对话框" })).ToBeVisibleAsync();
        await page.GetByTestId("confirm-board").ClickAsync();
        foreach (var name in new[] { Secret, "看板里的长安区" })
        {
            await page.GetByTestId("add-tile").SelectOptionAsync(new SelectOptionValue { Label = name });
            await Expect(Tile(page, name)).ToBeVisibleAsync();
        }

        await Expect(page.GetByTestId("tiles").Locator("section.chart")).ToHaveCountAsync(2);
        await ShowsAsync(page, Secret, "看板里的长安区");
        // By key, and one stands on the same tile afterwards.
        await Act(page, Secret, "later").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await ShowsAsync(page, "看板里的长安区", Secret);
        await Expect(page.GetByRole(AriaRole.Status).Filter(new() { HasText = "现在是第 2 个" })).ToHaveCountAsync(1);
        await Expect(Act(page, Secret, "show")).ToBeFocusedAsync();
        // By pointer, back.
        await Tile(page, Secret).Locator("> header h2").DragToAsync(Tile(page, "看板里的长安区"));
        await ShowsAsync(page, Secret, "看板里的长安区");
        await Act(page, Secret, "show").ClickAsync();
        await Expect(Tile(page, Secret).GetByTestId("pivot").Locator("tbody tr").First).ToBeVisibleAsync();
        await owner.LookAsync("board-1440");
        var link = await page.GetByTestId("copy-board").GetAttributeAsync("data-link");

        await using var reviewer = await browser.PersonAsync(province.System.Address, People.Reviewer(People.TriedCounty), province.Options.Password, 390, "en");
        await reviewer.Page.GotoAsync(link!);
        await Expect(Tile(reviewer.Page, "看板里的长安区").Locator("section.chart")).ToBeVisibleAsync();
        await Expect(Tile(reviewer.Page, "This view cannot be opened")).ToHaveCountAsync(1);
        Assert.DoesNotContain(Secret, await reviewer.Page.ContentAsync(), StringComparison.Ordinal);
        await Expect(reviewer.Page.GetByTestId("board-settings")).ToHaveCountAsync(0);
        await Expect(reviewer.Page.Locator("[data-act]")).ToHaveCountAsync(0);
        await reviewer.LookAsync("board-390");

        await using var school = await browser.PersonAsync(province.System.Address, People.Own("approver"), province.Options.Password, 390);
        await school.Page.GotoAsync(link!);
        await Expect(school.Page.GetByTestId("board-refused")).ToContainTextAsync("ANA-0036");
        Assert.DoesNotContain("周一例会", await school.Page.ContentAsync(), StringComparison.Ordinal);
        await school.LookAsync("board-refused-390");

        // Gone for everybody once its owner removes it; the views stay.
        await page.GetByTestId("board-settings").ClickAsync();
        await page.GetByTestId("remove-board").ClickAsync();
        await page.GetByTestId("confirm-remove").ClickAsync();
        await Expect(page.GetByTestId("new-board")).ToBeVisibleAsync();
        await owner.LookAsync("boards-1440");
        await reviewer.Page.ReloadAsync();
        await Expect(reviewer.Page.GetByTestId("board-refused")).ToContainTextAsync("ANA-0036");
    }

    private static async Task KeepAsync(Person owner, string from, string name)
    {
        await owner.GoAsync(from);
        await owner.Page.GetByTestId("save-view").ClickAsync();
        await owner.Page.GetByTestId("view-name").FillAsync(name);
        await owner.Page.GetByTestId("confirm-view").ClickAsync();
        await Expect(owner.Page.GetByTestId("change-view")).ToBeVisibleAsync();
    }

    private static ILocator Tile(IPage page, string name) => page.GetByRole(AriaRole.Article, new() { Name = name, Exact = true });

    private static ILocator Act(IPage page, string name, string act) => Tile(page, name).Locator($"[data-act={act}]");

    private static Task ShowsAsync(IPage page, params string[] names) => Expect(page.GetByTestId("tiles").GetByRole(AriaRole.Heading, new() { Level = 2 }).And(page.Locator("article > header h2"))).ToHaveTextAsync(names);
}
