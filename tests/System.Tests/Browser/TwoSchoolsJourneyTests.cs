using Gengdu.Province.Make;
using Gengdu.System.Tests.Running;
using static Microsoft.Playwright.Assertions;

namespace Gengdu.System.Tests.Browser;

/// <summary>One person, two schools, one phone: each page says for whom, and nothing of one gets into the other.</summary>
[Collection(nameof(ProvinceShared))]
public sealed class TwoSchoolsJourneyTests(ProvinceFixture province, BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    private const string Module = "safety";
    private const string Cell = "hazards_found";

    [Fact]
    public async Task Person_OfTwoSchools_SeesBoth_SwitchesAndMixesNothingUp()
    {
        var cancel = TestContext.Current.CancellationToken;
        // The second one became a teaching point after the cycle opened: its report stays, and the first one's people fill it in.
        var point = province.People.Untouched.Take(3).Last(school => school.Type == "primary");
        var schools = new[] { province.People.Untouched[3], point };
        var administrator = await province.SignedInAsync(GengduSystem.Administrator, cancel);
        var person = new { userName = "of-two-schools", displayName = "中心校填报员", password = province.Options.Password, assignments = new[] { new { role = "reporter", organisationCode = schools[0].Code } } };
        await administrator.PostAsync("/api/identity/people/batch", new { people = new[] { person } }, cancel);
        var found = (await administrator.GetAsync($"/api/identity/organisations?search={point.Code}", cancel))["items"]![0]!;
        await administrator.PutAsync($"/api/identity/organisations/{found["id"]}/school-type", new { schoolType = "teaching-point", grades = new[] { "g1", "g2", "g3" } }, found["version"]!.GetValue<long>(), cancel);
        await DeclareAsync(schools[0], point, person.displayName);
        await using var reporter = await browser.PersonAsync(province.System.Address, person.userName, person.password, 390);
        var page = reporter.Page;
        await reporter.GoAsync("/schools");
        await Expect(page.GetByTestId("school")).ToHaveCountAsync(2);
        await Expect(page.GetByTestId("school").First.GetByRole(Microsoft.Playwright.AriaRole.Button)).ToBeVisibleAsync();
        await reporter.FitsAsync();
        Assert.Empty(await AxeAudit.RunAsync(page));

        foreach (var (school, value) in new[] { (schools[0], "7"), (schools[1], "9") })
        {
            await OpenAsync(reporter, school);
            await reporter.TypeAsync(Cell, value);
            await reporter.SavedAsync();
            await reporter.FitsAsync();
        }

        await OpenAsync(reporter, schools[0]);
        await Expect(page.Locator($"#cell-{Cell}")).ToHaveValueAsync("7");
        // An address of the other school, opened as it is, sits down at the other desk by itself.
        await OpenAsync(reporter, schools[1]);
        var address = page.Url;
        await OpenAsync(reporter, schools[0]);
        await page.GotoAsync(address);
        await Expect(page.GetByTestId("school-line")).ToContainTextAsync(schools[1].Code);
        await Expect(page.Locator($"#cell-{Cell}")).ToHaveValueAsync("9");
        await Expect(page.Locator(".desk-name")).ToHaveTextAsync(schools[1].NameZh);
    }

    /// <summary>The county's administrator, on the card of the central school.</summary>
    private async Task DeclareAsync(School school, School point, string name)
    {
        await using var desk = await browser.PersonAsync(province.System.Address, People.Administrator(People.TriedCounty), province.Options.Password, 1440);
        var page = desk.Page;
        await desk.GoAsync("/organisations");
        await page.GetByTestId("search").FillAsync(school.Code);
        await page.GetByTestId("search").PressAsync("Enter");
        await page.Locator($"[data-code='{school.Code}'] a").ClickAsync();
        await page.GetByTestId("show-fill-ins").ClickAsync();
        await page.GetByTestId("teaching-point").SelectOptionAsync(new Microsoft.Playwright.SelectOptionValue { Label = $"{point.NameZh} ({point.Code})" });
        await page.GetByTestId("fill-ins").GetByLabel(name).CheckAsync();
        await desk.LookAsync("fill-ins-1440");
        await page.SetViewportSizeAsync(390, 844);
        await desk.LookAsync("fill-ins-390");
        await page.GetByTestId("declare-fill-in").ClickAsync();
        await Expect(page.GetByTestId("fill-ins").Locator("li")).ToContainTextAsync(name);
    }

    private static async Task OpenAsync(Person reporter, School school)
    {
        await reporter.GoAsync("/schools");
        await reporter.Page.GetByTestId("school").Filter(new() { HasText = school.Code }).GetByRole(Microsoft.Playwright.AriaRole.Button).ClickAsync();
        await Expect(reporter.Page.GetByTestId("school-line")).ToContainTextAsync(school.Code);
        await reporter.Page.Locator($"[data-module={Module}]").First.ClickAsync();
        await Expect(reporter.Page.GetByTestId("school-line")).ToContainTextAsync(school.NameZh);
        await Expect(reporter.Page.Locator($"#cell-{Cell}")).ToBeVisibleAsync();
    }
}
