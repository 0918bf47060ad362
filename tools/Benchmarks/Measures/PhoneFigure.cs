using Gengdu.Benchmarks.Load;
using Microsoft.Playwright;

namespace Gengdu.Benchmarks.Measures;

/// <param name="First">First visit, nothing in the browser's cache: from the start of the navigation to the frame after the first field that takes typing, by the browser's own clock.</param>
/// <param name="Again">The same with what the first visit left in the cache.</param>
/// <param name="FirstOutside">The first visit by a stopwatch outside: with the start of the tab's process and the remote control's own time. The page tells it
/// in the frame after the field is drawn; a locator that waits would look only every half second once a page takes longer than that.</param>
/// <param name="AgainOutside">The same of the second.</param>
/// <param name="Kilobytes">Everything the first visit took over the line, compressed as it came, heads included.</param>
/// <param name="Typing">In the same browser at a desk.</param>
internal sealed record PhoneResult(Percentiles First, Percentiles Again, Percentiles FirstOutside, Percentiles AgainOutside, double Kilobytes, TypingResult Typing);

/// <summary>
/// A reporter opens a module on a phone: 390 × 844, the processor slowed down four times, 1.6 Mbit/s down, 0.75 up, 150 ms to the
/// server and back (what browsers' developer tools call slow 4G).
/// </summary>
internal static class PhoneFigure
{
    internal const string Typeable = "main input:enabled, main select:enabled, main textarea:enabled";
    private const int Visits = 7;

    // Two frames: what stands in the first is on the screen with the second.
    private const string Clock = $$"""
        window.usableAfter = new Promise((known) => {
          const look = () => [...document.querySelectorAll('{{Typeable}}')].some((field) => field.checkVisibility())
            ? requestAnimationFrame(() => known(performance.now())) : requestAnimationFrame(look)
          requestAnimationFrame(look)
        })
        """;
    private static readonly string[] Quiet = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

    public static async Task<PhoneResult> RunAsync(Bench bench, CancellationToken cancellationToken)
    {
        var forms = await bench.Preparation.DraftsAsync(cancellationToken);
        await bench.SettleAsync(cancellationToken);
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = bench.Options.Chromium, Args = Quiet });
        var (first, again, kilobytes) = (new List<Opening>(), new List<Opening>(), new List<double>());
        // The first one warms the services up and is not counted.
        for (var n = 0; n <= Visits; n++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            await using var context = await PhoneAsync(browser, bench.Options.Address, forms[n % forms.Count].Cookie);
            var page = new Uri(bench.Options.Address, forms[n % forms.Count].Page);
            var (fresh, cached) = (await OpenAsync(context, page), await OpenAsync(context, page));
            if (n > 0)
            {
                first.Add(fresh);
                again.Add(cached);
                kilobytes.Add(fresh.Bytes / 1024);
            }
        }

        var typing = await TypingFigure.RunAsync(browser, bench.Options.Address, forms[0], cancellationToken);
        return new(
            Percentiles.Of([.. first.Select(one => one.ByPage)]), Percentiles.Of([.. again.Select(one => one.ByPage)]),
            Percentiles.Of([.. first.Select(one => one.Outside)]), Percentiles.Of([.. again.Select(one => one.Outside)]), Math.Round(Median.Of(kilobytes), 1), typing);
    }

    private static async Task<IBrowserContext> PhoneAsync(IBrowser browser, Uri address, string cookies)
    {
        var context = await browser.NewContextAsync(new() { ViewportSize = new() { Width = 390, Height = 844 }, DeviceScaleFactor = 3, IsMobile = true, HasTouch = true, Locale = "zh-CN" });
        await SignInAsync(context, address, cookies);
        await context.AddInitScriptAsync(Clock);
        return context;
    }

    internal static Task SignInAsync(IBrowserContext context, Uri address, string cookies) =>
        context.AddCookiesAsync(cookies.Split("; ").Select(cookie => cookie.Split('=', 2)).Select(pair => new Cookie { Name = pair[0], Value = pair[1], Url = address.ToString() }));

    private static async Task<Opening> OpenAsync(IBrowserContext context, Uri address)
    {
        var page = await context.NewPageAsync();
        var phone = await context.NewCDPSessionAsync(page);
        var bytes = 0.0;
        phone.Event("Network.loadingFinished").OnEvent += (_, finished) => bytes += finished!.Value.GetProperty("encodedDataLength").GetDouble();
        await phone.SendAsync("Network.enable");
        await phone.SendAsync("Network.emulateNetworkConditions", new()
        {
            ["offline"] = false, ["latency"] = 150, ["downloadThroughput"] = 1_600_000 / 8, ["uploadThroughput"] = 750_000 / 8,
        });
        await phone.SendAsync("Emulation.setCPUThrottlingRate", new() { ["rate"] = 4 });
        var started = TimeProvider.System.GetTimestamp();
        await page.GotoAsync(address.ToString(), new() { WaitUntil = WaitUntilState.Commit, Timeout = 60_000 });
        var byPage = await page.EvaluateAsync<double>("window.usableAfter").WaitAsync(TimeSpan.FromMinutes(1));
        var took = TimeProvider.System.GetElapsedTime(started).TotalMilliseconds;
        await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        await page.CloseAsync();
        return new(byPage, took, bytes);
    }

    private sealed record Opening(double ByPage, double Outside, double Bytes);
}
