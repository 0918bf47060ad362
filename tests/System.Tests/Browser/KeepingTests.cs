using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Gengdu.Province.Make;
using Gengdu.System.Tests.Running;
using Gengdu.TestKit;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Gengdu.System.Tests.Browser;

/// <summary>
/// Nothing typed is lost: the line is cut, the tab closed without a word, an answer lost, the session over, reporting killed, and
/// Postgres gone for this system's database (its backends are terminated and no connection is let in; the server itself is
/// shared with other tests and stays).
/// </summary>
[Collection(nameof(ProvinceShared))]
public sealed class KeepingTests(ProvinceFixture province, BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    private const string Module = "evaluation";
    private const int School = 3;

    [Fact]
    public async Task WhateverBreaks_EachCellArrivesOnce()
    {
        var cancel = TestContext.Current.CancellationToken;
        var system = province.System;
        await using var reporter = await browser.PersonAsync(system.Address, People.Own("reporter", School), province.Options.Password, 1440);
        var context = reporter.Page.Context;
        await reporter.OpenModuleAsync(Module);
        var address = reporter.Page.Url;
        await reporter.Page.EvaluateAsync("() => navigator.serviceWorker.ready.then(() => true)");

        // The line is cut, and the tab killed; without a network the page comes back with what was typed.
        await context.SetOfflineAsync(true);
        await reporter.TypeAsync("result_a", "11");
        // What is no value is kept like the others, and shown again where it was typed.
        await reporter.TypeAsync("literacy_sample", "12x");
        await Expect(Save(reporter.Page)).ToHaveClassAsync(new Regex("offline"));
        await reporter.Page.CloseAsync();
        var page = await context.NewPageAsync();
        await page.GotoAsync(address);
        await Expect(page.Locator("#cell-result_a")).ToHaveValueAsync("11");
        await Expect(page.Locator("#cell-literacy_sample")).ToHaveValueAsync("12x");
        await Expect(page.Locator("#cell-literacy_sample")).ToHaveAttributeAsync("aria-invalid", "true");
        await Expect(page.GetByTestId("waiting-badge")).ToContainTextAsync("1 个模块、2 处内容等待送达", new() { Timeout = 15_000 });
        await context.SetOfflineAsync(false);
        await SavedAsync(page);
        await Expect(Save(page)).ToContainTextAsync("1 格");

        // The server stores a batch and its answer is lost.
        var lost = 0;
        await page.RouteAsync("**/values", async route =>
        {
            if (lost++ > 0)
            {
                await route.FallbackAsync();
                return;
            }

            await route.FetchAsync();
            await route.AbortAsync();
        });
        await page.Locator("#cell-result_b").FillAsync("12");
        await SavedAsync(page);
        await page.UnrouteAsync("**/values");
        Assert.True(lost > 1, "the batch was sent again");

        // The session is over in the middle of typing: signed in again in a window, the page goes on by itself.
        await context.ClearCookiesAsync();
        await page.Locator("#cell-result_c").FillAsync("13");
        var window = await page.RunAndWaitForPopupAsync(() => page.GetByRole(AriaRole.Button, new() { Name = "重新登录" }).Last.ClickAsync());
        await window.FillAsync("[name=userName]", People.Own("reporter", School));
        await window.FillAsync("[name=password]", province.Options.Password);
        await window.PressAsync("[name=password]", "Enter");
        await SavedAsync(page);
        await Expect(page.Locator("#cell-literacy_sample")).ToHaveValueAsync("12x");
        await page.Locator("#cell-literacy_sample").FillAsync("120");
        await Expect(Save(page)).Not.ToHaveClassAsync(new Regex("unstored"));
        await SavedAsync(page);

        // Reporting is killed.
        await system["reporting"].KillAsync();
        await page.Locator("#cell-result_d").FillAsync("14");
        await Expect(Save(page)).ToHaveClassAsync(new Regex("offline"));
        await system.StartAsync("reporting");
        await system.WaitUntilReadyAsync(cancel, "reporting");
        await SavedAsync(page);

        // Postgres is gone.
        var database = system.Database.Name;
        await PostgresServer.ExecuteAsync("postgres", $"alter database {database} allow_connections false", cancel);
        await PostgresServer.ExecuteAsync("postgres", $"select pg_terminate_backend(pid) from pg_stat_activity where datname = '{database}'", cancel);
        await page.Locator("#cell-contests").FillAsync("15");
        await Expect(Save(page)).ToHaveClassAsync(new Regex("offline"));
        await PostgresServer.ExecuteAsync("postgres", $"alter database {database} allow_connections true", cancel);
        await SavedAsync(page);
        await Expect(page.GetByTestId("waiting-badge")).ToHaveCountAsync(0, new() { Timeout = 15_000 });

        // Every cell is there, and each batch made one version: none came twice.
        var session = await province.SignedInAsync(People.Own("reporter", School), cancel);
        var report = (await session.GetAsync("/api/reporting/reports", cancel))["items"]!.AsArray().SelectMany(one => one!["modules"]!.AsArray()).First(one => one!["key"]!.GetValue<string>() == Module)!;
        var id = report["id"]!.GetValue<Guid>();
        var stored = await session.GetAsync($"/api/reporting/module-reports/{id}", cancel);
        string[] typed = ["result_a", "result_b", "result_c", "result_d", "contests", "literacy_sample"];
        Assert.Equal([11, 12, 13, 14, 15, 120], typed.Select(cell => stored["values"]![cell]!.GetValue<int>()));
        var edits = (await session.GetAsync($"/api/reporting/module-reports/{id}/edits", cancel))["items"]!.AsArray();
        Assert.Equal(typed.Order(StringComparer.Ordinal), edits.SelectMany(edit => edit!["cells"]!.AsArray()).Select(cell => cell!.GetValue<string>()).Where(typed.Contains).Order(StringComparer.Ordinal));
        Assert.Equal(edits.Count + 1, stored["version"]!.GetValue<int>());
    }

    /// <summary>The queue's code comes after the form. On a bad line somebody may type, and close the tab, in between.</summary>
    [Fact]
    public async Task TabClosedBeforeTheQueueCame_WhatWasTypedArrives()
    {
        const string Queue = "**/assets/keeping-*.js";
        const string Unkept = "navigator.serviceWorker.register = () => new Promise(() => {})";
        await using var reporter = await browser.PersonAsync(province.System.Address, People.Own("reporter", School), province.Options.Password, 390);
        var context = reporter.Page.Context;
        // A device that has none of the app's files yet, and a line on which this one does not come.
        await context.AddInitScriptAsync(Unkept);
        await reporter.Page.EvaluateAsync($"() => {{ {Unkept}; return navigator.serviceWorker.getRegistrations().then(all => Promise.all(all.map(one => one.unregister()))) }}");
        await context.RouteAsync(Queue, _ => Task.CompletedTask);
        await reporter.OpenModuleAsync("capital-investment");
        var address = reporter.Page.Url;
        await reporter.TypeAsync("spend_total", "21");
        await reporter.TypeAsync("budget", "22x");
        await Expect(Save(reporter.Page)).ToHaveClassAsync(new Regex("waiting"));
        await reporter.Page.CloseAsync();

        await context.UnrouteAsync(Queue);
        var page = await context.NewPageAsync();
        await page.GotoAsync(address);
        await Expect(page.Locator("#cell-spend_total")).ToHaveValueAsync("21");
        await Expect(page.Locator("#cell-budget")).ToHaveValueAsync("22x");
        await page.Locator("#cell-budget").FillAsync("22");
        await SavedAsync(page);
        await page.ReloadAsync();
        await Expect(page.Locator("#cell-spend_total")).ToHaveValueAsync("21");
        await Expect(page.Locator("#cell-budget")).ToHaveValueAsync("22");
    }

    [Fact]
    public async Task TwoPeopleInOneModule_SeeEachOtherAndChoose_OnAPhone()
    {
        var system = province.System;
        await using var reporter = await browser.PersonAsync(system.Address, People.Own("reporter", School), province.Options.Password, 1440);
        await using var approver = await browser.PersonAsync(system.Address, People.Own("approver", School), province.Options.Password, 390, "en");
        await reporter.OpenModuleAsync(Module);
        await approver.OpenModuleAsync(Module);
        await Expect(approver.Page.GetByTestId("present")).ToBeVisibleAsync();

        // What a page needs without a network is on the device.
        await approver.Page.EvaluateAsync("() => navigator.serviceWorker.ready.then(() => true)");

        // Different cells: both stay. The same cell: both values are shown, and one is chosen.
        await approver.Page.Context.SetOfflineAsync(true);
        await approver.TypeAsync("commended_pupils", "31");
        await approver.TypeAsync("commended_teachers", "32");
        await reporter.TypeAsync("commended_pupils", "41");
        await reporter.SavedAsync();
        await LooksOfWaitingAsync(approver);
        await approver.Page.Context.SetOfflineAsync(false);
        var conflict = approver.Page.Locator("[data-conflict=commended_pupils]");
        await Expect(conflict).ToContainTextAsync("31");
        await Expect(conflict).ToContainTextAsync("41");
        await approver.LookAsync("conflict-390");
        await conflict.Locator("[data-choice=theirs]").ClickAsync();
        await approver.SavedAsync();
        await Expect(approver.Page.Locator("#cell-commended_pupils")).ToHaveValueAsync("41");
        await reporter.Page.ReloadAsync();
        await Expect(reporter.Page.Locator("#cell-commended_teachers")).ToHaveValueAsync("32");
        await Expect(reporter.Page.Locator("#cell-commended_pupils")).ToHaveValueAsync("41");

        await LooksOfSessionAsync(reporter);
    }

    // In front of a cut line: what waits, on this device and in a file, and what signing out would do.
    private static async Task LooksOfWaitingAsync(Person approver)
    {
        var page = approver.Page;
        await page.GetByTestId("waiting-badge").ClickAsync(new() { Timeout = 15_000 });
        await Expect(page.GetByTestId("waits-for-line")).ToBeVisibleAsync();
        await Expect(page.GetByTestId("send-now")).ToHaveTextAsync("Send now");
        await approver.LookAsync("waiting-390");
        var file = await (await page.RunAndWaitForDownloadAsync(() => page.GetByTestId("export-unsent").ClickAsync())).PathAsync();
        await page.GetByTestId("import-unsent").SetInputFilesAsync(file);
        await page.SetViewportSizeAsync(1440, 900);
        await page.Locator("[aria-controls=person-menu]").ClickAsync();
        await page.GetByTestId("sign-out").ClickAsync();
        await Expect(page.GetByTestId("sign-out-keep")).ToBeVisibleAsync();
        await approver.LookAsync("sign-out-1440");
        await page.SetViewportSizeAsync(390, 844);
        await approver.LookAsync("sign-out-390");
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.GetByTestId("sign-out-keep")).ToBeHiddenAsync();
        await page.GoBackAsync();
        await Expect(page.Locator("#cell-commended_pupils")).ToHaveValueAsync("31");
    }

    // It is about to end; it is over; and somebody else signs in in the same browser: the page that is open acts for nobody, and says so.
    private async Task LooksOfSessionAsync(Person reporter)
    {
        var page = reporter.Page;
        await page.RouteAsync("**/bff/session", async route =>
        {
            var said = JsonNode.Parse(await (await route.FetchAsync()).TextAsync())!;
            var end = TimeProvider.System.GetUtcNow().AddMinutes(5).ToString("O", CultureInfo.InvariantCulture);
            (said["expiresAt"], said["limitAt"]) = (end, end);
            await route.FulfillAsync(new() { Body = said.ToJsonString(), ContentType = "application/json" });
        });
        await page.ReloadAsync();
        await Expect(page.GetByTestId("session-ends").GetByRole(AriaRole.Button, new() { Name = "重新登录" })).ToBeVisibleAsync();
        await reporter.LookAsync("session-ends-1440");
        await page.SetViewportSizeAsync(390, 844);
        await reporter.LookAsync("session-ends-390");
        await page.SetViewportSizeAsync(1440, 900);
        await page.GetByTestId("session-ends").GetByRole(AriaRole.Button, new() { Name = "稍后" }).ClickAsync();
        await Expect(page.GetByTestId("session-ends")).ToBeHiddenAsync();
        await page.UnrouteAsync("**/bff/session");

        await page.Context.ClearCookiesAsync();
        await reporter.TypeAsync("contest_participants", "51");
        var again = page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "重新登录" });
        await Expect(again).ToBeVisibleAsync();
        await reporter.LookAsync("session-over-1440");
        var window = await page.RunAndWaitForPopupAsync(() => again.ClickAsync());
        await window.FillAsync("[name=userName]", People.Own("approver", School));
        await window.FillAsync("[name=password]", province.Options.Password);
        await window.PressAsync("[name=password]", "Enter");
        await Expect(page.GetByTestId("go-on-as-other")).ToBeVisibleAsync();
        await reporter.LookAsync("other-person-1440");
    }

    private static ILocator Save(IPage page) => page.GetByTestId("save-state");

    private static Task SavedAsync(IPage page) => Expect(Save(page)).ToHaveClassAsync(new Regex("saved"), new() { Timeout = 45_000 });
}
