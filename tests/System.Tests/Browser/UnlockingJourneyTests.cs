using System.Text.Json.Nodes;
using Gengdu.Province.Api;
using Gengdu.Province.Make;
using Gengdu.Province.Play;
using Gengdu.Province.Values;
using Gengdu.System.Tests.Running;
using static Microsoft.Playwright.Assertions;

namespace Gengdu.System.Tests.Browser;

/// <summary>Taken back on a phone before anybody read it, signed again, accepted; then asked for in writing, unlocked by the province, and open at the school.</summary>
[Collection(nameof(ProvinceShared))]
public sealed class UnlockingJourneyTests(ProvinceFixture province, BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    private const int School = 3;
    private const string Module = "collaboration";

    [Fact]
    public async Task Withdrawn_Accepted_AskedFor_Unlocked()
    {
        var cancel = TestContext.Current.CancellationToken;
        var (address, password) = (province.System.Address, province.Options.Password);
        await SignedAsync(cancel);
        await using var approver = await browser.PersonAsync(address, People.Own("approver", School), password, 390);
        var page = approver.Page;

        await SeesAsync(approver, "withdraw", cancel);
        await page.GetByTestId("withdraw").ClickAsync();
        await page.Locator("[role=dialog] textarea").FillAsync("合作单位漏填一家");
        await approver.LookAsync("withdraw-390");
        await page.GetByTestId("words-go").ClickAsync();
        await Expect(page.GetByTestId("return-banner")).ToContainTextAsync("合作单位漏填一家");
        await Expect(page.GetByTestId("save-state")).ToBeVisibleAsync();
        await approver.LookAsync("withdrawn-390");

        await SignedAsync(cancel);
        foreach (var (person, revision) in new[] { (People.Reviewer(People.TriedCounty), 2), (People.Supervisor("130100"), 2), (People.Owner, 2) })
        {
            await PassedAsync(person, revision, cancel);
        }

        await SeesAsync(approver, "ask-unlock", cancel);
        await page.GetByTestId("ask-unlock").ClickAsync();
        await page.Locator("[role=dialog] textarea").FillAsync("协议份数应为 3，附协议编号");
        await page.GetByTestId("words-go").ClickAsync();
        await Expect(page.GetByTestId("return-banner")).ToContainTextAsync("协议份数应为 3");
        await approver.LookAsync("unlock-asked-390");

        await using (var owner = await browser.PersonAsync(address, People.Owner, password, 1440, "en"))
        {
            await owner.GoAsync("/review/unlock-requests");
            var request = owner.Page.GetByTestId("unlock-request").Filter(new() { HasText = "协议份数应为 3" });
            await Expect(request).ToBeVisibleAsync();
            await owner.LookAsync("unlock-requests-1440");
            await request.GetByTestId("unlock").ClickAsync();
            await owner.Page.Locator("[role=dialog] textarea").FillAsync("同意，限更正协议份数");
            await owner.Page.GetByTestId("words-go").ClickAsync();
            await Expect(request).ToHaveCountAsync(0);
        }

        await Eventually.BecomesAsync(async () =>
        {
            await approver.OpenModuleAsync(Module);
            return await page.GetByText("同意，限更正协议份数").First.IsVisibleAsync();
        }, shown => shown, "the school reads the province's words", cancel);
        await Expect(page.GetByTestId("complete")).ToBeVisibleAsync();
        await approver.LookAsync("unlocked-390");
    }

    private static Task<bool> SeesAsync(Person approver, string button, CancellationToken cancel) => Eventually.BecomesAsync(async () =>
    {
        await approver.OpenModuleAsync(Module);
        try
        {
            await approver.Page.GetByTestId(button).WaitForAsync(new() { Timeout = 3_000 });
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }, seen => seen, $"the school is offered {button}", cancel);

    private async Task PassedAsync(string person, int revision, CancellationToken cancel)
    {
        var session = await province.SignedInAsync(person, cancel);
        var (_, module) = await ModuleAsync(cancel);
        await Eventually.BecomesAsync(async () =>
        {
            var found = (await session.GetAsync($"/api/supervision/reviews?moduleReportId={module["id"]}", cancel))["items"]!.AsArray();
            var open = found.FirstOrDefault(review => review!["acts"]!.AsArray().Any(act => act!["act"]!.GetValue<string>() is "approve" or "accept" && act["allowed"]!.GetValue<bool>()));
            if (open?["revision"]!.GetValue<int>() != revision)
            {
                return false;
            }

            await session.PostAsync($"/api/supervision/reviews/{open["id"]}/approval", new { revision }, cancel);
            return true;
        }, passed => passed, $"{person} passes it on", cancel);
    }

    private async Task SignedAsync(CancellationToken cancel)
    {
        var (reporter, approver) = (await province.SignedInAsync(People.Own("reporter", School), cancel), await province.SignedInAsync(People.Own("approver", School), cancel));
        var (_, module) = await ModuleAsync(cancel);
        var figures = new Figures(province.People.Untouched[School], ReportReachesDashboardTests.Today, ReportReachesDashboardTests.PeriodStart());
        var id = module["id"]!.GetValue<Guid>();
        var version = await FillModule.SaveAsync(reporter, id, module["version"]!.GetValue<long>(), SchoolValues.For(figures)[Module], null, new Random(1), cancel);
        await FillModule.SignAsync(approver, id, await FillModule.CompleteAsync(reporter, id, version, cancel), cancel);
    }

    private async Task<(Session Reporter, JsonNode Module)> ModuleAsync(CancellationToken cancel)
    {
        var reporter = await province.SignedInAsync(People.Own("reporter", School), cancel);
        var cycle = await ReportReachesDashboardTests.CycleAsync(reporter, cancel);
        return (reporter, (await reporter.GetAsync($"/api/reporting/reports?cycleId={cycle}", cancel))["items"]![0]!["modules"]!.AsArray().First(m => m!["key"]!.GetValue<string>() == Module)!);
    }
}
