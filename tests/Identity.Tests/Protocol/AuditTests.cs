using System.Net;
using Gengdu.Identity.Protocol.SignIn;
using Gengdu.TestKit;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace Gengdu.Identity.Tests.Protocol;

/// <summary>What the protocol writes down, and what it must not.</summary>
public sealed class AuditTests(ProtocolFixture fixture) : IClassFixture<ProtocolFixture>
{
    private const string Password = "a good password";
    private readonly ProtocolHost _host = fixture.Host;

    [Fact]
    public async Task SignIn_InVain_IsWrittenDownWithTheReasonThatThePageDoesNotTell()
    {
        var person = await _host.PersonAsync("reporter", "130102", "audited-1", Password);
        for (var i = 0; i < 6; i++)
        {
            await SignInAsync("audited-1", "wrong");
        }

        var acts = (await _host.AuditOfAsync(person)).Where(act => act.Act == "sign-in.refused").ToList();
        Assert.Equal(6, acts.Count);
        Assert.All(acts, act => Assert.Equal(("failed", null, true), (act.Outcome, act.ActorId, act.OrganisationPath is not null)));
        Assert.Equal(["locked", "password"], acts.Select(act => act.Details!.Contains("locked", StringComparison.Ordinal) ? "locked" : "password").Distinct().Order(StringComparer.Ordinal));
    }

    /// <summary>People type their password where the name belongs.</summary>
    [Fact]
    public async Task SignIn_WithANameNobodyHas_KeepsWhatStandsForTheNameAndNotTheName()
    {
        const string typed = "my secret\r\n\u001b[31m";
        await SignInAsync(typed, "wrong");
        var act = Assert.Single(await _host.AuditOfAsync(SignInLock.Nobody(_host.Services.GetRequiredService<ILookupNormalizer>().NormalizeName(typed))));
        Assert.Equal(("sign-in.refused", (string?)null, "{\"reason\":\"unknown\"}"), (act.Act, act.OrganisationPath, act.Details));
        Assert.DoesNotContain("secret", $"{act.ObjectId}{act.Details}{act.Filter}", StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Session_BeginsAndEndsWithItsHash()
    {
        var person = await _host.PersonAsync("reporter", "130102", "audited-2", Password);
        using var browser = _host.Browser();
        await SignInAsync("audited-2", Password, browser);
        await SignInAsync("audited-2", Password, browser);
        var acts = (await _host.AuditOfAsync(person)).Where(act => act.Act.StartsWith("sign-in.", StringComparison.Ordinal)).ToList();
        Assert.Equal(["sign-in.begun", "sign-in.begun", "sign-in.ended"], acts.Select(act => act.Act).Order(StringComparer.Ordinal));
        Assert.Equal((person, 2), (acts[0].ActorId, acts.Select(act => act.Session).Distinct().Count()));
        var ended = acts.Single(act => act.Act == "sign-in.ended");
        Assert.Single(acts, act => act.Act == "sign-in.begun" && act.Session == ended.Session);
    }

    [Fact]
    public async Task ReplayAndWrongClient_AreDenied()
    {
        using var browser = _host.Browser();
        var code = await browser.CodeAsync();
        await browser.RedeemAsync(code);
        await browser.RedeemAsync(code);
        using var wrong = await browser.PostAsync("/identity/token", ("grant_type", "authorization_code"), ("client_id", "gateway"), ("client_secret", "wrong secret"));
        Assert.Equal(HttpStatusCode.Unauthorized, wrong.StatusCode);
        var acts = await _host.AuditAsync();
        Assert.Contains(acts, act => act is { Act: "authorization-code.replayed", Outcome: "denied", ActorId: null });
        Assert.Contains(acts, act => act is { Act: "client.refused", Outcome: "denied", ObjectId: "gateway" });
    }

    private async Task<HttpResponseMessage> SignInAsync(string userName, string password, Browser? browser = null)
    {
        using var own = browser is null ? _host.Browser() : null;
        var used = browser ?? own!;
        var page = await used.GetAsync((await used.AuthorizeAsync(("prompt", "login"))).Headers.Location!.ToString());
        return await used.FillInAsync(page, userName, password);
    }
}
