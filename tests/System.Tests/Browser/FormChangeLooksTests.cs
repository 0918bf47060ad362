using System.Text.Json.Nodes;
using Gengdu.Province.Make;
using Gengdu.System.Tests.Running;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Gengdu.System.Tests.Browser;

/// <summary>
/// A running cycle gets another form, as the owner and the school see it. The answers about the new form are put in between here:
/// the shared cycle must stay on its form for everybody else, and what the service answers has its own tests.
/// </summary>
[Collection(nameof(ProvinceShared))]
public sealed class FormChangeLooksTests(ProvinceFixture province, BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    private const string Newer = "2099.1";

    [Theory]
    [InlineData(1440, "zh-CN")]
    [InlineData(390, "en")]
    public async Task NewForm_IsShownBeforeAnythingChanges(int width, string locale)
    {
        await using (var owner = await browser.PersonAsync(province.System.Address, People.Owner, province.Options.Password, width, locale))
        {
            await OwnerAsync(owner, width);
        }

        await using var reporter = await browser.PersonAsync(province.System.Address, People.Own("reporter", 3), province.Options.Password, width, locale);
        await SchoolAsync(reporter, width);
    }

    private static async Task OwnerAsync(Person owner, int width)
    {
        var page = owner.Page;
        await page.RouteAsync("**/api/reporting/programmes", route => ChangedAsync(route, answer =>
        {
            var newer = answer["items"]![0]!.DeepClone();
            (newer["version"], newer["publishedAt"]) = (Newer, "2099-01-01T00:00:00Z");
            answer["items"]!.AsArray().Add(newer);
        }));
        await page.RouteAsync("**/programme-version?preview=true", route => route.FulfillAsync(new()
        {
            Status = 200, ContentType = "application/json", Headers = [KeyValuePair.Create("ETag", "\"v1\"")],
            Body = new JsonObject
            {
                ["differences"] = new JsonArray(Difference()),
                ["moduleReports"] = new JsonArray(new[] { ("not-started", 31), ("draft", 1204), ("submitted", 7) }
                    .Select(one => (JsonNode)new JsonObject { ["moduleKey"] = "safety", ["state"] = one.Item1, ["programmeVersion"] = null, ["count"] = one.Item2 }).ToArray()),
            }.ToJsonString(),
        }));
        await owner.GoAsync("/cycles");
        await page.GetByTestId("change-form").First.ClickAsync();
        await page.GetByTestId("new-version").SelectOptionAsync(Newer);
        await Expect(page.GetByTestId("differences").Locator("li")).ToHaveCountAsync(4);
        await Expect(page.GetByTestId("confirm-version")).ToBeDisabledAsync();
        await page.GetByTestId("version-reason").FillAsync("隐患口径调整 / hazards are counted otherwise");
        await Expect(page.GetByTestId("confirm-version")).ToBeEnabledAsync();
        await owner.LookAsync($"form-change-{width}");
    }

    private static async Task SchoolAsync(Person reporter, int width)
    {
        var page = reporter.Page;
        await page.RouteAsync("**/api/reporting/module-reports/*", route => ChangedAsync(route, answer =>
            answer["newerForm"] = new JsonObject { ["mine"] = "2026.2", ["programmeVersion"] = Newer, ["requiredBy"] = "2099-01-15T16:00:00Z" }));
        await page.RouteAsync("**/migration?preview=true", route => route.FulfillAsync(new()
        {
            Status = 200, ContentType = "application/json",
            Body = new JsonObject
            {
                ["fromVersion"] = "2026.2", ["toVersion"] = Newer, ["reason"] = "隐患口径调整", ["requiredBy"] = "2099-01-15T16:00:00Z", ["difference"] = Difference(), ["carried"] = 12,
                ["setAside"] = new JsonArray(new JsonObject
                {
                    ["at"] = "hazards_found", ["value"] = 7, ["rule"] = null, ["name"] = Text("排查隐患", "Hazards found"), ["programmeVersion"] = "2026.2", ["setAsideAt"] = "2099-01-01T00:00:00Z",
                }),
                ["state"] = "draft", ["results"] = new JsonArray(), ["version"] = 3,
            }.ToJsonString(),
        }));
        await reporter.OpenModuleAsync("safety");
        await Expect(page.GetByTestId("new-form")).ToBeVisibleAsync();
        await reporter.LookAsync($"new-form-banner-{width}");
        await page.GetByTestId("see-new-form").ClickAsync();
        await Expect(page.GetByTestId("take-new-form")).ToBeVisibleAsync();
        await Expect(page.GetByText("Hazards found").Or(page.GetByText("排查隐患")).First).ToBeVisibleAsync();
        await reporter.LookAsync($"new-form-{width}");
    }

    private static JsonObject Difference() => new()
    {
        ["key"] = "safety", ["name"] = Text("安全保障", "Safety"), ["kind"] = "changed", ["levelsChanged"] = false,
        ["fields"] = new JsonArray(
            Field("added", "7.12", "隐患等级", "Hazard grade", carries: false),
            Field("removed", "7.08", "安全员", "Safety officers", carries: false),
            Field("changed", "7.07", "排查隐患", "Hazards found", carries: false, ("unit", "处", "places", "项", "items"))),
        ["rules"] = new JsonArray(new JsonObject
        {
            ["id"] = "N01", ["kind"] = "added", ["saysOtherwise"] = true, ["message"] = Text("整改数 {hazards_fixed} 不应多于隐患数", "{hazards_fixed} mended cannot exceed the hazards found"),
        }),
    };

    private static JsonObject Field(string kind, string number, string zh, string en, bool carries, params (string What, string Zh, string En, string ThenZh, string ThenEn)[] changes) => new()
    {
        ["key"] = en.ToLowerInvariant().Replace(' ', '_'), ["kind"] = kind, ["number"] = number, ["name"] = Text(zh, en), ["carries"] = carries,
        ["changes"] = new JsonArray([.. changes.Select(change => new JsonObject { ["what"] = change.What, ["before"] = Text(change.Zh, change.En), ["after"] = Text(change.ThenZh, change.ThenEn) })]),
    };

    private static JsonObject Text(string zh, string en) => new() { ["zh"] = zh, ["en"] = en };

    private static async Task ChangedAsync(IRoute route, Action<JsonNode> change)
    {
        if (route.Request.Method != "GET")
        {
            await route.FallbackAsync();
            return;
        }

        var response = await route.FetchAsync();
        var answer = JsonNode.Parse(await response.TextAsync())!;
        change(answer);
        await route.FulfillAsync(new() { Response = response, Body = answer.ToJsonString() });
    }
}
