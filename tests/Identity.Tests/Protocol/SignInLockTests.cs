using System.Net;
using Gengdu.Identity.Protocol.SignIn;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Identity.Tests.Protocol;

/// <summary>AS-N38: guessing is stopped, and stopping it does not shut out the person who is meant.</summary>
public sealed class SignInLockTests(ProtocolFixture fixture) : IClassFixture<ProtocolFixture>
{
    private const string Password = "a good password";
    private readonly ProtocolHost _host = fixture.Host;

    [Fact]
    public async Task Post_AHundredGuessesAtOnce_AllCount()
    {
        var id = await _host.PersonAsync("reporter", "130102", "guessed-1", Password);
        var statuses = new List<HttpStatusCode>();
        for (var batch = 0; batch < 10; batch++)
        {
            statuses.AddRange(await Task.WhenAll(Enumerable.Range(0, 10).Select(i => TryAsync("guessed-1", $"guess {batch} {i}"))));
        }

        // All but a handful came after the lock and were not looked at; each is in the count, capped one above the limit.
        Assert.All(statuses, status => Assert.Equal(HttpStatusCode.Unauthorized, status));
        var failure = await _host.InDatabaseAsync(db => db.SignInFailures.SingleAsync(f => f.Subject == id));
        Assert.Equal(SignInLock.Most + 1, failure.Failed);
        Assert.True(failure.LockedUntil > _host.Clock.GetUtcNow());
        Assert.Equal(HttpStatusCode.Unauthorized, await TryAsync("guessed-1", Password));
    }

    [Fact]
    public async Task Admit_ManyAtOnce_LooksAtFive()
    {
        var subject = Guid.CreateVersion7(_host.Clock.GetUtcNow());
        var admitted = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => _host.InDatabaseAsync(db => new SignInLock(db, _host.Clock).AdmitAsync(subject, TestContext.Current.CancellationToken))));
        Assert.Equal(SignInLock.Most, admitted.Count(one => one));
    }

    [Fact]
    public async Task Post_LockedByStrangers_TheOwnBrowserStaysOpen()
    {
        await _host.PersonAsync("reporter", "130102", "guessed-2", Password);
        using var own = _host.Browser();
        Assert.Equal(HttpStatusCode.SeeOther, (await own.PasswordAsync("guessed-2", Password)).StatusCode);
        for (var i = 0; i < 20; i++)
        {
            await TryAsync("guessed-2", "wrong");
        }

        Assert.Equal(HttpStatusCode.Unauthorized, await TryAsync("guessed-2", Password));
        Assert.Equal(HttpStatusCode.SeeOther, (await own.PasswordAsync("guessed-2", Password, ("prompt", "login"))).StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await own.PasswordAsync("guessed-2", Password, ("prompt", "login"))).StatusCode);
    }

    [Fact]
    public async Task Post_GuessesFromTheOwnBrowser_LockItAndNotTheName()
    {
        await _host.PersonAsync("reporter", "130102", "guessed-3", Password);
        using var own = _host.Browser();
        await own.PasswordAsync("guessed-3", Password);
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(HttpStatusCode.Unauthorized, (await own.PasswordAsync("guessed-3", "wrong", ("prompt", "login"))).StatusCode);
        }

        Assert.Equal(HttpStatusCode.Unauthorized, (await own.PasswordAsync("guessed-3", Password, ("prompt", "login"))).StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, await TryAsync("guessed-3", Password));
    }

    /// <summary>One browser of a staff room: knowing one person does not open the way to guess at another.</summary>
    [Fact]
    public async Task Post_AKnownBrowserOfSomebodyElse_CountsAsAStranger()
    {
        await _host.PersonAsync("reporter", "130102", "guessed-4", Password);
        await _host.PersonAsync("approver", "130102", "guessed-5", Password);
        using var own = _host.Browser();
        await own.PasswordAsync("guessed-4", Password);
        for (var i = 0; i < 5; i++)
        {
            await TryAsync("guessed-5", "wrong");
        }

        Assert.Equal(HttpStatusCode.Unauthorized, (await own.PasswordAsync("guessed-5", Password, ("prompt", "login"))).StatusCode);
    }

    /// <summary>A browser's name changes with each sign-in: one that was planted or copied before is worth nothing.</summary>
    [Fact]
    public async Task Post_WithACopiedBrowserName_CountsAsAStranger()
    {
        var id = await _host.PersonAsync("reporter", "130102", "guessed-6", Password);
        using var own = _host.Browser();
        await own.PasswordAsync("guessed-6", Password);
        var first = await NameAsync(id);
        await own.PasswordAsync("guessed-6", Password, ("prompt", "login"));
        Assert.NotEqual(first, await NameAsync(id));
        Assert.Equal(1, await _host.InDatabaseAsync(db => db.KnownBrowsers.CountAsync(b => b.PersonId == id)));
    }

    private Task<string> NameAsync(Guid id) => _host.InDatabaseAsync(db => db.KnownBrowsers.Where(b => b.PersonId == id).Select(b => b.BrowserHash).SingleAsync());

    private async Task<HttpStatusCode> TryAsync(string userName, string password)
    {
        using var browser = _host.Browser();
        return (await browser.PasswordAsync(userName, password)).StatusCode;
    }
}
