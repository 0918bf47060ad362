using System.Net;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Identity.Tests.Protocol;

public sealed partial class SetPasswordTests(ProtocolFixture fixture) : IClassFixture<ProtocolFixture>
{
    private const string New = "chosen by myself";
    private readonly ProtocolHost _host = fixture.Host;

    [Theory]
    [InlineData("invitation", "/identity/invitation")]
    [InlineData("password-reset", "/identity/reset")]
    public async Task Post_TheCodeOfTheDesk_SetsThePasswordOnce(string act, string path)
    {
        var userName = $"{act}-1";
        var id = await _host.PersonAsync("reporter", "130102", userName, act == "invitation" ? null : "the forgotten one");
        using var before = _host.Browser();
        if (act != "invitation")
        {
            await before.CodeAsync(userName, "the forgotten one");
        }

        var code = await IssueAsync(id, act);
        Assert.Equal($"{path}?done=1&lang=zh", (await TryAsync(path, userName, code.ToLowerInvariant().Replace("-", "", StringComparison.Ordinal))).Headers.Location!.ToString());
        using var browser = _host.Browser();
        Assert.Equal(HttpStatusCode.SeeOther, (await browser.PasswordAsync(userName, New)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await TryAsync(path, userName, code, "yet another one")).StatusCode);
        if (act != "invitation")
        {
            Assert.Equal("login_required", Browser.Answer(await before.AuthorizeAsync(("prompt", "none")))["error"]);
        }
    }

    [Fact]
    public async Task Post_OldUsedForeignOrSupersededCodes_AllGetTheSameAnswer()
    {
        var id = await _host.PersonAsync("reporter", "130102", "code-1", "the forgotten one");
        var other = await _host.PersonAsync("reporter", "130102", "code-2", "the forgotten one");
        var disabled = await _host.PersonAsync("reporter", "130102", "code-3", "the forgotten one");
        var ofDisabled = await IssueAsync(disabled, "password-reset");
        using var administrator = _host.Administrator;
        (await administrator.PutAsync(Arranging.At($"/api/identity/people/{disabled}/disabled"), null)).EnsureSuccessStatusCode();
        var old = await IssueAsync(id, "password-reset");
        _host.Clock.Advance(TimeSpan.FromHours(73));
        var superseded = await IssueAsync(id, "password-reset");
        var good = await IssueAsync(id, "password-reset");
        var foreign = await IssueAsync(other, "password-reset");
        (string Name, string Code)[] tries = [("code-1", "ABCD-EFGH-JKMN"), ("nobody-2", good), ("code-1", old), ("code-1", superseded), ("code-1", foreign), ("code-3", ofDisabled)];
        var answers = new List<string>();
        foreach (var (name, code) in tries)
        {
            var answer = await TryAsync("/identity/reset", name, code);
            answers.Add($"{answer.StatusCode} {answer.Headers.CacheControl} {Values().Replace(await answer.Content.ReadAsStringAsync(), "")}");
        }

        Assert.Equal(HttpStatusCode.Unauthorized, (await TryAsync("/identity/invitation", "code-1", good)).StatusCode);
        Assert.All(answers, answer => Assert.Equal(answers[0], answer));
        Assert.StartsWith("Unauthorized", answers[0], StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.SeeOther, (await TryAsync("/identity/reset", "CODE-1", good)).StatusCode);
    }

    /// <summary>The same rows are written whether the name exists, has a code, or neither: time has nothing to tell.</summary>
    [Fact]
    public async Task Post_AWrongCode_IsCountedForNamesThatNobodyHasToo()
    {
        await _host.PersonAsync("reporter", "130102", "code-4", "the forgotten one");
        var before = await _host.InDatabaseAsync(db => db.SignInFailures.CountAsync());
        await TryAsync("/identity/reset", "code-4", "ABCD-EFGH-JKMN");
        await TryAsync("/identity/reset", "nobody-3", "ABCD-EFGH-JKMN");
        Assert.Equal(before + 2, await _host.InDatabaseAsync(db => db.SignInFailures.CountAsync()));
    }

    [Fact]
    public async Task Post_OneCodeFiveTimesAtOnce_WorksOnce()
    {
        var id = await _host.PersonAsync("reporter", "130102", "code-5", "the forgotten one");
        var code = await IssueAsync(id, "password-reset");
        var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(i => TryAsync("/identity/reset", "code-5", code, $"chosen by number {i}")));
        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.SeeOther);
    }

    [Theory]
    [InlineData("too short", "too short")]
    [InlineData("1234567890", "1234567890")]
    [InlineData(New, "chosen by others")]
    public async Task Post_APasswordThatDoesNotDo_LeavesTheCode(string wanted, string repeated)
    {
        var userName = $"code-{Guid.CreateVersion7():n}";
        var id = await _host.PersonAsync("reporter", "130102", userName, "the forgotten one");
        var code = await IssueAsync(id, "password-reset");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await TryAsync("/identity/reset", userName, code, wanted, repeated)).StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await TryAsync("/identity/reset", userName, code)).StatusCode);
    }

    private async Task<string> IssueAsync(Guid id, string act)
    {
        using var administrator = _host.Administrator;
        var issued = await (await administrator.PostAsync($"/api/identity/people/{id}/{act}", new { })).JsonAsync();
        return issued.GetProperty("code").GetString()!;
    }

    private async Task<HttpResponseMessage> TryAsync(string path, string userName, string code, string wanted = New, string? repeated = null)
    {
        using var browser = _host.Browser();
        return await browser.SubmitAsync(await browser.GetAsync(path), path, ("userName", userName), ("code", code), ("newPassword", wanted), ("repeated", repeated ?? wanted));
    }

    [GeneratedRegex("value=\"[^\"]*\"|ticket=[^\"]*")]
    private static partial Regex Values();
}
