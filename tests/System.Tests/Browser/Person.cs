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
        await GoAsync("/");
        // The first page offers to sign in, or leads there by itself.
        if (!page.Url.Contains("/identity/", StringComparison.Ordinal))
        {
            await GoAsync("/bff/sign-in?returnUrl=/");
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

    public Task AnswerYesAsync(string cell) => page.Locator($"#cell-{cell} input[value=true]").CheckAsync();

    public Task SavedAsync() => Expect(page.GetByTestId("save-state")).ToHaveClassAsync(new global::System.Text.RegularExpressions.Regex("saved"));

    public Task CompleteAsync() => page.GetByTestId("complete").ClickAsync();

    /// <summary>The page shows no horizontal scroll bar: it fits the width it was given.</summary>
    public async Task FitsAsync()
    {
        var overflow = await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        Assert.True(overflow <= 1, $"{page.Url} is {overflow} px wider than the screen");
    }

    public async ValueTask DisposeAsync() => await context.DisposeAsync();
}
