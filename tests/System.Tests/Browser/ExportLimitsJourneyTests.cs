using System.Security.Cryptography;
using Gengdu.Province.Make;
using Gengdu.System.Tests.Running;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Gengdu.System.Tests.Browser;

/// <summary>Three files are being made, so a fourth is refused; one is cancelled at its half, the summary table takes its place, and its download goes on from the byte where it broke off.</summary>
[Collection(nameof(ProvinceShared))]
public sealed class ExportLimitsJourneyTests(ProvinceFixture province, BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    private const int Patience = 60_000;
    private const string City = "130200";

    [Fact]
    public async Task Supervisor_IsHeldToThree_CancelsOneAtItsHalf_AndResumesADownload()
    {
        var cancel = TestContext.Current.CancellationToken;
        var session = await province.SignedInAsync(People.Supervisor(City), cancel);
        var (cycle, place) = (await ReportReachesDashboardTests.CycleAsync(session, cancel), await session.OrganisationAsync(City, cancel));
        var person = (await session.GetAsync("/api/identity/me", cancel))["personId"]!.GetValue<Guid>();
        await using var values = await HeldExport.OfAsync(province, cycle, place, person, "values", "csv", "running", 21, 42, cancel);
        await using var pdf = await HeldExport.OfAsync(province, cycle, place, person, "summary", "pdf", "waiting", 0, 0, cancel);
        await using var word = await HeldExport.OfAsync(province, cycle, place, person, "bulletin", "docx", "waiting", 0, 0, cancel);
        await using var supervisor = await browser.PersonAsync(province.System.Address, People.Supervisor(City), province.Options.Password, 1440);
        var page = supervisor.Page;

        await AskAsync(supervisor);
        await Expect(page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Alert)).ToContainTextAsync("ANA-0041", new() { Timeout = Patience });
        await supervisor.LookAsync("exports-refused-1440");

        await supervisor.GoAsync("/exports");
        var half = page.GetByTestId("exports").Locator("> li").Filter(new() { HasText = "填报数据" });
        await Expect(half.GetByRole(AriaRole.Progressbar)).ToHaveAttributeAsync("aria-valuenow", "50");
        await Expect(half).ToContainTextAsync("21 / 42");
        await supervisor.LookAsync("exports-running-1440");
        await half.GetByTestId("remove-export").ClickAsync();
        await Expect(half.Locator(".tag")).ToHaveTextAsync("正在取消");
        // Whoever made it is gone: the next one finds that it was cancelled, and makes nothing of it.
        await values.DisposeAsync();
        await Expect(half.Locator(".tag")).ToHaveTextAsync("已取消", new() { Timeout = Patience });
        await Expect(half.GetByTestId("fetch-export")).ToHaveCountAsync(0);

        await AskAsync(supervisor);
        await page.WaitForURLAsync("**/exports");
        var table = page.GetByTestId("exports").Locator("> li").Filter(new() { HasText = "Excel" }).First;
        await Expect(table.Locator(".tag")).ToHaveTextAsync("已生成", new() { Timeout = Patience });
        await ResumesAsync(page, table);

        await pdf.DisposeAsync();
        await word.DisposeAsync();
        await Expect(page.GetByTestId("fetch-export")).ToHaveCountAsync(3, new() { Timeout = Patience });
        await supervisor.LookAsync("exports-made-1440");
        while (await page.GetByTestId("remove-export").CountAsync() is var left and > 0)
        {
            await page.GetByTestId("remove-export").First.ClickAsync();
            await Expect(page.GetByTestId("remove-export")).ToHaveCountAsync(left - 1, new() { Timeout = Patience });
        }
    }

    private static async Task AskAsync(Person person)
    {
        await person.GoAsync("/dashboard");
        await person.Page.GetByTestId("export").ClickAsync();
        await person.Page.GetByTestId("export-summary-xlsx").ClickAsync();
    }

    /// <summary>The first thousand bytes, and later the rest of the same file: together they have the checksum that the page shows. Of another file nothing is added.</summary>
    private static async Task ResumesAsync(IPage page, ILocator table)
    {
        var address = new Uri(new Uri(page.Url), await table.GetByTestId("fetch-export").GetAttributeAsync("href")).ToString();
        await table.Locator("summary").ClickAsync();
        var hash = await table.Locator("code").InnerTextAsync();
        var begun = await page.APIRequest.GetAsync(address, new() { Headers = [new("Range", "bytes=0-999")] });
        var rest = await page.APIRequest.GetAsync(address, new() { Headers = [new("Range", "bytes=1000-"), new("If-Range", begun.Headers["etag"])] });
        Assert.Equal((206, 206), (begun.Status, rest.Status));
        byte[] whole = [.. await begun.BodyAsync(), .. await rest.BodyAsync()];
        Assert.Equal(hash, Convert.ToHexStringLower(SHA256.HashData(whole)));
        var other = await page.APIRequest.GetAsync(address, new() { Headers = [new("Range", "bytes=1000-"), new("If-Range", "\"another file\"")] });
        Assert.Equal((200, whole.Length), (other.Status, (await other.BodyAsync()).Length));
    }
}
