using System.Globalization;
using Gengdu.Province.Make;
using Gengdu.System.Tests.Running;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Gengdu.System.Tests.Browser;

/// <summary>
/// The county desk's day with clicks: two hundred accounts from a sheet, a teacher who changes the school, a reviewer who is
/// away, who has which right; then the county's auditor reads what was done, and the reviewer takes the role back on a phone.
/// </summary>
[Collection(nameof(ProvinceShared))]
public sealed class CountyDeskJourneyTests(ProvinceFixture province, BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    private const string County = People.TriedCounty;
    private const string Teacher = "调动教师";
    private const string Deputy = "desk.deputy";
    private const int Accounts = 200;
    private static readonly string Reviewer = People.Reviewer(County);

    [Fact]
    public async Task Desk_AccountsTransferDelegationAndAudit_WithClicks()
    {
        var (from, to) = (province.People.Untouched[1], province.People.Untouched[2]);
        await using (var desk = await SignedInAsync(People.Administrator(County), 1440, "zh-CN"))
        {
            await ImportAsync(desk, from.Code);
            await TransferAsync(desk, to);
            await DelegateAsync(desk);
        }

        await using (var auditor = await SignedInAsync($"audit-{County}", 1440, "zh-CN"))
        {
            await ReadAuditAsync(auditor);
        }

        await OnThePhoneAsync(to);
    }

    private static async Task ImportAsync(Person desk, string school)
    {
        var page = desk.Page;
        await desk.GoAsync("/people");
        await page.GetByTestId("import-people").ClickAsync();
        await page.GetByTestId("people-file").SetInputFilesAsync(new FilePayload { Name = "people.xlsx", MimeType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", Buffer = Sheet(school) });
        await page.GetByTestId("run-people-import").ClickAsync();

        // Row by row: what is wrong with each of the five, before anything is made.
        var rows = page.GetByTestId("people-rows").Locator("tbody tr");
        await Expect(rows).ToHaveCountAsync(Accounts + 5);
        await page.GetByTestId("only-refused").CheckAsync();
        await Expect(rows).ToHaveCountAsync(5);
        foreach (var (row, fault) in new[] { (202, "机构代码"), (203, "角色"), (204, "机构代码"), (205, "重复"), (206, "日期") })
        {
            await Expect(rows.Filter(new() { Has = page.GetByRole(AriaRole.Cell, new() { Name = $"{row}", Exact = true }) })).ToContainTextAsync(fault);
        }

        Assert.Empty(await AxeAudit.RunAsync(page));
        await page.GetByTestId("only-refused").UncheckAsync();
        await page.GetByTestId("run-people-import").ClickAsync();
        await Expect(page.GetByTestId("people-rows").Locator("tr.created")).ToHaveCountAsync(Accounts);

        // A slip a person; on paper nothing but the slips, and nobody loses the codes by a careless click.
        await page.GetByTestId("to-slips").ClickAsync();
        var slips = page.GetByTestId("slips").Locator("li");
        await Expect(slips).ToHaveCountAsync(Accounts);
        await Expect(slips.First.Locator(".code")).ToHaveTextAsync(new global::System.Text.RegularExpressions.Regex("^[0-9A-Z]{4}(-[0-9A-Z]{4}){2}$"));
        await page.EmulateMediaAsync(new() { Media = Media.Print });
        await Expect(page.Locator(".bar")).ToBeHiddenAsync();
        await Expect(slips.Last).ToBeVisibleAsync();
        Assert.True(await page.EvaluateAsync<bool>("document.querySelector('.slip-sheet li:last-child').getBoundingClientRect().bottom <= document.documentElement.scrollHeight"), "the last slips are cut off");
        await desk.PaperAsync("slips");
        await page.EmulateMediaAsync(new() { Media = Media.Screen });
        var close = page.GetByRole(AriaRole.Button, new() { Name = "关闭", Exact = true });
        await close.ClickAsync();
        await Expect(page.GetByTestId("not-printed")).ToBeVisibleAsync();
        await close.ClickAsync();
        await Expect(page.GetByTestId("slips")).ToHaveCountAsync(0);
    }

    private static async Task TransferAsync(Person desk, School to)
    {
        var page = desk.Page;
        await FindAsync(desk, Teacher);
        await page.Locator("[data-act=move]").ClickAsync();
        await page.GetByTestId("picker").FillAsync(to.Code);
        await page.Locator($"[data-pick='{to.Code}']").ClickAsync();
        await page.GetByTestId("run-transfer").ClickAsync();
        await Expect(page.Locator("[data-person]").Filter(new() { HasText = Teacher })).ToContainTextAsync(to.Code);
        await desk.FitsAsync();
    }

    private static async Task DelegateAsync(Person desk)
    {
        var page = desk.Page;
        await desk.GoAsync("/people");
        await page.GetByTestId("show-rights").ClickAsync();
        await page.Locator($"[data-right='{Reviewer} county-reviewer'] [data-act=delegate]").ClickAsync();
        await page.GetByTestId("deputy").SelectOptionAsync(new SelectOptionValue { Label = "代理审核" });
        await page.GetByTestId("until").FillAsync(InDays(7));
        await page.GetByTestId("run-delegate").ClickAsync();

        // Who has which right here, since when, until when, and in whose place.
        var right = page.Locator($"[data-right='{Deputy} county-reviewer']");
        await Expect(right).ToContainTextAsync(InDays(0));
        await Expect(right).ToContainTextAsync(InDays(7));
        await Expect(right).ToContainTextAsync("代理长安区");
        await desk.FitsAsync();
        Assert.Empty(await AxeAudit.RunAsync(page));
    }

    private static async Task ReadAuditAsync(Person auditor)
    {
        var page = auditor.Page;
        await auditor.GoAsync("/audit");
        foreach (var (act, whom) in new[] { ("people.imported", ""), ("person.transferred", Teacher), ("assignment.delegated", "代理审核") })
        {
            await page.GetByLabel("事项").SelectOptionAsync(act);
            await page.GetByRole(AriaRole.Button, new() { Name = "查询", Exact = true }).ClickAsync();
            var entries = page.GetByTestId("audit-entry");
            await Expect(entries).ToHaveCountAsync(1);
            await Expect(entries).ToContainTextAsync("管理员");
            await Expect(entries).ToContainTextAsync(whom);
        }

        // The file holds what was asked for, with ids and without names.
        var file = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Button, new() { Name = "导出 CSV：身份与机构" }).ClickAsync());
        var lines = (await File.ReadAllTextAsync(await file.PathAsync())).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Contains("assignment.delegated", Assert.Single(lines.Skip(1)), StringComparison.Ordinal);
        Assert.DoesNotContain("代理审核", string.Concat(lines), StringComparison.Ordinal);
        Assert.Empty(await AxeAudit.RunAsync(page));

        // From an organisation to what happened there.
        await auditor.GoAsync("/organisations");
        await page.GetByTestId("to-audit").ClickAsync();
        await Expect(page.GetByTestId("audit-entry").First).ToBeVisibleAsync();
        await Expect(page).ToHaveURLAsync(new global::System.Text.RegularExpressions.Regex(@"/audit\?organisation="));
        await Expect(page.GetByTestId("audit-entry").Filter(new() { HasText = "调动了人员" })).ToContainTextAsync(Teacher);
    }

    private async Task OnThePhoneAsync(School to)
    {
        await using var desk = await SignedInAsync(People.Administrator(County), 390, "en");
        await FindAsync(desk, Teacher);
        await desk.FitsAsync();
        await desk.Page.Locator("[data-act=move]").ClickAsync();
        await Expect(desk.Page.GetByTestId("picker")).ToBeVisibleAsync();
        await desk.FitsAsync();
        Assert.Empty(await AxeAudit.RunAsync(desk.Page));

        // The teacher's new school: its people, and who has which right there.
        await desk.GoAsync("/organisations");
        await desk.Page.GetByTestId("search").FillAsync(to.Code);
        await desk.Page.GetByTestId("search").PressAsync("Enter");
        await desk.Page.Locator($"[data-code='{to.Code}'] a").ClickAsync();
        await desk.Page.GetByTestId("show-rights").ClickAsync();
        await Expect(desk.Page.GetByTestId("rights")).ToContainTextAsync(Teacher);
        await desk.FitsAsync();
        await desk.Page.GetByTestId("organisation").GetByRole(AriaRole.Link, new() { NameRegex = new("^[0-9]+ ") }).ClickAsync();
        await Expect(desk.Page.GetByTestId("only-here")).ToBeVisibleAsync();
        await Expect(desk.Page.Locator("[data-person]").Filter(new() { HasText = Teacher })).ToBeVisibleAsync();

        // Back early, the reviewer takes the role back.
        await using var reviewer = await SignedInAsync(Reviewer, 390, "en");
        await reviewer.GoAsync("/delegations");
        await Expect(reviewer.Page.GetByTestId("delegations")).ToContainTextAsync(InDays(7));
        await reviewer.FitsAsync();
        Assert.Empty(await AxeAudit.RunAsync(reviewer.Page));
        await reviewer.Page.GetByTestId("delegations").GetByRole(AriaRole.Button).ClickAsync();
        await Expect(reviewer.Page.GetByTestId("delegations")).ToHaveCountAsync(0);
    }

    private Task<Person> SignedInAsync(string userName, int width, string locale) => browser.PersonAsync(province.System.Address, userName, province.Options.Password, width, locale);

    private static async Task FindAsync(Person desk, string name)
    {
        await desk.GoAsync("/people");
        await desk.Page.FillAsync("input[type=search]", name);
        await desk.Page.PressAsync("input[type=search]", "Enter");
        await Expect(desk.Page.Locator("[data-person]")).ToHaveCountAsync(1);
    }

    private static string InDays(int days) => TimeProvider.System.GetUtcNow().AddHours(8).AddDays(days).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>
    /// Two hundred people of one school and the county, and five rows that cannot be. Their names stand last: the first page of
    /// people stays as the other journeys expect it.
    /// </summary>
    private static byte[] Sheet(string school) => AccountSheet.Of(
    [
        [Teacher, "", "填报员", school, ""],
        ["代理审核", Deputy, "填报员", County, ""],
        .. Enumerable.Range(3, Accounts - 2).Select(i => new[] { $"名册教师{i:000}", $"zz.desk.{i:000}", i % 2 == 0 ? "填报员" : "审核人", school, "" }),
        ["没有学校", "", "填报员", "9999999999", ""],
        ["角色不符", "", "县级审核", school, ""],
        ["别县教师", "", "填报员", "130202", ""],
        [Teacher, "", "填报员", school, ""],
        ["日期已过", "", "填报员", school, "2020-01-01"],
    ]);
}
