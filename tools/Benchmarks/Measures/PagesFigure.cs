using Gengdu.Benchmarks.Load;
using Microsoft.Playwright;

namespace Gengdu.Benchmarks.Measures;

/// <param name="First">The province's page of 14,858 schools, nothing in the browser's cache: from the start of the navigation to the frame after its figures and its map are drawn, by the browser's own clock.</param>
/// <param name="Again">The same with what the first visit left in the cache.</param>
/// <param name="Empty">A page of the same app that shows nothing, first visit: what any page costs.</param>
/// <param name="EmptyAgain">The same, later.</param>
/// <param name="Drill">From a click on a city of the map, which nothing announced, to the frame after the city's page is whole.</param>
/// <param name="Change">From the receipt of a submission to the frame in which the open page shows it.</param>
/// <param name="Kilobytes">Everything the first visit took over the line.</param>
internal sealed record PagesResult(int Schools, Percentiles First, Percentiles Again, Percentiles Empty, Percentiles EmptyAgain, Percentiles Drill, Percentiles Change, double Kilobytes);

/// <summary>The province's page in a browser at a desk, beside an empty page of the same app, in turn.</summary>
internal static class PagesFigure
{
    private const int Visits = 9;
    private const string Empty = "/there-is-no-such-page";
    private const string Whole = "[data-testid=board]:not([aria-busy]) .place";

    // Two frames: what stands in the first is on the screen with the second.
    private const string Clock = $$"""
        (() => {
          const look = () => document.querySelector(location.pathname === '{{Empty}}' ? 'main h1' : '{{Whole}}')
            ? requestAnimationFrame(() => { window.usableAfter = performance.now() }) : requestAnimationFrame(look)
          requestAnimationFrame(look)
        })()
        """;

    private const string Down = $$"""
        (code) => new Promise((known) => {
          const name = document.querySelector('main h1').textContent
          const from = performance.now()
          document.querySelector(`.place[data-code="${code}"]`).dispatchEvent(new MouseEvent('click', { bubbles: true }))
          const look = () => document.querySelector('main h1')?.textContent !== name && document.querySelector('{{Whole}}')
            ? requestAnimationFrame(() => known(performance.now() - from)) : requestAnimationFrame(look)
          requestAnimationFrame(look)
        })
        """;

    private static readonly string[] Quiet = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

    public static async Task<PagesResult> RunAsync(Bench bench, CancellationToken cancellationToken)
    {
        var round = await bench.Preparation.PrepareAsync(cancellationToken);
        await bench.FillProvinceAsync(round, cancellationToken);
        await bench.SettleAsync(cancellationToken);
        await bench.ReadFirstAsync(cancellationToken);
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = bench.Options.Chromium, Args = Quiet });
        var page = $"/dashboard?cycle={round.CycleId}";
        var (first, again, empty, emptyAgain, kilobytes) = (new List<double>(), new List<double>(), new List<double>(), new List<double>(), new List<double>());
        // The first turn warms the services up and is not counted.
        for (var n = 0; n <= Visits; n++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var (ours, oursAgain, bytes) = await TwiceAsync(bench, browser, page);
            var (anchor, anchorAgain, _) = await TwiceAsync(bench, browser, Empty);
            if (n > 0)
            {
                first.Add(ours);
                again.Add(oursAgain);
                empty.Add(anchor);
                emptyAgain.Add(anchorAgain);
                kilobytes.Add(bytes / 1024);
            }
        }

        var (drill, change) = await OpenAsync(bench, browser, page, round.Submissions.Select(one => one.Request), cancellationToken);
        return new(BenchmarkOptions.WholeProvince, Percentiles.Of(first), Percentiles.Of(again), Percentiles.Of(empty), Percentiles.Of(emptyAgain), drill, change, Math.Round(Median.Of(kilobytes), 1));
    }

    private static async Task<(double First, double Again, double Bytes)> TwiceAsync(Bench bench, IBrowser browser, string address)
    {
        await using var context = await DeskAsync(bench, browser);
        var (first, bytes) = await VisitAsync(bench, context, address);
        var (again, _) = await VisitAsync(bench, context, address);
        return (first, again, bytes);
    }

    private static async Task<IBrowserContext> DeskAsync(Bench bench, IBrowser browser)
    {
        var context = await browser.NewContextAsync(new() { ViewportSize = new() { Width = 1440, Height = 900 }, Locale = "zh-CN" });
        await PhoneFigure.SignInAsync(context, bench.Options.Address, bench.Province.Owner.CookieHeader);
        await context.AddInitScriptAsync(Clock);
        return context;
    }

    private static async Task<(double Usable, double Bytes)> VisitAsync(Bench bench, IBrowserContext context, string address)
    {
        var page = await context.NewPageAsync();
        var line = await context.NewCDPSessionAsync(page);
        var bytes = 0.0;
        line.Event("Network.loadingFinished").OnEvent += (_, finished) => bytes += finished!.Value.GetProperty("encodedDataLength").GetDouble();
        await line.SendAsync("Network.enable");
        await page.GotoAsync(new Uri(bench.Options.Address, address).ToString(), new() { WaitUntil = WaitUntilState.Commit, Timeout = 60_000 });
        var usable = await UsableAsync(page);
        // A stream of events stays open: a moment in which nothing else comes is the end of loading.
        await page.WaitForTimeoutAsync(1_500);
        await page.CloseAsync();
        return (usable, bytes);
    }

    private static Task<double> UsableAsync(IPage page) =>
        page.EvaluateAsync<double>("new Promise((known) => { const look = () => window.usableAfter ? known(window.usableAfter) : requestAnimationFrame(look); look() })");

    private static async Task<(Percentiles Drill, Percentiles Change)> OpenAsync(Bench bench, IBrowser browser, string address, IEnumerable<byte[]> submissions, CancellationToken cancellationToken)
    {
        await using var context = await DeskAsync(bench, browser);
        var page = await context.NewPageAsync();
        var (drills, changes) = (new List<double>(), new List<double>());
        var cities = bench.Province.Divisions.Where(division => division.Is("city") && !division.Is("county")).Select(division => division.Code).Take(Visits).ToList();
        foreach (var city in cities)
        {
            // Each from a page that has not seen the city: what was asked for before would be there at once.
            await page.GotoAsync(new Uri(bench.Options.Address, address).ToString());
            await UsableAsync(page);
            await page.WaitForTimeoutAsync(1_500);
            drills.Add(await page.EvaluateAsync<double>(Down, city));
        }

        await page.GotoAsync(new Uri(bench.Options.Address, address).ToString());
        await UsableAsync(page);
        using var connection = new HttpConnection(bench.Options.Address);
        foreach (var submission in submissions.Take(Visits * 2))
        {
            await page.WaitForTimeoutAsync(2_000);
            var shown = page.EvaluateAsync("""
                new Promise((known) => {
                  const seen = () => document.querySelector('.numbers .hero').textContent
                  const before = seen()
                  const look = () => (seen() === before ? requestAnimationFrame(look) : known())
                  look()
                })
                """);
            var answer = await connection.SendAsync(submission, cancellationToken);
            var received = TimeProvider.System.GetTimestamp();
            await (answer.Succeeded ? shown.WaitAsync(TimeSpan.FromSeconds(30), cancellationToken) : throw new InvalidOperationException($"a submission: {answer.Status}"));
            changes.Add(TimeProvider.System.GetElapsedTime(received).TotalMilliseconds);
        }

        return (Percentiles.Of(drills), Percentiles.Of(changes));
    }
}
