using Microsoft.Playwright;

namespace Gengdu.System.Tests.Browser;

/// <summary>The distribution's Chromium, without what a closed network would only delay.</summary>
public sealed class BrowserFixture : IAsyncLifetime
{
    private static readonly string[] Quiet =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ];

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async ValueTask InitializeAsync()
    {
        // What a page shows in the end, not how soon: everything else of the suite runs beside it on the same cores.
        Assertions.SetDefaultExpectTimeout(30_000);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = Environment.GetEnvironmentVariable("GENGDU_CHROMIUM") ?? "/usr/bin/chromium", Args = Quiet });
    }

    /// <summary>A fresh browser of one person: own cookies, given width.</summary>
    internal async Task<Person> PersonAsync(Uri address, string userName, string password, int width, string locale = "zh-CN")
    {
        var person = await OpenAsync(address, width, locale);
        await person.SignInAsync(userName, password);
        return person;
    }

    /// <summary>The same, signed out.</summary>
    internal async Task<Person> OpenAsync(Uri address, int width, string locale = "zh-CN", bool javaScript = true)
    {
        var context = await _browser!.NewContextAsync(new()
        {
            ViewportSize = new() { Width = width, Height = width < 500 ? 844 : 900 },
            Locale = locale,
            ReducedMotion = ReducedMotion.Reduce,
            JavaScriptEnabled = javaScript,
        });
        context.SetDefaultTimeout(30_000);
        return new Person(context, await context.NewPageAsync(), address);
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
    }
}
