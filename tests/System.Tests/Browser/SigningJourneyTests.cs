using System.Text.RegularExpressions;
using Gengdu.Province.Make;
using Gengdu.Province.Play;
using Gengdu.Province.Values;
using Gengdu.System.Tests.Running;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Gengdu.System.Tests.Browser;

/// <summary>From "done, but nobody signed" to a receipt that a stranger checks; on a desk in Chinese and on a phone in English, with a wrong clock.</summary>
[Collection(nameof(ProvinceShared))]
public sealed class SigningJourneyTests(ProvinceFixture province, BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    private const int School = 3;

    [Theory]
    [InlineData(1440, "zh-CN", "basic-information")]
    [InlineData(390, "en", "overall-plan")]
    public async Task Unsigned_IsShownLoudly_SignedOnce_AndCheckedByAnybody(int width, string locale, string module)
    {
        var cancel = TestContext.Current.CancellationToken;
        var (address, password) = (province.System.Address, province.Options.Password);
        await CompleteAsync(module, cancel);

        // The reporter, the county and the approver are told that nothing is submitted yet.
        await using var reporter = await browser.PersonAsync(address, People.Own("reporter", School), password, width, locale);
        await reporter.GoAsync("/");
        await Expect(reporter.Page.GetByTestId("unsigned").First).ToBeVisibleAsync();
        await LookAsync(reporter, $"home-reporter-{width}");
        await using var reviewer = await browser.PersonAsync(address, People.Reviewer(People.TriedCounty), password, width, locale);
        await reviewer.GoAsync("/");
        await reviewer.Page.GetByTestId("schools-unsigned").First.ClickAsync();
        await Expect(reviewer.Page.GetByText(locale == "en" ? province.People.Untouched[School].NameEn : province.People.Untouched[School].NameZh).First).ToBeVisibleAsync();
        await LookAsync(reviewer, $"unsigned-county-{width}");

        // The approver reads all of it. The device's clock is five hours fast: the time left is the server's, and the page says so.
        await using var approver = await browser.PersonAsync(address, People.Own("approver", School), password, width, locale);
        await approver.Page.Clock.SetFixedTimeAsync(TimeProvider.System.GetUtcNow().AddHours(5).UtcDateTime);
        await approver.GoAsync("/fill");
        await approver.Page.Locator("a[href$='/sign']").First.ClickAsync();
        var sheet = approver.Page.Locator($"[data-sign={module}]");
        await Expect(sheet.Locator("details.content section").First).ToBeVisibleAsync();
        await Expect(approver.Page.GetByTestId("sign-time")).ToContainTextAsync(new Regex("3(00|0[0-9]|[0-9]) (min|分钟)|29[0-9]"));
        await Expect(approver.Page.GetByTestId("sign")).ToBeDisabledAsync();
        await LookAsync(approver, $"sign-{width}");
        await approver.Page.GetByTestId("statement").CheckAsync();
        await approver.Page.GetByTestId("sign").DblClickAsync();
        await Expect(approver.Page.Locator(".receipt")).ToHaveCountAsync(1);
        await LookAsync(approver, $"signed-{width}");

        // One receipt, with a code; its PDF.
        await approver.Page.Locator("a[href$='/receipts']").First.ClickAsync();
        var code = approver.Page.Locator("a[href^='/check#']").First;
        await Expect(code).ToBeVisibleAsync();
        var link = (await code.GetAttributeAsync("href"))!;
        var download = await approver.Page.RunAndWaitForDownloadAsync(() => approver.Page.GetByTestId("pdf").First.ClickAsync(), new() { Timeout = 60_000 });
        var pdf = await File.ReadAllBytesAsync(await download.PathAsync(), cancel);
        Assert.True(pdf.AsSpan().StartsWith("%PDF-"u8));
        await LookAsync(approver, $"receipts-{width}", pdf);
        Assert.Empty(await AxeAudit.RunAsync(approver.Page));

        await CheckAsync(link, width, locale);
    }

    // A stranger: signed out, in a browser of their own.
    private async Task CheckAsync(string link, int width, string locale)
    {
        await using var stranger = await browser.OpenAsync(province.System.Address, width, locale);
        await stranger.GoAsync(link);
        var found = stranger.Page.GetByTestId("checked");
        await Expect(found).ToContainTextAsync(locale == "en" ? province.People.Untouched[School].NameEn : province.People.Untouched[School].NameZh);
        var hash = await found.Locator(".hash").First.InnerTextAsync();
        await stranger.Page.GetByTestId("held-hash").FillAsync(hash.ToUpperInvariant());
        await Expect(stranger.Page.GetByTestId("compared")).ToHaveClassAsync(new Regex("same"));
        await LookAsync(stranger, $"check-{width}");
        Assert.Empty(await AxeAudit.RunAsync(stranger.Page));
        await stranger.Page.GetByTestId("held-hash").FillAsync(new string('0', 64));
        await Expect(stranger.Page.GetByTestId("compared")).ToHaveClassAsync(new Regex("different"));

        // A slip shows at once; a code nobody has is refused by the server.
        await stranger.Page.Locator("#check-code").FillAsync("7K3M-7K3M-7K3M-7K3M-7K3N");
        await stranger.Page.GetByTestId("check").ClickAsync();
        await Expect(stranger.Page.Locator("#check-code")).ToHaveAttributeAsync("aria-invalid", "true");
        await Expect(found).ToHaveCountAsync(0);
        await stranger.Page.Locator("#check-code").FillAsync("0123-4567-89AB-CDEF-GHJT");
        await stranger.Page.GetByTestId("check").ClickAsync();
        await Expect(stranger.Page.GetByText("RPT-0261")).ToBeVisibleAsync();
        await stranger.FitsAsync();
    }

    private async Task CompleteAsync(string key, CancellationToken cancel)
    {
        var reporter = await province.SignedInAsync(People.Own("reporter", School), cancel);
        var cycle = await ReportReachesDashboardTests.CycleAsync(reporter, cancel);
        var module = (await reporter.GetAsync($"/api/reporting/reports?cycleId={cycle}", cancel))["items"]![0]!["modules"]!.AsArray().First(m => m!["key"]!.GetValue<string>() == key)!;
        var figures = new Figures(province.People.Untouched[School], ReportReachesDashboardTests.Today, ReportReachesDashboardTests.PeriodStart());
        var id = module["id"]!.GetValue<Guid>();
        var version = await FillModule.SaveAsync(reporter, id, module["version"]!.GetValue<long>(), SchoolValues.For(figures)[key], null, new Random(1), cancel);
        await FillModule.CompleteAsync(reporter, id, version, cancel);
    }

    // For people to look at: a folder named by GENGDU_SCREENSHOTS gets what was on the screen.
    private static async Task LookAsync(Person person, string name, byte[]? pdf = null)
    {
        await person.FitsAsync();
        if (Environment.GetEnvironmentVariable("GENGDU_SCREENSHOTS") is { Length: > 0 } folder)
        {
            await person.Page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{name}.png"), FullPage = true });
            await (pdf is null ? Task.CompletedTask : File.WriteAllBytesAsync(Path.Combine(folder, $"{name}.pdf"), pdf));
        }
    }
}
