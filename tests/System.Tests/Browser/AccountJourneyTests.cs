using System.Globalization;
using System.Text.RegularExpressions;
using Gengdu.System.Tests.Running;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Gengdu.System.Tests.Browser;

/// <summary>An account's life with clicks: second factor, invitation, password, sessions, reset by the desk; on a phone, and where pages are identity's without JavaScript.</summary>
public sealed class AccountJourneyTests(AccountJourneyTests.Platform platform, BrowserFixture browser) : IClassFixture<AccountJourneyTests.Platform>, IClassFixture<BrowserFixture>
{
    private const string Clerk = "clerk";
    private const string First = "the first of my own";
    private const string Second = "the second of my own";
    private const string Third = "the third of my own";
    private static readonly Regex SignedIn = new("^(?!.*/identity/).*$");

    [Fact]
    public async Task Account_FromInvitationToReset_WithClicks()
    {
        // The administrator must have the second factor, and sets it up while signing in.
        await using var administrator = await browser.OpenAsync(platform.System.Address, 1440);
        await administrator.StartSignInAsync(GengduSystem.Administrator, platform.System.Password);
        var (_, administratorCodes) = await SetUpAsync(administrator);
        Assert.Equal(10, administratorCodes.Count);
        await Expect(administrator.Page).ToHaveURLAsync(SignedIn);
        await MakeClerkAsync(administrator);

        // The desk invites; the invited person chooses a password, on a phone without JavaScript.
        var invitation = await DeskAsync(administrator, "invitation");
        await using var clerk = await browser.OpenAsync(platform.System.Address, 390, javaScript: false);
        await SetPasswordAsync(clerk, "/identity/invitation", invitation, First);
        await clerk.GoAsync("/identity/account");
        await clerk.FillSignInAsync(Clerk, First);
        await Expect(clerk.Page.GetByText("当前浏览器")).ToBeVisibleAsync();

        // Of their own will: a second factor.
        await clerk.Page.FillAsync("#factor-password", First);
        await clerk.Page.ClickAsync("button[value=setup]");
        var (secret, codes) = await SetUpAsync(clerk);
        await Expect(clerk.Page.GetByText("剩余恢复码 10 个")).ToBeVisibleAsync();

        // Signing in again elsewhere takes a code of the app, then a recovery code; each works once.
        await using var desk = await browser.OpenAsync(platform.System.Address, 1440, "en");
        await desk.StartSignInAsync(Clerk, First);
        await AuditAsync(desk);
        await desk.Page.FillAsync("#code", Totp.Next(secret));
        await desk.Page.PressAsync("#code", "Enter");
        await Expect(desk.Page).ToHaveURLAsync(SignedIn);
        await using var third = await browser.OpenAsync(platform.System.Address, 390);
        await third.StartSignInAsync(Clerk, First);
        await third.Page.ClickAsync("a[href*='with=recovery']");
        await third.Page.FillAsync("#code", codes[0]);
        await third.FitsAsync();
        await AuditAsync(third);
        await third.Page.PressAsync("#code", "Enter");
        await Expect(third.Page).ToHaveURLAsync(SignedIn);

        // One browser signs another out.
        await clerk.GoAsync("/identity/account");
        await Expect(clerk.Page.Locator(".sessions li")).ToHaveCountAsync(3);
        await Expect(clerk.Page.GetByText("剩余恢复码 9 个")).ToBeVisibleAsync();
        await clerk.FitsAsync();
        await clerk.Page.Locator(".sessions button").First.ClickAsync();
        await Expect(clerk.Page.Locator(".sessions li")).ToHaveCountAsync(2);

        // A new password signs all others out.
        await clerk.Page.FillAsync("#password", First);
        await clerk.Page.FillAsync("#newPassword", Second);
        await clerk.Page.FillAsync("#repeated", Second);
        await clerk.Page.ClickAsync("form[action*='account/password'] button");
        await Expect(clerk.Page.GetByRole(AriaRole.Status)).ToContainTextAsync("密码已修改");
        await Expect(clerk.Page.Locator(".sessions li")).ToHaveCountAsync(1);
        await desk.GoAsync("/identity/account");
        await Expect(desk.Page.Locator("#userName")).ToBeVisibleAsync();
        await AuditAsync(desk);

        // Forgotten: the desk resets, and the second factor still holds.
        var reset = await DeskAsync(administrator, "reset");
        await SetPasswordAsync(third, "/identity/reset", reset, Third);
        await third.StartSignInAsync(Clerk, Third);
        await third.Page.ClickAsync("a[href*='with=recovery']");
        await third.Page.FillAsync("#code", codes[1]);
        await third.Page.PressAsync("#code", "Enter");
        await Expect(third.Page).ToHaveURLAsync(SignedIn);
    }

    private static async Task<(byte[] Secret, IReadOnlyList<string> Codes)> SetUpAsync(Person person)
    {
        await person.FitsAsync();
        await Expect(person.Page.Locator("svg.qr")).ToBeVisibleAsync();
        var secret = Totp.Read(await person.Page.Locator(".key").TextContentAsync() ?? "");
        await AuditAsync(person);
        await person.Page.FillAsync("#code", Totp.Now(secret));
        await person.Page.PressAsync("#code", "Enter");
        await Expect(person.Page.Locator(".codes li")).ToHaveCountAsync(10);
        await person.FitsAsync();
        await AuditAsync(person);
        var codes = await person.Page.Locator(".codes code").AllTextContentsAsync();
        await person.Page.ClickAsync("button[type=submit]");
        return (secret, codes);
    }

    // A page whose own scripts are off runs no audit either; the same pages are audited with them on.
    private static async Task AuditAsync(Person person)
    {
        if (await person.Page.EvaluateAsync<bool>("() => matchMedia('(scripting: enabled)').matches"))
        {
            Assert.Empty(await AxeAudit.RunAsync(person.Page));
        }
    }

    private static async Task MakeClerkAsync(Person administrator)
    {
        await administrator.GoAsync("/people");
        await Expect(administrator.Page.Locator("h1")).ToBeVisibleAsync();
        var status = await administrator.Page.EvaluateAsync<int>("""
            async name => (await fetch('/api/identity/people/batch', {
              method: 'POST', headers: { 'Content-Type': 'application/json', 'X-Gengdu-Request': '1' },
              body: JSON.stringify({ people: [{ userName: name, displayName: '王芳', assignments: [{ role: 'reporter', organisationCode: '130000' }] }] }),
            })).status
            """, Clerk);
        Assert.Equal(200, status);
    }

    /// <summary>The people page: find the clerk, act, confirm, and read the code off the slip.</summary>
    private static async Task<string> DeskAsync(Person administrator, string act)
    {
        await administrator.GoAsync("/people");
        await administrator.Page.FillAsync("input[type=search]", Clerk);
        await administrator.Page.PressAsync("input[type=search]", "Enter");
        await administrator.Page.Locator($"[data-person={Clerk}] [data-act={act}]").ClickAsync();
        await administrator.Page.GetByTestId("confirm-act").ClickAsync();
        var code = administrator.Page.GetByTestId("code");
        await Expect(code).ToHaveTextAsync(new Regex("^[0-9A-Z]{4}(-[0-9A-Z]{4}){2}$"));
        await administrator.FitsAsync();
        return await code.TextContentAsync() ?? "";
    }

    private static async Task SetPasswordAsync(Person person, string path, string code, string password)
    {
        await person.GoAsync(path);
        await person.Page.FillAsync("#userName", Clerk);
        await person.Page.FillAsync("#code", code.ToLower(CultureInfo.InvariantCulture));
        await person.Page.FillAsync("#newPassword", password);
        await person.Page.FillAsync("#repeated", password);
        await person.FitsAsync();
        await person.Page.ClickAsync("button[type=submit]");
        await Expect(person.Page.GetByText("密码已设置").First).ToBeVisibleAsync();
    }

    public sealed class Platform : IAsyncLifetime
    {
        internal GengduSystem System { get; private set; } = null!;

        public async ValueTask InitializeAsync() => System = await GengduSystem.StartAsync(CancellationToken.None, secondFactor: true);

        public ValueTask DisposeAsync() => System.DisposeAsync();
    }
}
