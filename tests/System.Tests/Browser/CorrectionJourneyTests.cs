using System.Net;
using Gengdu.Province.Api;
using Gengdu.Province.Make;
using Gengdu.System.Tests.Running;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Gengdu.System.Tests.Browser;

/// <summary>A correction with its reason: refused by the second pair of eyes with a remark, drafted again, checked, published with a hash, and open to everybody. Whoever drafted it cannot check it.</summary>
[Collection(nameof(ProvinceShared))]
public sealed class CorrectionJourneyTests(ProvinceFixture province, BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    private const int Patience = 60_000;
    private const string Why = "两个县的经费口径已更正";
    private const string WhyEnglish = "Two counties counted their spending anew";
    private const string Wrong = "请先核对经费一栏";

    [Fact]
    public async Task Correction_NeedsAReasonAndSomebodyElsesConsent()
    {
        var cancel = TestContext.Current.CancellationToken;
        var before = await province.PublishedAsync(1, cancel);
        await using var owner = await browser.PersonAsync(province.System.Address, People.Owner, province.Options.Password, 1440);
        await using var administrator = await browser.PersonAsync(province.System.Address, GengduSystem.Administrator, province.Options.Password, 390, "en");
        await DraftAsync(owner);
        await NotByOneselfAsync(owner, cancel);

        // Not agreed, with a remark: it is gone, and its owner reads why.
        await administrator.GoAsync("/publications");
        await Expect(administrator.Page.GetByTestId("refuse")).ToBeDisabledAsync(new() { Timeout = Patience });
        await administrator.Page.Locator("#draft-remark").FillAsync(Wrong);
        await administrator.LookAsync("publication-check-390");
        await administrator.Page.GetByTestId("refuse").ClickAsync();
        await Expect(administrator.Page.GetByTestId("draft")).ToHaveCountAsync(0, new() { Timeout = Patience });
        await owner.GoAsync("/publications");
        await Expect(owner.Page.GetByText(Wrong)).ToBeVisibleAsync(new() { Timeout = Patience });
        await owner.LookAsync("publication-refused-1440");

        await DraftAsync(owner);
        await administrator.GoAsync("/publications");
        await administrator.Page.GetByTestId("agree").ClickAsync();
        await Expect(administrator.Page.GetByTestId("agree")).ToHaveCountAsync(0, new() { Timeout = Patience });
        await owner.GoAsync("/publications");
        await owner.Page.GetByTestId("confirm-publish").ClickAsync();
        var rows = owner.Page.GetByTestId("publications").Locator("tbody tr");
        await Expect(rows).ToHaveCountAsync(before.Count + 1, new() { Timeout = Patience });
        await Expect(rows.First).ToContainTextAsync(Why);
        var newest = (await province.PublishedAsync(1, cancel))[0];
        await Expect(rows.First.Locator("code")).ToHaveTextAsync(newest["sha256"]!.GetValue<string>());
        Assert.Equal((WhyEnglish, before.Count + 1), (newest["reason"]!["en"]!.GetValue<string>(), newest["number"]!.GetValue<int>()));
        await owner.LookAsync("publications-corrected-1440");
    }

    private static async Task DraftAsync(Person owner)
    {
        var page = owner.Page;
        await owner.GoAsync("/publications");
        await page.GetByTestId("publish").ClickAsync();
        // Not without saying why.
        await Expect(page.GetByTestId("confirm-draft")).ToBeDisabledAsync();
        await page.Locator("#reason-zh").FillAsync(Why);
        await page.Locator("#reason-en").FillAsync(WhyEnglish);
        await page.GetByTestId("confirm-draft").ClickAsync();
        await Expect(page.GetByTestId("draft")).ToContainTextAsync(Why, new() { Timeout = Patience });
    }

    /// <summary>Neither by the page nor past it.</summary>
    private async Task NotByOneselfAsync(Person owner, CancellationToken cancellationToken)
    {
        await Expect(owner.Page.GetByTestId("draft")).ToContainTextAsync("起草人不能审核自己的草稿");
        await Expect(owner.Page.GetByTestId("agree")).ToHaveCountAsync(0);
        await Expect(owner.Page.GetByTestId("confirm-publish")).ToHaveCountAsync(0);
        var session = await province.SignedInAsync(People.Owner, cancellationToken);
        var cycle = await ReportReachesDashboardTests.CycleAsync(session, cancellationToken);
        var draft = (await session.GetAsync($"/api/analytics/publications/drafts?cycleId={cycle}", cancellationToken))["items"]!.AsArray().Single(one => one!["state"]!.GetValue<string>() == "drafted")!;
        var refused = await Assert.ThrowsAsync<RefusedException>(() => session.PostAsync($"/api/analytics/publications/drafts/{draft["id"]}/check", new { agrees = true }, cancellationToken));
        Assert.Equal(HttpStatusCode.Conflict, refused.Status);
        Assert.Equal("ANA-0072", refused.Problem!["code"]!.GetValue<string>());
        refused = await Assert.ThrowsAsync<RefusedException>(() => session.PostAsync("/api/analytics/publications", new { draftId = draft["id"]!.GetValue<Guid>() }, cancellationToken));
        Assert.Equal("ANA-0074", refused.Problem!["code"]!.GetValue<string>());
    }
}
