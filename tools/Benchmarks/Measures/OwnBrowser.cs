using System.Globalization;
using Microsoft.Playwright;

namespace Gengdu.Benchmarks.Measures;

/// <param name="Usable">From the start of the navigation to the frame after the page is drawn, by the browser's own clock.</param>
/// <param name="Bytes">Everything that came over the line.</param>
internal sealed record Visit(double Usable, double Bytes);

/// <summary>
/// A browser as one person has it at a desk: a profile of its own on disk, in which files, compiled code and the app's worker stay from one visit
/// and from one start to the next. A context of Playwright's own is a private window: it keeps no compiled code.
/// </summary>
internal sealed class OwnBrowser(IPlaywright playwright, Bench bench, string clock) : IAsyncDisposable
{
    /// <summary>A stream of events stays open: a moment in which nothing else comes is the end of loading.</summary>
    private const int Resting = 1_500;

    /// <summary>How the clock begins its word.</summary>
    public const string Usable = "usable after ";

    private static readonly string[] Quiet = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

    private readonly DirectoryInfo _profile = Directory.CreateTempSubdirectory("gengdu-browser-");
    private IBrowserContext? _open;

    public IBrowserContext Open => _open ?? throw new InvalidOperationException("the browser has not been started");

    /// <summary>Compiled code that the browser has written beside what it fetched itself; what the worker keeps has its own beside it.</summary>
    public double CompiledKilobytes => SizeOf("Default/Code Cache/js") / 1024;

    /// <summary>Starts it, signed in, and lets it come to rest: nobody opens a page in the browser's first second. The cookie of a session ends with the browser.</summary>
    public async Task StartAsync()
    {
        _open = await playwright.Chromium.LaunchPersistentContextAsync(_profile.FullName,
            new() { ExecutablePath = bench.Options.Chromium, Args = Quiet, ViewportSize = new() { Width = 1440, Height = 900 }, Locale = "zh-CN" });
        await PhoneFigure.SignInAsync(_open, bench.Options.Address, bench.Province.Owner.CookieHeader);
        await _open.AddInitScriptAsync(clock);
        await Task.Delay(Resting);
    }

    public async Task StopAsync()
    {
        if (_open is not null)
        {
            await _open.CloseAsync();
            _open = null;
        }
    }

    /// <summary>Opens a page in a new tab and closes it when nothing comes any more.</summary>
    /// <param name="untilKept">Stays until the app's worker, which comes three seconds after the page, keeps its files.</param>
    /// <param name="kept">The worker is there already; else the visit is not what it is said to be.</param>
    public async Task<Visit> VisitAsync(string address, bool untilKept = false, bool kept = false)
    {
        var page = await Open.NewPageAsync();
        var line = await Open.NewCDPSessionAsync(page);
        var bytes = 0.0;
        line.Event("Network.loadingFinished").OnEvent += (_, finished) => bytes += finished!.Value.GetProperty("encodedDataLength").GetDouble();
        await line.SendAsync("Network.enable");
        var said = Said(page);
        await page.GotoAsync(new Uri(bench.Options.Address, address).ToString(), new() { WaitUntil = WaitUntilState.Commit, Timeout = 60_000 });
        var usable = await said;
        if (untilKept)
        {
            await page.EvaluateAsync("navigator.serviceWorker.ready.then(() => true)").WaitAsync(TimeSpan.FromSeconds(30));
        }

        await page.WaitForTimeoutAsync(Resting);
        if (kept && !await page.EvaluateAsync<bool>("navigator.serviceWorker.controller !== null"))
        {
            throw new InvalidOperationException($"{address}: no worker stood behind this visit");
        }

        await page.CloseAsync();
        return new(usable, bytes);
    }

    /// <summary>What the page says when it is drawn. Asked for, it would have to run the remote control's own script while it loads.</summary>
    public static async Task<double> Said(IPage page)
    {
        var message = await page.WaitForConsoleMessageAsync(new() { Predicate = one => one.Text.StartsWith(Usable, StringComparison.Ordinal), Timeout = 60_000 });
        return double.Parse(message.Text[Usable.Length..], CultureInfo.InvariantCulture);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _profile.Delete(recursive: true);
    }

    private double SizeOf(string folder) => Path.Join(_profile.FullName, folder) is var path && Directory.Exists(path)
        ? new DirectoryInfo(path).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => (double)file.Length) : 0;
}
