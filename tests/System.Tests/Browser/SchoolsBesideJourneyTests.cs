using Gengdu.Province.Make;
using Gengdu.Province.Play;
using Gengdu.System.Tests.Running;
using static Microsoft.Playwright.Assertions;

namespace Gengdu.System.Tests.Browser;

/// <summary>A county sees its schools side by side; a school sees itself beside its county's median, and no other school.</summary>
[Collection(nameof(ChartProvinceShared))]
public sealed class SchoolsBesideJourneyTests(ChartProvinceFixture province, BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    private const int LooksBack = 1;

    [Theory]
    [InlineData(1440, "zh-CN")]
    [InlineData(390, "en")]
    public async Task County_SeesItsSchools_AndOpensOne(int width, string locale)
    {
        await using var county = await browser.PersonAsync(province.System.Address, People.Reviewer(People.TriedCounty), province.Options.Password, width, locale);
        await county.GoAsync("/dashboard");
        var page = county.Page;
        var schools = province.People.Untouched.Append(province.People.Showcase);
        await page.StandsAsync(locale == "en" ? "Chang'an" : "长安区");
        foreach (var school in schools)
        {
            await Expect(page.GetByTestId("ranked")).ToContainTextAsync(locale == "en" ? school.NameEn : school.NameZh);
        }

        await Expect(page.GetByTestId("progress").Locator("tbody tr")).ToHaveCountAsync(await page.GetByTestId("ranked").Locator("li").CountAsync());
        await county.LookAsync($"chart-own-county-{width}");
        await page.GetByTestId("ranked").Locator("a").First.ClickAsync();
        await Expect(page.GetByTestId("missing")).ToBeVisibleAsync();
        await Expect(page.Locator(".bullet").First).ToBeVisibleAsync();
        await county.LookAsync($"chart-school-of-county-{width}");
    }

    [Theory]
    [InlineData(1440, "zh-CN")]
    [InlineData(390, "en")]
    public async Task School_SeesItselfBesideItsCounty_AndNobodyElse(int width, string locale)
    {
        var cancel = TestContext.Current.CancellationToken;
        var owner = await province.SignedInAsync(People.Owner, cancel);
        var past = await OpenCycle.FindAsync(owner, Semester.Now().Before(), cancel);
        await using var school = await browser.PersonAsync(province.System.Address, People.Own("reporter", LooksBack), province.Options.Password, width, locale);
        await school.GoAsync($"/dashboard?cycle={past!["id"]}");
        var (page, own) = (school.Page, province.People.Untouched[LooksBack]);
        await page.StandsAsync(locale == "en" ? own.NameEn : own.NameZh);
        Assert.True(await page.Locator(".bullet .median").CountAsync() > 5, "its numbers stand beside the median of the county");
        await Expect(page.GetByTestId("missing").Locator("li")).ToHaveCountAsync(10);
        await school.LookAsync($"chart-school-{width}");

        // What is still to do stands first; a module's name leads to its form.
        await school.GoAsync("/dashboard");
        await page.StandsAsync(locale == "en" ? own.NameEn : own.NameZh);
        await school.LookAsync($"chart-school-to-do-{width}");
        await page.GetByTestId("missing").Locator("a").First.ClickAsync();
        await Expect(page.GetByTestId("school-line")).ToContainTextAsync(own.Code);

        // Another school's address says no more than one that never was.
        var other = (await owner.GetAsync($"/api/identity/organisations?search={province.People.Showcase.Code}", cancel))["items"]![0]!["id"];
        await school.GoAsync($"/dashboard/schools/{other}");
        await Expect(page.Locator("main .problem")).ToBeVisibleAsync();
        await Expect(page.Locator("main")).Not.ToContainTextAsync(province.People.Showcase.NameZh);
    }
}
