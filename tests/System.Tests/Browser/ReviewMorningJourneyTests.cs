using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Gengdu.Province.Api;
using Gengdu.Province.Make;
using Gengdu.Province.Play;
using Gengdu.System.Tests.Running;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Gengdu.System.Tests.Browser;

/// <summary>
/// A morning at two desks: the county finds on its home page who asks it something, works through its queue by keyboard and passes
/// on what is clean; the city, on a phone, draws a sample of that county, reads it and approves on it.
/// </summary>
[Collection(nameof(ProvinceShared))]
public sealed partial class ReviewMorningJourneyTests(ProvinceFixture province, BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    private const int Modules = 3;
    private const float Patience = 30_000;

    [Fact]
    public async Task Morning_QueueByKeys_CleanOnes_AndASampleOnThePhone()
    {
        var cancel = TestContext.Current.CancellationToken;
        var place = await FindAsync(cancel);
        await ComesInAgainAsync(place, cancel);

        await using (var county = await SignedInAsync(People.Reviewer(place.County), 1440, "zh-CN"))
        {
            await ReadsWhatIsAskedAsync(county);
            await WorksByKeysAsync(county);
            await PassesCleanAsync(county);
        }

        await using var city = await SignedInAsync(People.Supervisor(place.City), 390, "en");
        await SamplesAsync(city, place);
    }

    private static async Task ReadsWhatIsAskedAsync(Person reviewer)
    {
        var page = reviewer.Page;
        await page.GetByTestId("talks").WaitForAsync();
        await reviewer.LookAsync("home-talks-1440");
        await reviewer.GoAsync("/review");
        await page.GetByTestId("unread").First.WaitForAsync();
        await reviewer.LookAsync("queue-1440");
        await page.GetByTestId("unread").ClickAsync();
        await page.GetByTestId("message").First.WaitForAsync();
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.GetByTestId("talk-panel")).ToHaveCountAsync(0, new() { Timeout = Patience });
        await page.Keyboard.PressAsync("u");
        await page.Locator("[data-row]").First.WaitForAsync();
        // The queue shows what it knew until it has asked again.
        await Expect(page.GetByTestId("unread")).ToHaveCountAsync(0, new() { Timeout = Patience });
    }

    private static async Task WorksByKeysAsync(Person reviewer)
    {
        var page = reviewer.Page;
        await page.Keyboard.PressAsync("?");
        await page.GetByRole(AriaRole.Dialog).Filter(new() { HasText = "Enter" }).WaitForAsync();
        await page.Keyboard.PressAsync("Escape");
        await page.GetByRole(AriaRole.Dialog).WaitForAsync(new() { State = WaitForSelectorState.Hidden });
        await page.Keyboard.PressAsync("ArrowDown");
        await page.Keyboard.PressAsync("k");
        await page.Keyboard.PressAsync("Enter");

        // A key that is typed into a reason decides nothing.
        await EnabledAsync(page);
        await page.Locator(".findings").WaitForAsync();
        await reviewer.LookAsync("review-1440");
        await page.Keyboard.PressAsync("r");
        await Expect(page.Locator("#reason-")).ToBeFocusedAsync(new() { Timeout = Patience });
        await page.Keyboard.TypeAsync("area nna");
        await Expect(page.GetByTestId("approve")).ToBeDisabledAsync(new() { Timeout = Patience });
        await Expect(page.Locator("#reason-")).ToHaveValueAsync("area nna", new() { Timeout = Patience });
        await page.Locator(".reason .kind button").ClickAsync();

        // Approved by key, and the next one that waits is there.
        await EnabledAsync(page);
        var first = await SelectedAsync(page);
        await page.Keyboard.PressAsync("a");
        await LeftAsync(page, first);
        await Expect(page.GetByTestId("approve-report")).ToContainTextAsync($"{Modules - 1}", new() { Timeout = Patience });
        await page.Keyboard.PressAsync("u");
        await page.Locator("[data-row]").First.WaitForAsync();
    }

    private static async Task PassesCleanAsync(Person reviewer)
    {
        var page = reviewer.Page;
        await page.GetByTestId("only").SelectOptionAsync("clean");
        await page.GetByTestId("approve-clean").ClickAsync();
        await page.GetByTestId("confirm-approve").ClickAsync();
        await page.GetByTestId("confirm-approve").WaitForAsync(new() { State = WaitForSelectorState.Hidden });
        await Expect(page.Locator("[data-row]")).ToHaveCountAsync(0, new() { Timeout = Patience });
    }

    private async Task SamplesAsync(Person supervisor, Place place)
    {
        var (page, cancel) = (supervisor.Page, TestContext.Current.CancellationToken);
        await supervisor.GoAsync("/review");
        var card = page.GetByTestId("place").Filter(new() { HasText = place.NameEn });
        await card.GetByTestId("sample").WaitForAsync();
        // A draw is offered where there is something to draw, nowhere else.
        var drawable = (await PlacesAsync(place.City, cancel)).Count(one => one["drawable"]!.GetValue<int>() > 0);
        await Expect(page.GetByTestId("sample")).ToHaveCountAsync(drawable, new() { Timeout = Patience });
        await supervisor.LookAsync("groups-390");
        await card.GetByTestId("sample").ClickAsync();
        await page.GetByTestId("confirm-sample").ClickAsync();
        await page.WaitForURLAsync(SamplePage());
        var sample = page.Url;
        await page.GetByTestId("read-next").WaitForAsync();
        await supervisor.LookAsync("sample-390");
        for (; await page.GetByTestId("read-next").CountAsync() > 0; await page.GetByTestId("read-next").Or(page.GetByTestId("approve-rest")).First.WaitForAsync())
        {
            await page.GetByTestId("read-next").ClickAsync();
            await ReadsWholeAsync(page);
            await page.GotoAsync(sample);
        }

        await page.GetByTestId("approve-rest").ClickAsync();
        await page.GetByTestId("confirm-rest").ClickAsync();
        await page.GetByTestId("approve-rest").WaitForAsync(new() { State = WaitForSelectorState.Hidden });
        await supervisor.LookAsync("sample-done-390");
        Assert.Equal(0, (await PlacesAsync(place.City, cancel)).Single(one => one["code"]!.GetValue<string>() == place.County)["schools"]!.GetValue<int>());
    }

    /// <summary>Each module is opened and passed, until none waits for this reader.</summary>
    private static async Task ReadsWholeAsync(IPage page)
    {
        await page.GetByTestId("approve-report").WaitForAsync();
        while (await page.GetByTestId("approve-report").IsVisibleAsync())
        {
            var module = await SelectedAsync(page);
            await page.GetByTestId("approve").ClickAsync();
            await LeftAsync(page, module);
        }
    }

    private static Task EnabledAsync(IPage page) => Expect(page.GetByTestId("approve")).ToBeEnabledAsync(new() { Timeout = Patience });

    private static async Task<string> SelectedAsync(IPage page) => (await page.Locator("[role=tab][aria-selected=true]").GetAttributeAsync("data-module"))!;

    /// <summary>Another module is there, or none waits any more.</summary>
    private static async Task LeftAsync(IPage page, string module) => await page.WaitForFunctionAsync(
        "module => !document.querySelector('[data-testid=approve-report]') || document.querySelector('[role=tab][aria-selected=true]')?.dataset.module !== module", module);

    private Task<Person> SignedInAsync(string userName, int width, string locale) => browser.PersonAsync(province.System.Address, userName, province.Options.Password, width, locale);

    private async Task<IReadOnlyList<JsonNode>> PlacesAsync(string city, CancellationToken cancel)
    {
        var session = await province.SignedInAsync(People.Supervisor(city), cancel);
        return [.. (await session.GetAsync($"/api/supervision/queue/places?cycleId={await ReportReachesDashboardTests.CycleAsync(session, cancel)}&step=city", cancel))["places"]!.AsArray().Select(one => one!)];
    }

    /// <summary>A county that no other journey works in, with a school that waits at its city: a sample of a county so small is the whole of it.</summary>
    private async Task<Place> FindAsync(CancellationToken cancel)
    {
        foreach (var city in province.People.CityCodes.Where(code => code != "130100"))
        {
            if ((await PlacesAsync(city, cancel)).Where(one => one["drawable"]!.GetValue<int>() > 0).MinBy(one => one["drawable"]!.GetValue<int>()) is { } found)
            {
                return new(city, found["code"]!.GetValue<string>(), found["organisationId"]!.GetValue<Guid>(), found["nameEn"]!.GetValue<string>());
            }
        }

        throw new InvalidOperationException("In this province no school waits at a city other than 石家庄市");
    }

    /// <summary>The city returns some clean modules of a school; they are found right, signed again, and wait at the county. Somebody there is asked something.</summary>
    private async Task ComesInAgainAsync(Place place, CancellationToken cancel)
    {
        Session supervisor = await province.SignedInAsync(People.Supervisor(place.City), cancel), county = await province.SignedInAsync(People.Reviewer(place.County), cancel);
        Session reporter = await province.SignedInAsync(People.Clerk(place.City, "reporter"), cancel), approver = await province.SignedInAsync(People.Clerk(place.City, "approver"), cancel);
        var cycle = await ReportReachesDashboardTests.CycleAsync(supervisor, cancel);
        var report = (await supervisor.GetAsync($"/api/supervision/queue?cycleId={cycle}&step=city&organisationId={place.CountyId}", cancel))["items"]!.AsArray().First(item => item!["level"]!.GetValue<string>() == "school")!;
        var chosen = report["reviews"]!.AsArray().Select(review => review!)
            .Where(review => review["state"]!.GetValue<string>() == "city-review" && review["explainedWarnings"]?.GetValue<int>() == 0).Take(Modules).ToList();
        Assert.Equal(Modules, chosen.Count);
        foreach (var review in chosen)
        {
            await supervisor.PostAsync($"/api/supervision/reviews/{review["id"]}/return",
                new { revision = review["revision"]!.GetValue<int>(), reasons = new[] { new { at = (string?)null, code = "other", text = "请再核对一遍。" } } }, cancel);
        }

        foreach (var review in chosen)
        {
            var id = review["moduleReportId"]!.GetValue<Guid>();
            var open = await Eventually.BecomesAsync(async () => await reporter.GetAsync($"/api/reporting/module-reports/{id}", cancel), now => now["state"]!.GetValue<string>() == "returned", "the school has it again", cancel, 120);
            var version = await FillModule.SaveAsync(reporter, id, open["version"]!.GetValue<long>(), [], null, new Random(1), cancel);
            await FillModule.SignAsync(approver, id, await FillModule.CompleteAsync(reporter, id, version, cancel), cancel);
        }

        await reporter.PostAsync($"/api/supervision/reports/{report["reportId"]}/conversations/{chosen[0]["moduleKey"]}/messages", new
        {
            key = Guid.CreateVersion7(TimeProvider.System.GetUtcNow()), text = "已按市级意见核对，是否还需补充说明？", mentions = new[] { new { organisationId = place.CountyId, role = "county-reviewer" } },
        }, cancel);
        // Those of this school: others may wait there already, and the page looks again only after half a minute.
        await Eventually.BecomesAsync(async () => (await county.GetAsync($"/api/supervision/queue?cycleId={cycle}&step=county", cancel))["items"]!.AsArray()
                .Where(item => item!["reportId"]!.GetValue<Guid>() == report["reportId"]!.GetValue<Guid>()).SelectMany(item => item!["reviews"]!.AsArray())
                .Count(review => review!["state"]!.GetValue<string>() == "county-review"),
            waiting => waiting >= Modules, "the county's queue has them", cancel, 120);
    }

    [GeneratedRegex("/review/samples/")]
    private static partial Regex SamplePage();

    private sealed record Place(string City, string County, Guid CountyId, string NameEn);
}
