using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Gengdu.System.Tests.Browser;

/// <summary>Somebody with a browser: what they click, in the words of the pages.</summary>
internal sealed class Person(IBrowserContext context, IPage page, Uri address) : IAsyncDisposable
{
    public IPage Page => page;

    public async Task SignInAsync(string userName, string password)
    {
        await StartSignInAsync(userName, password);
        await Expect(page.Locator("h1")).ToBeVisibleAsync();
    }

    /// <summary>Up to the answer to the password, whatever it is.</summary>
    public async Task StartSignInAsync(string userName, string password)
    {
        // The first page leads to signing in by itself; whoever went there too would cut its way off.
        await page.GotoAsync(new Uri(address, "/").ToString(), new() { WaitUntil = WaitUntilState.Commit });
        try
        {
            await page.WaitForURLAsync("**/identity/**", new() { Timeout = 10_000 });
        }
        catch (TimeoutException)
        {
            // What a test before took away said "come back in a moment": so one does.
            await GoAsync("/bff/sign-in?returnUrl=/");
            await page.WaitForURLAsync("**/identity/**");
        }

        await FillSignInAsync(userName, password);
    }

    /// <summary>On the sign-in page.</summary>
    public async Task FillSignInAsync(string userName, string password)
    {
        await page.FillAsync("[name=userName]", userName);
        await page.FillAsync("[name=password]", password);
        await page.PressAsync("[name=password]", "Enter");
    }

    public Task GoAsync(string path) => page.GotoAsync(new Uri(address, path).ToString());

    public async Task OpenModuleAsync(string module)
    {
        await GoAsync("/fill");
        await page.Locator($"[data-module={module}]").First.ClickAsync();
        await Expect(page.GetByTestId("complete").Or(page.Locator(".locked")).First).ToBeVisibleAsync();
    }

    public Task TypeAsync(string cell, string value) => page.Locator($"#cell-{cell}").FillAsync(value);

    /// <summary>What Ctrl+V does with a table on the clipboard: spreadsheets put it there as lines and tabs.</summary>
    public Task PasteAsync(string place, string table) => page.Locator(place).EvaluateAsync(
        """
        (element, table) => {
          element.focus()
          const data = new DataTransfer()
          data.setData('text/plain', table)
          element.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }))
        }
        """, table);

    public Task AnswerYesAsync(string cell) => page.Locator($"#cell-{cell} input[value=true]").CheckAsync();

    public Task SavedAsync() => Expect(page.GetByTestId("save-state")).ToHaveClassAsync(new global::System.Text.RegularExpressions.Regex("saved"));

    public Task CompleteAsync() => page.GetByTestId("complete").ClickAsync();

    /// <summary>The page shows no horizontal scroll bar: it fits the width it was given.</summary>
    public async Task FitsAsync()
    {
        var overflow = await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        Assert.True(overflow <= 1, $"{page.Url} is {overflow} px wider than the screen");
    }

    /// <summary>
    /// As a person would: nothing sticks out, axe finds nothing; and for people to look at, a folder named by GENGDU_SCREENSHOTS gets
    /// what was on the screen.
    /// </summary>
    public async Task LookAsync(string name)
    {
        if (Environment.GetEnvironmentVariable("GENGDU_SCREENSHOTS") is { Length: > 0 } folder)
        {
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{name}.png"), FullPage = true });
        }

        await FitsAsync();
        var faults = await AxeAudit.RunAsync(page);
        Assert.True(faults.Count == 0, $"{name}: {string.Join('\n', faults)}");
    }

    /// <summary>What a printer would get, for people to look at.</summary>
    public Task PaperAsync(string name) => Environment.GetEnvironmentVariable("GENGDU_SCREENSHOTS") is { Length: > 0 } folder
        ? page.PdfAsync(new() { Path = Path.Combine(folder, $"{name}.pdf"), PreferCSSPageSize = true, Format = "A4" }) : Task.CompletedTask;

    public async ValueTask DisposeAsync() => await context.DisposeAsync();
}
