using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Gengdu.System.Tests.Running;
using Gengdu.TestKit;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Gengdu.System.Tests.Browser;

/// <summary>Somebody without an account reads what was published: from the province down to a county, the file with its hash, a correction beside what it corrects, and nothing of one or two schools.</summary>
[Collection(nameof(ProvinceShared))]
public sealed class OpenJourneyTests(ProvinceFixture province, BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    private const int Patience = 60_000;

    [Theory]
    [InlineData(1440, "zh-CN", "不公开", "这一号已被更正")]
    [InlineData(390, "en", "withheld", "This number has been corrected")]
    public async Task Anybody_ReadsWhatIsPublished_AndFindsOutThatNobodyChangedIt(int width, string locale, string notTold, string corrected)
    {
        var cancel = TestContext.Current.CancellationToken;
        var numbers = await province.PublishedAsync(2, cancel);
        await using var reader = await browser.OpenAsync(province.System.Address, width, locale);
        var page = reader.Page;
        await reader.GoAsync("/open");
        var newest = numbers[0]["number"]!.GetValue<int>();
        await Expect(page.GetByTestId("open-head")).ToContainTextAsync($"{newest}", new() { Timeout = Patience });
        await Expect(page.GetByTestId("open-figures").Locator("tbody tr").First).ToBeVisibleAsync();
        await reader.LookAsync($"open-{width}");
        await FileIsAsToldAsync(reader);

        // Down to a city, where counties of one or two schools say so instead of a number; and no further.
        var (city, county) = await HiddenAsync(page, numbers[0]);
        await page.GetByTestId("open-bars").Locator($"[data-code='{city}'] a").ClickAsync();
        await Expect(page.GetByTestId("open-bars").Locator($"[data-code='{county}'] [data-state=hidden]")).ToHaveTextAsync(notTold);
        await Expect(page.GetByTestId("open-bars").Locator("a")).ToHaveCountAsync(0);
        await reader.LookAsync($"open-city-{width}");

        // What was corrected stays, says that it was, and leads to the newest.
        await reader.GoAsync($"/open?cycle={numbers[0]["cycleId"]}&number={newest - 1}");
        await Expect(page.GetByTestId("open-head")).ToContainTextAsync(corrected);
        await reader.LookAsync($"open-corrected-{width}");
        await page.GetByTestId("open-head").Locator("a").ClickAsync();
        await Expect(page.GetByTestId("open-head")).ToContainTextAsync(numbers[0]["reason"]![locale == "en" ? "en" : "zh"]!.GetValue<string>());
        await Expect(page.GetByTestId("open-head")).Not.ToContainTextAsync(corrected);
        await reader.PaperAsync($"open-{width}");
    }

    /// <summary>What anybody may run against the address finds every file and every number as it was published.</summary>
    [Fact]
    public async Task Script_FromTheAddressAlone_FindsNothingChanged()
    {
        var cancel = TestContext.Current.CancellationToken;
        var numbers = await province.PublishedAsync(2, cancel);
        using var script = Process.Start(new ProcessStartInfo(RepositoryRoot.Combine("scripts", "check-publication.sh"), [province.System.Address.ToString()]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var (said, faults) = (script.StandardOutput.ReadToEndAsync(cancel), script.StandardError.ReadToEndAsync(cancel));
        await script.WaitForExitAsync(cancel);
        var lines = await said;
        Assert.True(script.ExitCode == 0, lines + await faults);
        Assert.All(numbers, one => Assert.Contains(one["sha256"]!.GetValue<string>(), lines, StringComparison.Ordinal));
        Assert.Contains($"{numbers.Count} 次公布，均与公布时一致。 / {numbers.Count} publications, each as it was published.", lines, StringComparison.Ordinal);
    }

    /// <summary>A county of which the first number is not told, and its city.</summary>
    private static async Task<(string City, string County)> HiddenAsync(IPage page, JsonNode publication)
    {
        var file = await page.APIRequest.GetAsync(new Uri(new Uri(page.Url), $"/api/analytics/open/publications/{publication["cycleId"]}/{publication["number"]}/figures.json").ToString());
        var open = JsonNode.Parse(await file.TextAsync())!;
        var places = open["places"]!.AsArray().ToDictionary(place => place!["code"]!.GetValue<string>(), place => place!);
        var first = open["indicators"]![0]!["id"]!.GetValue<string>();
        return open["figures"]!.AsArray().Where(figure => figure!["indicator"]!.GetValue<string>() == first && figure["state"]!.GetValue<string>() == "hidden")
            .Select(figure => places[figure!["place"]!.GetValue<string>()])
            .Where(place => place["level"]!.GetValue<string>() == "county" && places[place["parent"]!.GetValue<string>()]["level"]!.GetValue<string>() == "city")
            .Select(place => (place["parent"]!.GetValue<string>(), place["code"]!.GetValue<string>())).First();
    }

    /// <summary>The bytes have the hash that the page shows; no line of them tells of fewer than three schools, and some say that they do not.</summary>
    private static async Task FileIsAsToldAsync(Person reader)
    {
        var hash = await reader.Page.GetByTestId("open-hash").InnerTextAsync();
        var file = await reader.Page.RunAndWaitForDownloadAsync(() => reader.Page.GetByTestId("open-csv").ClickAsync(), new() { Timeout = Patience });
        var bytes = await File.ReadAllBytesAsync(await file.PathAsync());
        Assert.Equal(hash, Convert.ToHexStringLower(SHA256.HashData(bytes)));
        var lines = Encoding.UTF8.GetString(bytes).TrimStart('\uFEFF').Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(',')).ToList();
        Assert.Equal(["cell", "value", "schools", "told_in"], lines[0][^4..]);
        var told = lines.Skip(1).Where(line => line[^3].Length > 0).ToList();
        Assert.NotEmpty(told);
        Assert.All(told, line => Assert.InRange(int.Parse(line[^2], CultureInfo.InvariantCulture), 3, int.MaxValue));
        Assert.Contains(lines, line => line[^4] == "hidden" && line[^3].Length == 0 && line[^2].Length == 0);
    }
}
