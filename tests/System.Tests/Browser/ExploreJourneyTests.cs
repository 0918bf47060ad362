using Gengdu.Province.Make;
using Gengdu.System.Tests.Running;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Gengdu.System.Tests.Browser;

/// <summary>A table laid out by dragging and the same by key; kept, and its link opened by somebody within its place and by somebody outside of it.</summary>
[Collection(nameof(ProvinceShared))]
public sealed class ExploreJourneyTests(ProvinceFixture province, BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    private const int Patience = 60_000;
    // Its heading, where no chip stands.
    private static readonly LocatorDragToOptions Beside = new() { TargetPosition = new() { X = 20, Y = 8 } };
    private const string Secret = "约谈前的内部比较";

    [Fact]
    public async Task Pivot_ByPointerAndByKey_IsTheSameTable()
    {
        await using var drawn = await OwnerAsync();
        var page = drawn.Page;
        await page.Locator("[data-dimension='urban-rural']").DragToAsync(Shelf(page, "rows"), Beside);
        await Expect(page).ToHaveURLAsync(Rows("city,urban-rural"), new() { Timeout = Patience });
        // Onto the chip that stands there: before it.
        await page.Locator("[data-dimension='stage']").DragToAsync(page.Locator("[data-shelf=columns] [data-dimension='indicator']"));
        await Expect(page).ToHaveURLAsync(Columns("stage,indicator"));
        await Shelf(page, "rows").Locator("[data-dimension='city']").DragToAsync(Shelf(page, "rest"), Beside);
        await Expect(page).ToHaveURLAsync(Rows("urban-rural"));
        var (address, table) = (page.Url, await TableAsync(page));
        await drawn.LookAsync("explore-1440");

        await using var typed = await OwnerAsync();
        page = typed.Page;
        await PressAsync(page, "urban-rural", "Enter");
        await Expect(page).ToHaveURLAsync(Rows("city,urban-rural"));
        await Expect(page.GetByRole(AriaRole.Status).Filter(new() { HasText = "已放到行" })).ToHaveCountAsync(1);
        // To the columns, behind what stands there; then forward; and the last of the menu takes off.
        await PressAsync(page, "stage", "ArrowDown", "Enter");
        await Expect(page).ToHaveURLAsync(Columns("indicator,stage"));
        await PressAsync(page, "stage", "ArrowDown", "Enter");
        await Expect(page).ToHaveURLAsync(Columns("stage,indicator"));
        await PressAsync(page, "city", "ArrowUp", "Enter");
        await Expect(page).ToHaveURLAsync(Rows("urban-rural"));
        Assert.Equal((address, table), (page.Url, await TableAsync(page)));
    }

    [Fact]
    public async Task Link_OpensWithTheRightsOfWhoeverOpensIt()
    {
        var cancel = TestContext.Current.CancellationToken;
        await using var owner = await OwnerAsync();
        var ofProvince = await KeptAsync(owner, "/explore", Secret);
        var county = await (await province.SignedInAsync(People.Owner, cancel)).OrganisationAsync(People.TriedCounty, cancel);
        var ofCounty = await KeptAsync(owner, $"/explore?place={county}&indicators=K01,K02&rows=school-type", "长安区按类型");

        await using var reviewer = await browser.PersonAsync(province.System.Address, People.Reviewer(People.TriedCounty), province.Options.Password, 390, "en");
        await reviewer.Page.GotoAsync(ofProvince);
        await Expect(reviewer.Page.GetByTestId("view-refused")).ToContainTextAsync("ANA-0034", new() { Timeout = Patience });
        Assert.DoesNotContain(Secret, await reviewer.Page.ContentAsync(), StringComparison.Ordinal);
        await Expect(reviewer.Page.GetByTestId("pivot")).ToHaveCountAsync(0);
        await reviewer.LookAsync("explore-refused-390");
        // What it can do next: its own place.
        await reviewer.Page.GetByTestId("view-refused").GetByRole(AriaRole.Link).ClickAsync();
        await Expect(reviewer.Page.GetByTestId("pivot")).ToBeVisibleAsync(new() { Timeout = Patience });

        await reviewer.Page.GotoAsync(ofCounty);
        await Expect(reviewer.Page.GetByTestId("pivot").Locator("tbody tr").First).ToBeVisibleAsync(new() { Timeout = Patience });
        await Expect(reviewer.Page).ToHaveURLAsync(Rows("school-type"));
        // Somebody else's is read, never changed.
        await Expect(reviewer.Page.GetByTestId("change-view")).ToHaveCountAsync(0);
        await reviewer.LookAsync("explore-shared-390");
    }

    private async Task<Person> OwnerAsync()
    {
        var owner = await browser.PersonAsync(province.System.Address, People.Owner, province.Options.Password, 1440);
        await owner.GoAsync("/explore");
        await Expect(owner.Page.GetByTestId("pivot")).ToBeVisibleAsync(new() { Timeout = Patience });
        return owner;
    }

    /// <returns>The link to give away.</returns>
    private static async Task<string> KeptAsync(Person owner, string from, string name)
    {
        var page = owner.Page;
        await owner.GoAsync(from);
        await page.GetByTestId("save-view").ClickAsync();
        await page.GetByTestId("view-name").FillAsync(name);
        await page.GetByTestId("view-shared").CheckAsync();
        await page.GetByTestId("confirm-view").ClickAsync();
        await page.GetByTestId("change-view").ClickAsync();
        var link = await page.GetByTestId("view-link").InputValueAsync();
        await owner.LookAsync("explore-kept-1440");
        await page.Keyboard.PressAsync("Escape");
        return link;
    }

    private static ILocator Shelf(IPage page, string name) => page.Locator($"[data-shelf={name}]");

    private static ILocator Button(IPage page, string dimension) => page.Locator($"[data-dimension='{dimension}'] > button");

    /// <summary>Opens the menu and goes on in it. Afterwards one stands on the same dimension, wherever it is now.</summary>
    private static async Task PressAsync(IPage page, string dimension, params string[] keys)
    {
        await Button(page, dimension).FocusAsync();
        await page.Keyboard.PressAsync("ArrowDown");
        await Expect(page.Locator($"[data-dimension='{dimension}'] [role=menuitem]").First).ToBeFocusedAsync();
        foreach (var key in keys)
        {
            await page.Keyboard.PressAsync(key);
        }

        await Expect(Button(page, dimension)).ToBeFocusedAsync();
    }

    private static async Task<string> TableAsync(IPage page)
    {
        await Expect(page.Locator("section[aria-busy=true]")).ToHaveCountAsync(0, new() { Timeout = Patience });
        return await page.GetByTestId("pivot").InnerTextAsync();
    }

    private static global::System.Text.RegularExpressions.Regex Rows(string dimensions) => new($"[?&]rows={dimensions.Replace(",", "(,|%2C)", StringComparison.Ordinal)}(&|$)");

    private static global::System.Text.RegularExpressions.Regex Columns(string dimensions) => new($"[?&]columns={dimensions.Replace(",", "(,|%2C)", StringComparison.Ordinal)}(&|$)");
}
