using Gengdu.Identity.Protocol.Clients;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Gengdu.Identity.Tests.Protocol.Clients;

/// <summary>Keys fetched from a client's real server on the loopback.</summary>
public sealed class ClientKeysTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 9, 15, 1, 0, 0, TimeSpan.Zero));
    private readonly SigningClient _client = new("fetched");
    private readonly WebApplication _server;
    private int _asked;
    private Func<string>? _answer;

    public ClientKeysTests()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _server = builder.Build();
        _server.MapGet("/jwks", () =>
        {
            Interlocked.Increment(ref _asked);
            return _answer is null ? Results.StatusCode(503) : Results.Text(_answer(), "application/json");
        });
    }

    public async ValueTask InitializeAsync() => await _server.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _client.Dispose();
    }

    [Fact]
    public async Task Keys_AreFetchedOnceAndKept_AThousandUnknownIdsAskOnceAMinute()
    {
        _answer = () => _client.Jwks;
        var keys = Keys();
        Assert.Single(await AskAsync(keys, "key-1"));
        Assert.Equal(2, (await AskAsync(keys, null)).Count);
        Assert.Equal(1, _asked);
        _clock.Advance(TimeSpan.FromSeconds(61));
        for (var i = 0; i < 1000; i++)
        {
            Assert.Empty(await AskAsync(keys, $"unknown-{i}"));
        }

        Assert.Equal(2, _asked);
        Assert.Single(await AskAsync(keys, "key-1"));
    }

    [Fact]
    public async Task Key_ThatIsNew_IsFoundWhenItsIdComes()
    {
        _answer = () => _client.Jwks;
        var keys = Keys();
        await AskAsync(keys, "key-1");
        _client.KeyId = "key-2";
        Assert.Empty(await AskAsync(keys, "key-2"));
        _clock.Advance(TimeSpan.FromSeconds(61));
        Assert.Single(await AskAsync(keys, "key-2"));
    }

    [Fact]
    public async Task Server_ThatComesUpLater_IsAskedAgainSoon_AndItsSilenceForgetsNothing()
    {
        var keys = Keys();
        Assert.Empty(await AskAsync(keys, "key-1"));
        _answer = () => _client.Jwks;
        Assert.Empty(await AskAsync(keys, "key-1"));
        _clock.Advance(TimeSpan.FromSeconds(2.1));
        Assert.Single(await AskAsync(keys, "key-1"));
        _answer = null;
        _clock.Advance(TimeSpan.FromHours(2));
        Assert.Single(await AskAsync(keys, "key-1"));
        Assert.Equal(3, _asked);
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("{}")]
    [InlineData("""{"keys":[{"kty":"oct","k":"AAAA"}]}""")]
    [InlineData("big")]
    public async Task Answer_ThatIsNoKeySet_IsNotUsed(string answer)
    {
        _answer = () => answer == "big" ? new string(' ', 70_000) + _client.Jwks : answer;
        Assert.Empty(await AskAsync(Keys(), "key-1"));
    }

    private ClientKeys Keys() => new(new Factory(), _clock, NullLogger<ClientKeys>.Instance);

    private async Task<IReadOnlyList<Microsoft.IdentityModel.Tokens.JsonWebKey>> AskAsync(ClientKeys keys, string? keyId) =>
        await keys.ForAsync(new Client("fetched") { JwksAddress = new(_server.Urls.Single() + "/jwks") }, keyId, default);

    private sealed class Factory : IHttpClientFactory
    {
        public HttpClient CreateClient(string name) => new() { Timeout = TimeSpan.FromSeconds(3), MaxResponseContentBufferSize = 64 * 1024 };
    }
}
