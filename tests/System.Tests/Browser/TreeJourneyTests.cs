using System.Text;
using Gengdu.System.Tests.Running;
using static Microsoft.Playwright.Assertions;

namespace Gengdu.System.Tests.Browser;

/// <summary>The administrator's tree with clicks: a school comes by a list, is found by its pinyin, moves, and its history tells it.</summary>
[Collection(nameof(ProvinceShared))]
public sealed class TreeJourneyTests(ProvinceFixture province, BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    [Theory]
    [InlineData(1440, "zh-CN", "2113995001")]
    [InlineData(390, "en", "2113995002")]
    public async Task School_ImportedFoundAndMoved_WithClicks(int width, string locale, string code)
    {
        await using var administrator = await browser.PersonAsync(province.System.Address, GengduSystem.Administrator, province.Options.Password, width, locale);
        var page = administrator.Page;
        await administrator.GoAsync("/organisations");
        await Expect(page.GetByTestId("organisation")).ToBeVisibleAsync();
        await administrator.FitsAsync();

        // The list is shown before it is applied.
        await page.GetByTestId("import").ClickAsync();
        await page.GetByTestId("file").SetInputFilesAsync(new global::Microsoft.Playwright.FilePayload
        {
            Name = "schools.csv", MimeType = "text/csv",
            Buffer = Encoding.UTF8.GetBytes($"code,parent_code,name_zh,name_en,school_type,urban_rural,run_by,grades\n{code},130125,行唐{code}小学,Xingtang {code} Primary School,primary,town,education-department,g1-g6\n"),
        });
        await page.GetByTestId("run-import").ClickAsync();
        await Expect(page.GetByTestId("differences")).ToContainTextAsync(code);
        Assert.Empty(await AxeAudit.RunAsync(page));
        await page.GetByTestId("run-import").ClickAsync();
        await Expect(page.GetByTestId("differences")).ToHaveCountAsync(0);

        // Found by pinyin, opened by keyboard.
        await page.GetByTestId("search").FillAsync($"xingtang{code}xiaoxue");
        await page.GetByTestId("search").PressAsync("Enter");
        var row = page.Locator($"[data-code='{code}'] a");
        await row.FocusAsync();
        await row.PressAsync("Enter");
        await Expect(page.GetByTestId("organisation")).ToContainTextAsync(code);

        // What will happen is said before it does.
        await page.Locator("[data-act=move]").ClickAsync();
        await page.GetByTestId("picker").FillAsync("laoting");
        await page.Locator("[data-pick='130225']").ClickAsync();
        await page.GetByTestId("run").ClickAsync();
        await Expect(page.GetByTestId("effects")).ToBeVisibleAsync();
        Assert.Empty(await AxeAudit.RunAsync(page));
        await page.GetByTestId("run").ClickAsync();
        await Expect(page.GetByTestId("effects")).ToHaveCountAsync(0);
        await Expect(page.GetByTestId("history").Locator("li")).ToHaveCountAsync(2);
        await Expect(page.GetByTestId("history")).ToContainTextAsync("130225");
        await administrator.FitsAsync();
        Assert.Empty(await AxeAudit.RunAsync(page));
    }
}
