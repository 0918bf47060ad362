using System.Net;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Identity.Tests.Protocol;

public sealed partial class SignInEndpointTests(ProtocolFixture fixture) : IClassFixture<ProtocolFixture>
{
    private const string Password = "a good password";
    private readonly ProtocolHost _host = fixture.Host;

    [Fact]
    public async Task Post_WrongPasswordUnknownNameLockedAndDisabled_LookTheSame()
    {
        var disabled = await _host.PersonAsync("reporter", "130102", "disabled-1", Password);
        await _host.InDatabaseAsync(async db =>
        {
            (await db.People.SingleAsync(p => p.Id == disabled)).Disable(_host.Clock.GetUtcNow());
            await db.SaveChangesAsync();
        });
        await _host.PersonAsync("reporter", "130102", "locked-1", Password);
        for (var i = 0; i < 5; i++)
        {
            await AnswerAsync("locked-1", "wrong");
        }

        await _host.PersonAsync("reporter", "130102", "known-1x", Password);
        string[] answers = [await AnswerAsync("known-1x", "wrong"), await AnswerAsync("nobody-1", "wrong"), await AnswerAsync("locked-1", Password), await AnswerAsync("disabled-1", Password)];
        Assert.All(answers, answer => Assert.Equal(answers[0], answer));
        Assert.StartsWith("Unauthorized", answers[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_AfterTheLockEnds_WorksAgain()
    {
        await _host.PersonAsync("reporter", "130102", "locked-2", Password);
        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => AnswerAsync("locked-2", "wrong")));
        Assert.StartsWith("Unauthorized", await AnswerAsync("locked-2", Password), StringComparison.Ordinal);
        _host.Clock.Advance(TimeSpan.FromMinutes(6));
        Assert.StartsWith("SeeOther", await AnswerAsync("locked-2", Password), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_WithoutAntiforgeryOrWithAForeignTicket_IsRefused()
    {
        using var browser = _host.Browser();
        var page = await browser.GetAsync((await browser.AuthorizeAsync()).Headers.Location!.ToString());
        var html = await page.Content.ReadAsStringAsync();
        var ticket = WebUtility.HtmlDecode(Ticket().Match(html).Groups[1].Value);
        var noToken = await browser.PostAsync("/identity/sign-in", ("ticket", ticket), ("userName", IdentityHost.AdministratorName), ("password", IdentityHost.AdministratorPassword));
        Assert.Equal((HttpStatusCode.BadRequest, null), (noToken.StatusCode, noToken.Headers.Location));
        foreach (var bent in (string[])["", "https://evil.test", "//evil.test", "/\\evil.test", ticket[..^2] + "xx"])
        {
            var answer = await browser.GetAsync($"/identity/sign-in?ticket={Uri.EscapeDataString(bent)}");
            Assert.Equal((HttpStatusCode.BadRequest, null), (answer.StatusCode, answer.Headers.Location));
        }
    }

    [Fact]
    public async Task Post_SignedInAlready_GetsANewSession()
    {
        using var browser = _host.Browser();
        var first = await SidAsync(browser);
        var again = await browser.AuthorizeAsync(("prompt", "login"));
        await browser.FillInAsync(await browser.GetAsync(again.Headers.Location!.ToString()), IdentityHost.AdministratorName, IdentityHost.AdministratorPassword);
        var second = await SidAsync(browser);
        Assert.NotEqual(first, second);
        Assert.NotNull(await _host.InDatabaseAsync(db => db.Sessions.Where(s => s.Id == first).Select(s => s.EndedAt).SingleAsync()));
    }

    [Theory]
    [InlineData("ui_locales", "en", "Password")]
    [InlineData("ui_locales", "fr zh-CN", "密码")]
    [InlineData("ui_locales", null, "密码")]
    public async Task Get_FollowsTheLanguageAskedFor(string name, string? value, string word)
    {
        using var browser = _host.Browser();
        var page = await browser.GetAsync((await browser.AuthorizeAsync((name, value))).Headers.Location!.ToString());
        Assert.Contains(word, await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private static async Task<string> SidAsync(Browser browser)
    {
        var tokens = await (await browser.RedeemAsync(await browser.CodeAsync())).JsonAsync();
        return new Microsoft.IdentityModel.JsonWebTokens.JsonWebToken(tokens.GetProperty("id_token").GetString()).GetClaim("sid").Value;
    }

    /// <summary>Status, headers that matter and body, without what differs each time and the name typed.</summary>
    private async Task<string> AnswerAsync(string userName, string password)
    {
        using var browser = _host.Browser();
        var page = await browser.GetAsync((await browser.AuthorizeAsync()).Headers.Location!.ToString());
        var answer = await browser.FillInAsync(page, userName, password);
        var body = Values().Replace(await answer.Content.ReadAsStringAsync(), "").Replace(userName, "", StringComparison.Ordinal);
        return $"{answer.StatusCode} {answer.Headers.CacheControl} {answer.Headers.Contains("Set-Cookie")} {body}";
    }

    [GeneratedRegex("value=\"[^\"]*\"|ticket=[^\"]*")]
    private static partial Regex Values();

    [GeneratedRegex("name=\"ticket\" value=\"([^\"]*)\"")]
    private static partial Regex Ticket();
}
