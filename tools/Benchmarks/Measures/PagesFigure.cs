using Gengdu.Benchmarks.Load;
using Microsoft.Playwright;

namespace Gengdu.Benchmarks.Measures;

/// <summary>One page in a browser that starts with nothing: each time from the start of the navigation to the frame after it is drawn, by the browser's own clock.</summary>
/// <param name="First">Nothing is in the browser's cache.</param>
/// <param name="Second">A second and a half after the first, with the files it left: nothing is compiled yet, and the app's worker is not there.</param>
/// <param name="Third">The worker answers for the app's files for the first time: what it keeps is compiled once more.</param>
/// <param name="Fourth">The first page of a browser that was just started anew; worker and compiled code are as the third visit left them.</param>
/// <param name="Fifth">In the browser of the fourth.</param>
internal sealed record PageVisits(Percentiles First, Percentiles Second, Percentiles Third, Percentiles Fourth, Percentiles Fifth);

/// <param name="Page">The province's page of 14,858 schools, until its figures and its map are drawn.</param>
/// <param name="Empty">A page of the same app that shows nothing: what any page costs. Its later visits are made in the same browser, in turn with the page's.</param>
/// <param name="Drill">From a click on a city of the map, which nothing announced, to the frame after the city's page is whole.</param>
/// <param name="Change">From the receipt of a submission to the frame in which the open page shows it.</param>
/// <param name="Kilobytes">Everything the first visit took over the line.</param>
/// <param name="CompiledKilobytes">Compiled code in the browser's own folder after five visits.</param>
internal sealed record PagesResult(int Schools, PageVisits Page, PageVisits Empty, Percentiles Drill, Percentiles Change, double Kilobytes, double CompiledKilobytes);

/// <summary>The province's page in a browser at a desk, beside an empty page of the same app, in turn.</summary>
internal static class PagesFigure
{
    private const int Turns = 9;
    private const string Empty = "/there-is-no-such-page";
    private const string Whole = "[data-testid=board]:not([aria-busy]) .place";

    // Two frames: what stands in the first is on the screen with the second.
    private const string Clock = $$"""
        (() => {
          const look = () => document.querySelector(location.pathname === '{{Empty}}' ? 'main h1' : '{{Whole}}')
            ? requestAnimationFrame(() => console.debug('{{OwnBrowser.Usable}}' + performance.now())) : requestAnimationFrame(look)
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

    public static async Task<PagesResult> RunAsync(Bench bench, CancellationToken cancellationToken)
    {
        var round = await bench.Preparation.PrepareAsync(cancellationToken);
        await bench.FillProvinceAsync(round, cancellationToken);
        await bench.SettleAsync(cancellationToken);
        await bench.ReadFirstAsync(cancellationToken);
        using var playwright = await Playwright.CreateAsync();
        var page = $"/dashboard?cycle={round.CycleId}";
        var (ours, empty, compiled) = (new Visits(), new Visits(), new List<double>());
        // The first turn warms the services up and is not counted.
        for (var n = 0; n <= Turns; n++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var (turn, anchor, kilobytes) = await TurnAsync(playwright, bench, page);
            if (n > 0)
            {
                ours.Add(turn);
                empty.Add(anchor);
                compiled.Add(kilobytes);
            }
        }

        var (drill, change) = await OpenAsync(playwright, bench, page, round.Submissions.Select(one => one.Request), cancellationToken);
        return new(BenchmarkOptions.WholeProvince, ours.Result, empty.Result, drill, change, Math.Round(Median.Of(ours.First.ConvertAll(one => one.Bytes / 1024)), 1), Math.Round(Median.Of(compiled)));
    }

    /// <summary>Five visits of the page in a browser that starts with nothing, and beside them the empty page's.</summary>
    private static async Task<(Visits Page, Visits Empty, double CompiledKilobytes)> TurnAsync(IPlaywright playwright, Bench bench, string address)
    {
        var (page, empty) = (new Visits(), new Visits());
        await using (var browser = new OwnBrowser(playwright, bench, Clock))
        {
            await browser.StartAsync();
            empty.First.Add(await browser.VisitAsync(Empty));
            empty.Second.Add(await browser.VisitAsync(Empty));
        }

        await using var own = new OwnBrowser(playwright, bench, Clock);
        await own.StartAsync();
        page.First.Add(await own.VisitAsync(address));
        page.Second.Add(await own.VisitAsync(address, untilKept: true));
        page.Third.Add(await own.VisitAsync(address, kept: true));
        empty.Third.Add(await own.VisitAsync(Empty, kept: true));
        await AnewAsync(own);
        page.Fourth.Add(await own.VisitAsync(address, kept: true));
        empty.Fifth.Add(await own.VisitAsync(Empty, kept: true));
        page.Fifth.Add(await own.VisitAsync(address, kept: true));
        await AnewAsync(own);
        empty.Fourth.Add(await own.VisitAsync(Empty, kept: true));
        return (page, empty, own.CompiledKilobytes is > 0 and var kilobytes ? kilobytes : throw new InvalidOperationException("the browser kept no compiled code"));
    }

    private static async Task AnewAsync(OwnBrowser browser)
    {
        await browser.StopAsync();
        await browser.StartAsync();
    }

    private static async Task<(Percentiles Drill, Percentiles Change)> OpenAsync(IPlaywright playwright, Bench bench, string address, IEnumerable<byte[]> submissions, CancellationToken cancellationToken)
    {
        await using var browser = new OwnBrowser(playwright, bench, Clock);
        await browser.StartAsync();
        var page = await browser.Open.NewPageAsync();
        var (drills, changes) = (new List<double>(), new List<double>());
        var cities = bench.Province.Divisions.Where(division => division.Is("city") && !division.Is("county")).Select(division => division.Code).Take(Turns).ToList();
        foreach (var city in cities)
        {
            // Each from a page that has not seen the city: what was asked for before would be there at once.
            await WholeAsync();
            await page.WaitForTimeoutAsync(1_500);
            drills.Add(await page.EvaluateAsync<double>(Down, city));
        }

        await WholeAsync();
        using var connection = new HttpConnection(bench.Options.Address);
        foreach (var submission in submissions.Take(Turns * 2))
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

        Task WholeAsync() => Task.WhenAll(OwnBrowser.Said(page), page.GotoAsync(new Uri(bench.Options.Address, address).ToString()));
    }

    private sealed record Visits
    {
        public List<Visit> First { get; } = [];
        public List<Visit> Second { get; } = [];
        public List<Visit> Third { get; } = [];
        public List<Visit> Fourth { get; } = [];
        public List<Visit> Fifth { get; } = [];

        public PageVisits Result => new(Of(First), Of(Second), Of(Third), Of(Fourth), Of(Fifth));

        public void Add(Visits turn)
        {
            First.AddRange(turn.First);
            Second.AddRange(turn.Second);
            Third.AddRange(turn.Third);
            Fourth.AddRange(turn.Fourth);
            Fifth.AddRange(turn.Fifth);
        }

        private static Percentiles Of(List<Visit> visits) => Percentiles.Of(visits.Select(one => one.Usable));
    }
}
