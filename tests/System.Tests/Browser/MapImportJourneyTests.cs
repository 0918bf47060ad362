using System.Globalization;
using System.Text;
using Gengdu.Province.Make;
using Gengdu.System.Tests.Running;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Gengdu.System.Tests.Browser;

/// <summary>The province's owner imports a map with its approval number: what is wrong with a file is named and changes nothing; a good one is looked at, used, and taken back.</summary>
[Collection(nameof(ChartProvinceShared))]
public sealed class MapImportJourneyTests(ChartProvinceFixture province, BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    private const string Title = "河北省县界（试）";
    private const string Approval = "冀S(2026)012号";

    private static readonly string[] Square = ["[0,0]", "[0.2,0]", "[0.2,0.2]", "[0,0.2]", "[0,0]"];

    [Theory]
    [InlineData(1440, "zh-CN")]
    [InlineData(390, "en")]
    public async Task FaultyFiles_AreNamed_AndNothingIsLost(int width, string locale)
    {
        await using var owner = await browser.PersonAsync(province.System.Address, People.Owner, province.Options.Password, width, locale);
        var page = owner.Page;
        await owner.GoAsync("/maps");
        await Expect(page.GetByTestId("map-in-force")).ToBeVisibleAsync();
        var (inForce, versions) = (await page.GetByTestId("map-in-force").InnerTextAsync(), await VersionsAsync(page));
        await owner.LookAsync($"maps-{width}");
        await page.GetByTestId("import-map").ClickAsync();
        await page.GetByTestId("map-title").FillAsync(Title);
        await page.GetByTestId("map-approval").FillAsync(Approval);
        await page.GetByTestId("map-source").FillAsync("省测绘院");

        await SendAsync(page, Counties((code, ring) => code == "130102" ? ("139999", ring) : (code, ring)));
        await Expect(page.GetByTestId("map-faults")).ToContainTextAsync("139999");
        await Expect(page.GetByTestId("map-faults")).ToContainTextAsync(locale == "en" ? "Chang'an" : "缺少长安区");
        await owner.LookAsync($"maps-faults-{width}");
        await SendAsync(page, Counties((code, ring) => code == "130102" ? (code, [ring[0], ring[2], ring[1], ring[3], ring[4]]) : (code, ring)));
        await Expect(page.GetByTestId("map-faults")).ToContainTextAsync(locale == "en" ? "crosses itself" : "自相交");
        await Expect(page.GetByTestId("map-faults").Locator("code")).ToHaveTextAsync(["130102"]);
        await SendAsync(page, "这不是地图");
        await Expect(page.GetByRole(AriaRole.Dialog)).ToContainTextAsync("ANA-0061");
        // Before a byte of it is sent.
        await page.GetByTestId("map-file").SetInputFilesAsync(new FilePayload { Name = "large.geojson", MimeType = "application/geo+json", Buffer = new byte[17 * 1024 * 1024] });
        await Expect(page.GetByTestId("send-map")).ToBeDisabledAsync();
        await Expect(page.Locator("#map-size")).ToContainTextAsync("17");

        // What was typed still stands, and so does what everybody sees.
        await Expect(page.GetByTestId("map-title")).ToHaveValueAsync(Title);
        await Expect(page.GetByTestId("map-approval")).ToHaveValueAsync(Approval);
        await owner.GoAsync("/maps");
        await Expect(page.GetByTestId("map-in-force")).ToHaveTextAsync(inForce);
        Assert.Equal(versions, await VersionsAsync(page));
    }

    /// <summary>Past the page, as a script would: through the gateway, and answered in words.</summary>
    [Fact]
    public async Task FiftyMegabytes_AreRefusedInWords()
    {
        await using var owner = await browser.PersonAsync(province.System.Address, People.Owner, province.Options.Password, 1440);
        await owner.GoAsync("/maps");
        var answer = await owner.Page.EvaluateAsync<string>("""
            async () => {
              const answer = await fetch('/api/analytics/maps?title=x&approvalNumber=GS(2024)0650&source=x',
                { method: 'POST', headers: { 'X-Gengdu-Request': '1', 'Content-Type': 'application/geo+json' }, body: new Blob([new Uint8Array(50 * 1024 * 1024).fill(32)]) })
              return `${answer.status} ${(await answer.json()).code}`
            }
            """);
        Assert.Equal("413 ANA-0062", answer);
    }

    [Fact]
    public async Task GoodFile_IsPreviewed_Used_AndTakenBack()
    {
        await using var owner = await browser.PersonAsync(province.System.Address, People.Owner, province.Options.Password, 1440);
        var page = owner.Page;
        await owner.GoAsync("/maps");
        await page.GetByTestId("import-map").ClickAsync();
        await page.GetByTestId("map-title").FillAsync(Title);
        await page.GetByTestId("map-approval").FillAsync(Approval);
        await page.GetByTestId("map-source").FillAsync("省测绘院");
        await SendAsync(page, Counties((code, ring) => (code, ring)));
        await Expect(page.GetByTestId("map-preview").Locator("path.county")).ToHaveCountAsync(167);
        await owner.LookAsync("maps-preview-1440");
        await page.GetByTestId("use-map").ClickAsync();
        await page.GetByTestId("confirm-map").ClickAsync();
        await Expect(page.GetByTestId("map-in-force")).ToContainTextAsync(Approval);

        await owner.GoAsync("/dashboard");
        await page.StandsAsync("河北省");
        await Expect(page.Locator(".approval")).ToContainTextAsync(Approval);
        await owner.LookAsync("chart-province-boundaries-1440");
        await page.Place("130100").ClickAsync();
        await page.StandsAsync("石家庄市");
        await Expect(page.Locator(".approval")).ToContainTextAsync(Approval);

        await owner.GoAsync("/maps");
        await page.GetByTestId("back-to-tiles").ClickAsync();
        await page.GetByTestId("confirm-map").ClickAsync();
        await Expect(page.GetByTestId("back-to-tiles")).ToHaveCountAsync(0);
    }

    private static async Task SendAsync(IPage page, string file)
    {
        await page.GetByTestId("map-file").SetInputFilesAsync(new FilePayload { Name = "hebei.geojson", MimeType = "application/geo+json", Buffer = Encoding.UTF8.GetBytes(file) });
        await page.GetByTestId("send-map").ClickAsync();
    }

    private static async Task<int> VersionsAsync(IPage page)
    {
        await Expect(page.Locator("main [aria-busy=true]")).ToHaveCountAsync(0);
        return await page.Locator("table.versions tbody tr").CountAsync();
    }

    /// <summary>All counties as squares beside each other; one of them may be another.</summary>
    private string Counties(Func<string, string[], (string Code, string[] Ring)> change)
    {
        var counties = Division.Read(province.Options.DivisionsFile).Where(division => division.Is("county") && division.Kind == "division").Select(division => division.Code);
        var features = counties.Select((code, at) =>
        {
            var (changed, ring) = change(code, [.. Square.Select(point => Moved(point, 113.5 + (at % 14 * 0.2), 36 + (at / 14 * 0.2)))]);
            return $$$"""{"type":"Feature","properties":{"adcode":{{{changed}}}},"geometry":{"type":"Polygon","coordinates":[[{{{string.Join(',', ring)}}}]]}}""";
        });
        return $$"""{"type":"FeatureCollection","features":[{{string.Join(',', features)}}]}""";
    }

    private static string Moved(string point, double east, double north)
    {
        var parts = point.Trim('[', ']').Split(',').Select(part => double.Parse(part, CultureInfo.InvariantCulture)).ToArray();
        return string.Create(CultureInfo.InvariantCulture, $"[{parts[0] + east:0.##},{parts[1] + north:0.##}]");
    }
}
