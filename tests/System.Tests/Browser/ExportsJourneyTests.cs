using Gengdu.Province.Make;
using Gengdu.System.Tests.Running;
using static Microsoft.Playwright.Assertions;

namespace Gengdu.System.Tests.Browser;

/// <summary>A reviewer has files of the own county made, watches them become ready, takes one and removes it; on a desk in Chinese and on a phone in English.</summary>
[Collection(nameof(ProvinceShared))]
public sealed class ExportsJourneyTests(ProvinceFixture province, BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    private const int Patience = 60_000;

    [Theory]
    [InlineData(1440, "zh-CN", "bulletin-docx", "已生成")]
    [InlineData(390, "en", "missing-xlsx", "ready")]
    [InlineData(1440, "en", "chart-pdf", "ready")]
    public async Task Reviewer_HasAFileMade_TakesItAndRemovesIt(int width, string locale, string choice, string ready)
    {
        // Somebody of their own: files are each person's, and nobody else's test sees these.
        await using var reviewer = await browser.PersonAsync(province.System.Address, People.Reviewer(People.TriedCounty), province.Options.Password, width, locale);
        await reviewer.GoAsync("/dashboard");
        await reviewer.Page.GetByTestId("export").ClickAsync();
        await Expect(reviewer.Page.GetByTestId($"export-{choice}")).ToBeVisibleAsync();
        await reviewer.Page.GetByTestId("export-number").FillAsync("冀教督〔2026〕12号");
        await reviewer.LookAsync($"exports-ask-{width}");
        await reviewer.Page.GetByTestId($"export-{choice}").ClickAsync();
        var file = reviewer.Page.GetByTestId("exports").Locator("> li").First;
        await Expect(file.Locator(".tag")).ToHaveTextAsync(ready, new() { Timeout = Patience });
        // The number is the bulletin's: whatever else is asked for goes without.
        await Expect(file.GetByText("冀教督〔2026〕12号")).ToHaveCountAsync(choice.StartsWith("bulletin", StringComparison.Ordinal) ? 1 : 0);
        await reviewer.FitsAsync();
        await reviewer.LookAsync($"exports-{width}");
        var fetched = await reviewer.Page.RunAndWaitForDownloadAsync(() => file.GetByTestId("fetch-export").ClickAsync(), new() { Timeout = Patience });
        Assert.EndsWith(choice[(choice.IndexOf('-', StringComparison.Ordinal) + 1)..], fetched.SuggestedFilename, StringComparison.Ordinal);
        Assert.Null(await fetched.FailureAsync());
        if (Environment.GetEnvironmentVariable("GENGDU_SCREENSHOTS") is { Length: > 0 } folder)
        {
            await fetched.SaveAsAsync(Path.Combine(folder, fetched.SuggestedFilename));
        }

        var before = await reviewer.Page.GetByTestId("fetch-export").CountAsync();
        await file.GetByTestId("remove-export").ClickAsync();
        await Expect(reviewer.Page.GetByTestId("fetch-export")).ToHaveCountAsync(before - 1, new() { Timeout = Patience });
    }
}
