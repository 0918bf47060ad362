using System.Text.RegularExpressions;
using Gengdu.Province.Make;
using Gengdu.System.Tests.Running;
using static Microsoft.Playwright.Assertions;

namespace Gengdu.System.Tests.Browser;

/// <summary>Analytics is killed: an open page keeps the last figures and says that they are, a new visit begins with them, and all goes on by itself.</summary>
[Collection(nameof(ChartProvinceShared))]
public sealed class FiguresAwayJourneyTests(ChartProvinceFixture province, BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    private const int Patience = 90_000;

    [Fact]
    public async Task AnalyticsGone_LastFiguresStay_AndAreSaidToBeTheLast()
    {
        var cancel = TestContext.Current.CancellationToken;
        await using var director = await browser.PersonAsync(province.System.Address, People.Owner, province.Options.Password, 1440);
        await using var stranger = await browser.PersonAsync(province.System.Address, People.Supervisor("130200"), province.Options.Password, 390, "en");
        var page = director.Page;
        await director.GoAsync("/dashboard");
        await page.StandsAsync("河北省");
        var figures = await page.Hero().InnerTextAsync();
        await Expect(page.GetByTestId("figures-away")).ToHaveCountAsync(0);

        await province.System["analytics"].KillAsync();
        try
        {
            await Expect(page.GetByTestId("figures-away")).ToContainTextAsync("不是最新数值", new() { Timeout = Patience });
            await Expect(page.Locator(".stamp")).ToHaveClassAsync(new Regex("stale"));
            await Expect(page.Hero()).ToHaveTextAsync(figures, new() { UseInnerText = true });
            await director.LookAsync("chart-away-1440");

            // Who comes anew finds what this browser read last; who never looked is told what is missing, and what to do.
            await director.GoAsync("/dashboard");
            await Expect(page.GetByTestId("figures-away")).ToBeVisibleAsync(new() { Timeout = Patience });
            await Expect(page.Hero()).ToHaveTextAsync(figures, new() { UseInnerText = true });
            await director.GoAsync("/wall");
            await Expect(page.Locator(".stamp.stale")).ToBeVisibleAsync(new() { Timeout = Patience });
            await Expect(page.Hero()).ToHaveTextAsync(figures, new() { UseInnerText = true });
            await director.GoAsync("/dashboard");
            await Expect(page.GetByTestId("figures-away")).ToBeVisibleAsync(new() { Timeout = Patience });
            await stranger.GoAsync("/dashboard");
            await Expect(stranger.Page.Locator("main .problem")).ToBeVisibleAsync(new() { Timeout = Patience });
            await Expect(stranger.Page.Locator("main .problem button")).ToBeVisibleAsync();
            await stranger.LookAsync("chart-away-never-read-390");
        }
        finally
        {
            await province.System.StartAsync("analytics");
            await province.System.WaitUntilReadyAsync(cancel, "analytics");
        }

        await Expect(page.GetByTestId("figures-away")).ToHaveCountAsync(0, new() { Timeout = Patience });
        await Expect(stranger.Page.Hero()).ToBeVisibleAsync(new() { Timeout = Patience });
    }
}
