using System.Text.Json.Nodes;
using Gengdu.Province.Make;
using Gengdu.System.Tests.Running;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Gengdu.System.Tests.Browser;

/// <summary>Filling in with little typing: paste, keys, details, last cycle's values, filter, print; on a desk and on a phone.</summary>
[Collection(nameof(ProvinceShared))]
public sealed class FormTests(ProvinceFixture province, BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    private const string Invalid = "aria-invalid";

    [Theory]
    [InlineData(1440, 1)]
    [InlineData(390, 2)]
    public async Task PastedTable_IsTakenToldAndTakenBack(int width, int school)
    {
        await using var reporter = await OpenAsync("practice-places", width, school);
        var page = reporter.Page;
        const string Table = "名称\t类型\t面积（亩）\t可容纳人数\r\n百草园\t种植园\t3\t５０\r\n陶艺室\t陶艺\t60 ㎡\t约40\r\n厨房\t烹饪\t1,200 平方米\t30\r\n";

        await reporter.PasteAsync("[data-paste=start] >> nth=0", Table);
        var summary = page.GetByTestId("edit-summary");
        await Expect(summary).ToContainTextAsync("3亩");
        await Expect(summary).ToContainTextAsync("约40");
        await Expect(page.Locator("#cell-on_campus-r1-area")).ToHaveValueAsync("2000");
        await Expect(page.Locator("#cell-on_campus-r1-seats")).ToHaveValueAsync("50");
        await Expect(page.Locator("#cell-on_campus-r3-area")).ToHaveValueAsync("1200");
        await Expect(page.Locator("#cell-on_campus-r2-seats")).ToHaveAttributeAsync(Invalid, "true");
        await reporter.FitsAsync();

        await page.GetByTestId("undo-edit").ClickAsync();
        await Expect(page.Locator("#cell-on_campus-r1-area")).ToHaveCountAsync(0);

        await reporter.PasteAsync("[data-paste=start] >> nth=0", Table);
        await reporter.SavedAsync();
        await page.ReloadAsync();
        await Expect(page.Locator("#cell-on_campus-r1-area")).ToHaveValueAsync("2000");
        // What was no number was not stored, and nothing was put in its place: it is on this device as typed.
        await Expect(page.Locator("#cell-on_campus-r2-seats")).ToHaveValueAsync("约40");
        await Expect(page.Locator("#cell-on_campus-r2-seats")).ToHaveAttributeAsync(Invalid, "true");
    }

    [Theory]
    [InlineData(1440, 1)]
    [InlineData(390, 2)]
    public async Task Grid_IsFilledInWithKeys(int width, int school)
    {
        await using var reporter = await OpenAsync("curriculum", width, school);
        var page = reporter.Page;
        var grades = await page.Locator("[data-at^='weekly_hours/']").EvaluateAllAsync<string[]>("cells => cells.map((cell) => cell.dataset.at)");
        string Cell(int grade, string field = "weekly_hours") => $"[data-at='{field}/{grades[grade].Split('/')[1]}']";

        // Full-width digits, then Enter to the field below, and back.
        await page.Locator(Cell(0)).PressSequentiallyAsync("１．５");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator(Cell(0, "actual_hours"))).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("ArrowUp");
        await Expect(page.Locator(Cell(0))).ToBeFocusedAsync();
        await Expect(page.Locator(Cell(0))).ToHaveValueAsync("1.5");
        await page.Keyboard.PressAsync("ArrowRight");
        await Expect(page.Locator(Cell(1))).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("ArrowLeft");

        await page.Keyboard.PressAsync("Control+d");
        await Expect(page.Locator(Cell(grades.Length - 1))).ToHaveValueAsync("1.5");
        await page.Keyboard.PressAsync("Control+z");
        await Expect(page.Locator(Cell(grades.Length - 1))).ToHaveValueAsync("");

        await page.Keyboard.PressAsync("Control+Enter");
        var details = page.GetByTestId("cell-details");
        await Expect(details).ToContainTextAsync("0–5");
        await page.GetByTestId("cell-remark").FillAsync("含综合实践 0.5 课时");
        await page.GetByTestId("cell-flag").CheckAsync();
        await page.GetByTestId("cell-flag-words").FillAsync("开学第三周课表定稿后核对");
        await reporter.SavedAsync();
        await reporter.LookAsync($"follow-up-{width}");
        await page.ReloadAsync();
        await Expect(page.GetByText("开学第三周课表定稿后核对").First).ToBeVisibleAsync();
        await Expect(page.GetByText("含综合实践 0.5 课时").First).ToBeVisibleAsync();
        if (width > 700)
        {
            await page.GetByTestId("panel-flagged").Locator("summary").ClickAsync();
            await page.GetByTestId("panel-flagged").GetByRole(AriaRole.Button).ClickAsync();
            await Expect(page.Locator($"{Cell(0)}, {Cell(1)}").And(page.Locator(":focus"))).ToHaveCountAsync(1);
        }
    }

    [Theory]
    [InlineData(1440, 1)]
    [InlineData(390, 2)]
    public async Task LastCycle_IsOfferedAndCountsWhenConfirmed(int width, int school)
    {
        await using var reporter = await browser.PersonAsync(province.System.Address, People.Own("reporter", school), province.Options.Password, width);
        var page = reporter.Page;
        // The province of these tests has no cycle before this one.
        await page.RouteAsync("**/api/reporting/module-reports/*", async route =>
        {
            var response = await route.FetchAsync();
            var report = JsonNode.Parse(await response.TextAsync())!;
            report["previousValues"] = new JsonObject { ["safety_staff"] = 4, ["safety_rules"] = true, ["drills"] = 9 };
            await route.FulfillAsync(new() { Response = response, Body = report.ToJsonString() });
        });
        await page.RouteAsync("**/history", route => route.FulfillAsync(new()
        {
            ContentType = "application/json",
            Body = """{"cycles":[{"cycleId":"1","nameZh":"2024 年秋","nameEn":"Autumn 2024","periodKey":"2024-autumn","revision":1,"submittedAt":"2024-11-01T00:00:00Z","values":{"safety_staff":3}},{"cycleId":"2","nameZh":"2025 年秋","nameEn":"Autumn 2025","periodKey":"2025-autumn","revision":1,"submittedAt":"2025-11-01T00:00:00Z","values":{"safety_staff":4}}]}""",
        }));
        await reporter.OpenModuleAsync("safety");

        var staff = page.Locator("#cell-safety_staff");
        await Expect(staff).ToHaveValueAsync("4");
        await Expect(staff).ToHaveAccessibleNameAsync(new global::System.Text.RegularExpressions.Regex("上期值"));
        await Expect(page.Locator("#cell-drills")).ToHaveValueAsync("");
        // Unconfirmed it is no answer: finishing leads to it.
        await reporter.CompleteAsync();
        await Expect(page.GetByTestId("complete")).ToBeVisibleAsync();

        await staff.FocusAsync();
        await page.Keyboard.PressAsync("Control+Enter");
        await Expect(page.GetByTestId("cell-details").GetByRole(AriaRole.Row)).ToHaveCountAsync(4);
        await page.Keyboard.PressAsync("Escape");

        await page.Locator(".field", new() { Has = staff }).Locator("[data-act=confirm]").ClickAsync();
        await Expect(staff).Not.ToHaveAccessibleNameAsync(new global::System.Text.RegularExpressions.Regex("上期值"));
        await reporter.SavedAsync();
        await reporter.FitsAsync();
        await page.UnrouteAllAsync();
        await page.ReloadAsync();
        await Expect(staff).ToHaveValueAsync("4");
        await Expect(page.Locator("#cell-safety_rules input:checked")).ToHaveCountAsync(0);
    }

    [Theory]
    [InlineData(1440, 1)]
    [InlineData(390, 2)]
    public async Task OddAndLongText_IsKeptOrRefusedAtItsField(int width, int school)
    {
        await using var reporter = await OpenAsync("supervision-results", width, school);
        var page = reporter.Page;
        const string Odd = "=1+1 👩‍🌾 \u202Eabc\u202C שלום";

        await reporter.TypeAsync("brand", Odd);
        await reporter.SavedAsync();
        var tooLong = string.Concat(Enumerable.Repeat("🌾", 5_000)) + "x";
        await reporter.TypeAsync("brand_text", tooLong);
        await Expect(page.Locator("#cell-brand_text")).ToHaveAttributeAsync(Invalid, "true");
        await Expect(page.GetByText("10,001").Or(page.GetByText("共 10001 字")).First).ToBeVisibleAsync();
        await reporter.FitsAsync();
        await page.ReloadAsync();
        await Expect(page.Locator("#cell-brand")).ToHaveValueAsync(Odd);
        // Kept on this device as typed and marked, and no value of the field.
        await Expect(page.Locator("#cell-brand_text")).ToHaveValueAsync(tooLong);
        await Expect(page.Locator("#cell-brand_text")).ToHaveAttributeAsync(Invalid, "true");
    }

    [Theory]
    [InlineData(1440, 1)]
    [InlineData(390, 2)]
    public async Task TwoThousandCells_ArePastedReachedAndStored(int width, int school)
    {
        await using var reporter = await OpenAsync("teaching-staff", width, school);
        var page = reporter.Page;
        var table = string.Join("\r\n", Enumerable.Range(1, 300).Select(row => $"T{row:000}\t\t园艺\t\t\t{row % 20}\t{row % 50}"));

        await reporter.PasteAsync("[data-paste=start] >> nth=0", table);
        await Expect(page.GetByTestId("edit-summary")).ToContainTextAsync("300");
        // Rows far below are not drawn until somebody gets there.
        await Expect(page.Locator("#cell-roster-r300-staff_ref")).ToHaveCountAsync(0);
        await reporter.SavedAsync();
        await page.ReloadAsync();
        await Expect(page.Locator("#cell-roster-r1-staff_ref")).ToHaveValueAsync("T001");
        await page.EvaluateAsync("window.dispatchEvent(new CustomEvent('gengdu:reveal', { detail: 'roster/r300/staff_ref' }))");
        await Expect(page.Locator("#cell-roster-r300-staff_ref")).ToHaveValueAsync("T300");
        await reporter.FitsAsync();
    }

    [Theory]
    [InlineData(1440, "zh-CN", "空白表", "截止")]
    [InlineData(390, "en", "Blank form", "Due")]
    public async Task Form_IsFoundAndPrinted(int width, string locale, string blank, string due)
    {
        await using var reporter = await OpenAsync("curriculum", width, 0, locale);
        var page = reporter.Page;
        await page.GetByTestId("form-filter").FillAsync("3.08a");
        await Expect(page.Locator("#cell-week_held")).ToBeVisibleAsync();
        await Expect(page.Locator("#cell-encroached")).ToHaveCountAsync(0);

        await page.GotoAsync(page.Url + "/print");
        await page.GetByTestId("print-blank").CheckAsync();
        await Expect(page.Locator("h1")).ToContainTextAsync(blank);
        await Expect(page.Locator(".sheet dl")).ToContainTextAsync(due);
        await reporter.FitsAsync();
        await page.EmulateMediaAsync(new() { Media = Media.Print });
        await Expect(page.GetByTestId("print-blank")).ToBeHiddenAsync();
        Assert.Equal("table-header-group", await page.Locator(".sheet thead").First.EvaluateAsync<string>("head => getComputedStyle(head).display"));
        Assert.Equal("%PDF"u8.ToArray(), (await page.PdfAsync(new() { PreferCSSPageSize = true }))[..4]);
    }

    private async Task<Person> OpenAsync(string module, int width, int school, string locale = "zh-CN")
    {
        var person = await browser.PersonAsync(province.System.Address, People.Own("reporter", school), province.Options.Password, width, locale);
        await person.OpenModuleAsync(module);
        return person;
    }
}
