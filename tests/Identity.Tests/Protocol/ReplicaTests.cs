using System.Net;
using Gengdu.Identity.Tests.Protocol.Clients;

namespace Gengdu.Identity.Tests.Protocol;

/// <summary>Two identities over one database, as behind a load balancer: what one gave out the other takes, once.</summary>
public sealed class ReplicaTests(ReplicaFixture fixture) : IClassFixture<ReplicaFixture>
{
    private readonly ProtocolHost _a = fixture.First;
    private readonly ProtocolHost _b = fixture.Second;

    [Fact]
    public async Task Keys_AreTheSame()
    {
        using HttpClient a = _a.CreateClient(), b = _b.CreateClient();
        Assert.Equal(Ids((await (await a.GetAsync("/identity/jwks")).JsonAsync()).GetRawText()), Ids((await (await b.GetAsync("/identity/jwks")).JsonAsync()).GetRawText()));

        static string Ids(string jwks) => string.Concat(jwks.Order());
    }

    [Fact]
    public async Task Code_MadeOnA_IsRedeemedOnB_AndItsTokensHoldOnBoth()
    {
        using Browser a = _a.Browser(), b = _b.Browser();
        var tokens = await (await b.RedeemAsync(await a.CodeAsync())).JsonAsync();
        using HttpClient atA = _a.CreateClient(tokens.GetProperty("access_token").GetString()!), atB = _b.CreateClient(tokens.GetProperty("access_token").GetString()!);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), ((await atA.GetAsync("/identity/userinfo")).StatusCode, (await atB.GetAsync("/identity/userinfo")).StatusCode));
        Assert.True((await a.RefreshAsync(tokens.GetProperty("refresh_token").GetString()!)).IsSuccessStatusCode);
    }

    [Fact]
    public async Task Code_FiftyAttemptsAcrossBoth_OneSucceeds()
    {
        using Browser a = _a.Browser(), b = _b.Browser();
        for (var round = 0; round < 5; round++)
        {
            var code = await a.CodeAsync();
            var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => (i % 2 == 0 ? a : b).RedeemAsync(code)));
            Assert.Single(answers, answer => answer.IsSuccessStatusCode);
        }
    }

    [Fact]
    public async Task Assertion_SentToBoth_CountsOnce()
    {
        using Browser a = _a.Browser(), b = _b.Browser();
        for (var round = 0; round < 5; round++)
        {
            var proof = SigningClient.Proof(_a.Machine.Assertion(_a.Clock.GetUtcNow()));
            var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(i => (i % 2 == 0 ? a : b).PostAsync("/identity/token", [("grant_type", "client_credentials"), .. proof])));
            Assert.Single(answers, answer => answer.IsSuccessStatusCode);
        }
    }

    [Fact]
    public async Task Request_PushedAtA_AndItsPageSealedThere_AreTakenAtB()
    {
        using Browser a = _a.Browser(), b = _b.Browser();
        var request = Browser.Request(("client_id", "signing"), ("redirect_uri", ProtocolHost.SigningCallback)).Select(p => (p.Key, p.Value!));
        var pushed = await a.PostAsync("/identity/par", [.. request, .. SigningClient.Proof(_a.Signing.Assertion(_a.Clock.GetUtcNow()))]);
        var shown = await b.GetAsync($"/identity/authorize?client_id=signing&request_uri={(await pushed.JsonAsync()).GetProperty("request_uri").GetString()}");
        var page = await a.GetAsync(shown.Headers.Location!.ToString());
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        var signedIn = await a.FillInAsync(page, IdentityHost.AdministratorName, IdentityHost.AdministratorPassword);
        Assert.Contains("code", Browser.Answer(await a.GetAsync(signedIn.Headers.Location!.ToString())));
    }

    [Fact]
    public async Task SignOut_AtA_EndsTheTokensAtB_WithinASecond()
    {
        using Browser a = _a.Browser();
        var tokens = await a.TokensAsync();
        using var atB = _b.CreateClient(tokens.GetProperty("access_token").GetString()!);
        Assert.Equal(HttpStatusCode.OK, (await atB.GetAsync("/api/identity/me")).StatusCode);
        await a.GetAsync($"/identity/end-session?id_token_hint={tokens.GetProperty("id_token").GetString()}");
        Assert.Equal(HttpStatusCode.Unauthorized, (await atB.GetAsync("/identity/userinfo")).StatusCode);
        _b.Clock.Advance(TimeSpan.FromSeconds(1));
        for (var attempt = 0; attempt < 250 && (await atB.GetAsync("/api/identity/me")).StatusCode != HttpStatusCode.Unauthorized; attempt++)
        {
            await Task.Delay(20);
        }

        Assert.Equal(HttpStatusCode.Unauthorized, (await atB.GetAsync("/api/identity/me")).StatusCode);
    }
}

/// <summary>The same clients and database as another host, in another process as far as it knows.</summary>
internal sealed class ReplicaHost : ProtocolHost
{
    private readonly string _connectionString;

    public ReplicaHost(ProtocolHost first)
        : base(first) => _connectionString = first.ConnectionString;

    public override async ValueTask InitializeAsync()
    {
        using var anonymous = CreateClient();
        for (var attempt = 0; !(await anonymous.GetAsync("/health/ready")).IsSuccessStatusCode; attempt++)
        {
            Assert.True(attempt < 400, "the second identity does not get ready");
            await Task.Delay(50);
        }
    }

    protected override void Configure(IDictionary<string, string?> settings)
    {
        base.Configure(settings);
        settings["ConnectionStrings:Postgres"] = _connectionString;
    }
}

public sealed class ReplicaFixture : IAsyncLifetime
{
    internal ProtocolHost First { get; } = new();

    internal ProtocolHost Second => _second!;

    private ReplicaHost? _second;

    public async ValueTask InitializeAsync()
    {
        await First.InitializeAsync();
        _second = new(First);
        await _second.InitializeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Second.DisposeAsync();
        await First.DisposeAsync();
    }
}
