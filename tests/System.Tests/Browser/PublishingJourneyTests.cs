using Gengdu.Province.Make;
using Gengdu.System.Tests.Running;
using static Microsoft.Playwright.Assertions;

namespace Gengdu.System.Tests.Browser;

/// <summary>The province's owner has the figures counted anew, sees what stands for and against publishing them, publishes, and finds the published value in the series.</summary>
[Collection(nameof(ProvinceShared))]
public sealed class PublishingJourneyTests(ProvinceFixture province, BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    private const int Patience = 60_000;

    [Fact]
    public async Task Owner_RebuildsChecksAndPublishes()
    {
        // So there is one to correct, whichever test came before.
        await province.PublishedAsync(1, TestContext.Current.CancellationToken);
        await using var owner = await browser.PersonAsync(province.System.Address, People.Owner, province.Options.Password, 1440);
        await owner.GoAsync("/recounts");
        await owner.Page.GetByTestId("rebuild").ClickAsync();
        await owner.Page.GetByTestId("confirm-rebuild").ClickAsync();
        await Expect(owner.Page.GetByTestId("recount-now")).ToContainTextAsync("✓ 全部指标与所存版本一致", new() { Timeout = Patience });
        await Expect(owner.Page.GetByTestId("recounts")).ToBeVisibleAsync();
        await owner.LookAsync("recounts-1440");

        await owner.GoAsync("/publications");
        await Expect(owner.Page.Locator("[data-check=closed]")).ToContainTextAsync("仍在进行");
        await Expect(owner.Page.Locator("[data-check=compared]")).ToContainTextAsync("全部指标与所存版本一致");
        await owner.Page.GetByTestId("publish").ClickAsync();
        await owner.Page.Locator("#reason-zh").FillAsync(Publishing.Reason);
        await owner.Page.GetByTestId("confirm-draft").ClickAsync();
        await Expect(owner.Page.GetByTestId("draft")).ToContainTextAsync("起草人不能审核自己的草稿", new() { Timeout = Patience });
        await owner.LookAsync("publication-draft-1440");
        await using (var administrator = await browser.PersonAsync(province.System.Address, GengduSystem.Administrator, province.Options.Password, 1440))
        {
            await administrator.GoAsync("/publications");
            await administrator.Page.GetByTestId("agree").ClickAsync();
            await Expect(administrator.Page.GetByTestId("agree")).ToHaveCountAsync(0, new() { Timeout = Patience });
        }

        await owner.GoAsync("/publications");
        await owner.Page.GetByTestId("confirm-publish").ClickAsync();
        await Expect(owner.Page.GetByTestId("publications").Locator("tbody tr").First).ToContainTextAsync("暂定", new() { Timeout = Patience });
        await Expect(owner.Page.Locator("[data-check=changed]")).ToBeVisibleAsync();
        await owner.LookAsync("publications-1440");

        await owner.GoAsync("/dashboard");
        await owner.Page.Locator("button.ask").First.ClickAsync();
        await owner.Page.GetByTestId("open-figure").ClickAsync();
        await Expect(owner.Page.GetByTestId("figure-series").Locator("thead")).ToContainTextAsync("公布值");
        await owner.Page.GetByTestId("series-tree").SelectOptionAsync("today");
        await Expect(owner.Page.GetByTestId("figure-series").Locator("thead")).Not.ToContainTextAsync("公布值");
        await owner.Page.GetByTestId("breakdown-by").SelectOptionAsync("size");
        await Expect(owner.Page.GetByTestId("breakdown").Locator("tbody tr").First).ToBeVisibleAsync();
        await owner.LookAsync("figure-size-1440");

        await using var phone = await browser.PersonAsync(province.System.Address, People.Owner, province.Options.Password, 390, "en");
        foreach (var (path, name) in new[] { ("/recounts", "recounts-390"), ("/publications", "publications-390") })
        {
            await phone.GoAsync(path);
            await Expect(phone.Page.GetByTestId(path == "/recounts" ? "recounts" : "publications")).ToBeVisibleAsync();
            await phone.LookAsync(name);
        }
    }
}
