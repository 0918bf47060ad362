using System.Text;
using Gengdu.Province.Make;
using Gengdu.System.Tests.Running;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Gengdu.System.Tests.Browser;

/// <summary>A register handed in with clicks, by the province's administrator: what is wrong is said row by row, what is right is loaded and found again.</summary>
[Collection(nameof(ProvinceShared))]
public sealed class RegistersJourneyTests(ProvinceFixture province, BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    [Fact]
    public async Task Register_IsSeenBeforeItIsTaken_AndFoundSchoolBySchool()
    {
        // Of a county that no other journey looks at.
        var schools = Schools.Make(Division.Read(province.Options.DivisionsFile), province.Options.Schools, province.Options.Seed).Where(s => s.CityCode == "130300").Take(2).ToList();
        await using var desk = await browser.PersonAsync(province.System.Address, GengduSystem.Administrator, province.Options.Password, 1440, "zh-CN");
        var page = desk.Page;
        await desk.GoAsync("/registers");
        await Expect(page.GetByTestId("no-register")).ToBeVisibleAsync();
        await page.GetByTestId("import-register").ClickAsync();
        await page.GetByTestId("register-source").FillAsync("学籍系统");
        await page.GetByTestId("register-file").SetInputFilesAsync(new FilePayload
        {
            Name = "学籍.csv", MimeType = "text/csv",
            Buffer = Encoding.UTF8.GetBytes($"学校代码,学籍在校生数,学籍班级数\n{schools[0].Code},\"1,032\",24\n{schools[1].Code},三百,8\n2199999999,5,1\n"),
        });
        await page.GetByTestId("run-register").ClickAsync();

        var rows = page.GetByTestId("register-rows").Locator("tbody tr");
        await Expect(rows).ToHaveCountAsync(3);
        await Expect(rows.Nth(0)).ToContainTextAsync("学籍在校生数 1,032");
        await Expect(rows.Nth(1)).ToContainTextAsync("学籍在校生数：应为 0 或正整数");
        await Expect(rows.Nth(2)).ToContainTextAsync("学校代码：没有此代码的学校");
        Assert.Empty(await AxeAudit.RunAsync(page));
        await page.GetByTestId("run-register").ClickAsync();

        await Expect(page.GetByTestId("register-loads")).ToContainTextAsync("学籍系统");
        await Expect(page.GetByTestId("register-loads")).ToContainTextAsync("1 / "); // other journeys found and close schools
        await page.Locator("input[type=search]").FillAsync(schools[0].Code);
        await page.Locator("input[type=search]").PressAsync("Enter");
        await Expect(page.GetByTestId("register-schools").Locator("tbody tr")).ToHaveCountAsync(1);
        await Expect(page.GetByTestId("register-schools")).ToContainTextAsync("1,032");
    }
}
