using System.Globalization;
using System.Text.RegularExpressions;
using Gengdu.Province.Make;
using Gengdu.Province.Play;
using Gengdu.Province.Values;
using Gengdu.System.Tests.Running;
using static Microsoft.Playwright.Assertions;

namespace Gengdu.System.Tests.Browser;

/// <summary>The semester with clicks: fill in, sign, return, correct, approve, see the figure move; on a desk and on a phone.</summary>
[Collection(nameof(ProvinceShared))]
public sealed class SemesterJourneyTests(ProvinceFixture province, BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    private const string Module = "evaluation";

    [Theory]
    [InlineData(1440, 1)]
    [InlineData(390, 2)]
    public async Task Semester_WithClicks_MovesTheFigure(int width, int school)
    {
        var cancel = TestContext.Current.CancellationToken;
        var pupils = await SignBasicInformationAsync(school, cancel);
        var address = province.System.Address;
        var password = province.Options.Password;
        await using var reporter = await browser.PersonAsync(address, People.Own("reporter", school), password, width);
        await using var approver = await browser.PersonAsync(address, People.Own("approver", school), password, width);
        await using var reviewer = await browser.PersonAsync(address, People.Reviewer(People.TriedCounty), password, width);
        await using var owner = await browser.PersonAsync(address, People.Owner, password, width);

        // Fill in: a slip is shown at the cell, then put right.
        await reporter.OpenModuleAsync(Module);
        await reporter.AnswerYesAsync("scheme");
        await reporter.AnswerYesAsync("in_quality_eval");
        await reporter.TypeAsync("recorded", Text(pupils + 1));
        await Expect(reporter.Page.Locator("#cell-recorded")).ToHaveAttributeAsync("aria-invalid", "true");
        await reporter.TypeAsync("recorded", Text(pupils - 1));
        await Expect(reporter.Page.Locator("#cell-recorded")).Not.ToHaveAttributeAsync("aria-invalid", "true");
        await reporter.SavedAsync();
        await reporter.FitsAsync();
        await reporter.Page.ReloadAsync();
        await Expect(reporter.Page.Locator("#cell-recorded")).ToHaveValueAsync(Text(pupils - 1));
        await reporter.CompleteAsync();
        await SignAsync(approver);

        // Return one cell with a reason.
        await OpenReviewAsync(reviewer, school);
        await reviewer.Page.Locator("#cell-recorded").ClickAsync();
        await reviewer.Page.Locator("#reason-recorded").FillAsync("写实记录人数应包括本学期转入学生，请核对。");
        await reviewer.LookAsync($"review-{width}");
        await reviewer.Page.GetByTestId("return").ClickAsync();

        // The school reads it at the cell, corrects, signs again.
        await Eventually.BecomesAsync(async () =>
        {
            await reporter.GoAsync("/fill");
            var card = reporter.Page.Locator($"[data-module={Module}]").First;
            await card.WaitForAsync();
            return await card.GetAttributeAsync("class") ?? "";
        }, classes => classes.Contains("returned", StringComparison.Ordinal), "the module is back at the school", cancel);
        await reporter.OpenModuleAsync(Module);
        await Expect(reporter.Page.GetByTestId("return-banner").GetByText("写实记录人数应包括本学期转入学生").First).ToBeVisibleAsync();
        await reporter.TypeAsync("recorded", Text(pupils));
        await reporter.SavedAsync();
        await reporter.CompleteAsync();
        await SignAsync(approver);

        // Approve, and see it on the province's page.
        await OpenReviewAsync(reviewer, school);
        await reviewer.Page.GetByTestId("approve").ClickAsync();
        var cycle = await ReportReachesDashboardTests.CycleAsync(await province.SignedInAsync(People.Owner, cancel), cancel);
        var page = await ReportReachesDashboardTests.ProvinceAsync(await province.SignedInAsync(People.Owner, cancel), cycle, cancel);
        await owner.GoAsync("/dashboard");
        await Expect(owner.Page.GetByText(new Regex($"已报 {ReportReachesDashboardTests.Submitted(page)} 份")).First).ToBeVisibleAsync();
        await owner.FitsAsync();
    }

    [Theory]
    [InlineData("zh-CN", "关键指标")]
    [InlineData("en", "Key indicators")]
    public async Task ProvincePage_InBothLanguages_ShowsTheChart(string locale, string heading)
    {
        await using var owner = await browser.PersonAsync(province.System.Address, People.Owner, province.Options.Password, 1440, locale);

        await owner.GoAsync("/dashboard");

        await Expect(owner.Page.GetByRole(Microsoft.Playwright.AriaRole.Heading, new() { Name = heading, Exact = false }).First).ToBeVisibleAsync();
        await owner.FitsAsync();
    }

    private static async Task SignAsync(Person approver)
    {
        await approver.GoAsync("/fill");
        await approver.Page.Locator("a[href$='/sign']").First.ClickAsync();
        await approver.Page.GetByTestId("statement").CheckAsync();
        await approver.Page.GetByTestId("sign").ClickAsync();
        await Expect(approver.Page.Locator(".receipt").First).ToBeVisibleAsync();
        await approver.FitsAsync();
    }

    private async Task OpenReviewAsync(Person reviewer, int school)
    {
        await Eventually.BecomesAsync(async () =>
        {
            await reviewer.GoAsync("/review");
            var row = reviewer.Page.GetByText(province.People.Untouched[school].NameZh).First;
            try
            {
                await row.WaitForAsync(new() { Timeout = 5_000 });
                return true;
            }
            catch (TimeoutException)
            {
                return false;
            }
        }, found => found, "the report is in the county's queue", TestContext.Current.CancellationToken);
        await reviewer.Page.GetByText(province.People.Untouched[school].NameZh).First.ClickAsync();
        await reviewer.Page.Locator($"[role=tab][data-module={Module}]").ClickAsync();
        await Expect(reviewer.Page.GetByTestId("approve")).ToBeEnabledAsync();
    }

    private async Task<int> SignBasicInformationAsync(int school, CancellationToken cancel)
    {
        var reporter = await province.SignedInAsync(People.Own("reporter", school), cancel);
        var approver = await province.SignedInAsync(People.Own("approver", school), cancel);
        var cycle = await ReportReachesDashboardTests.CycleAsync(reporter, cancel);
        var module = (await reporter.GetAsync($"/api/reporting/reports?cycleId={cycle}", cancel))["items"]![0]!["modules"]!.AsArray().First(m => m!["key"]!.GetValue<string>() == "basic-information")!;
        var figures = new Figures(province.People.Untouched[school], ReportReachesDashboardTests.Today, ReportReachesDashboardTests.PeriodStart());
        var id = module["id"]!.GetValue<Guid>();
        var version = await FillModule.SaveAsync(reporter, id, module["version"]!.GetValue<long>(), SchoolValues.For(figures)["basic-information"], null, new Random(1), cancel);
        version = await FillModule.CompleteAsync(reporter, id, version, cancel);
        await FillModule.SignAsync(approver, id, version, cancel);
        return figures.Pupils;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
