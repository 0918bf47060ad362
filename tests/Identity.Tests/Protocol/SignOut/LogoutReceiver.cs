using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Gengdu.Identity.Tests.Protocol.SignOut;

/// <summary>A client's back-channel address: a real server on the loopback that keeps what it is sent and answers as told.</summary>
internal sealed class LogoutReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<(string ContentType, string Token)> _received = new();

    public LogoutReceiver()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.MapPost("/logout", async (HttpContext http) =>
        {
            var form = await http.Request.ReadFormAsync();
            _received.Enqueue((http.Request.ContentType ?? "", form["logout_token"].ToString()));
            return Results.StatusCode((int)Answer);
        });
    }

    public HttpStatusCode Answer { get; set; } = HttpStatusCode.OK;

    public string Address => _app.Urls.Single() + "/logout";

    public IReadOnlyList<(string ContentType, string Token)> Received => [.. _received];

    public Task StartAsync() => _app.StartAsync();

    /// <summary>Waits until so many came for a session; tests share the receiver.</summary>
    public async Task<IReadOnlyList<string>> WaitForAsync(Func<string, bool> fits, int count)
    {
        for (var attempt = 0; attempt < 500; attempt++)
        {
            var found = Received.Select(r => r.Token).Where(fits).ToList();
            if (found.Count >= count)
            {
                return found;
            }

            await Task.Delay(20);
        }

        throw new TimeoutException($"{count} logout notices were expected, {Received.Count(r => fits(r.Token))} came");
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}

/// <summary>Identity whose gateway and one more client listen for logouts.</summary>
internal sealed class LogoutHost : ProtocolHost
{
    public LogoutReceiver Gateway { get; } = new();

    public LogoutReceiver Other { get; } = new();

    public override async ValueTask InitializeAsync()
    {
        await Gateway.StartAsync();
        await Other.StartAsync();
        await base.InitializeAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await Gateway.DisposeAsync();
        await Other.DisposeAsync();
    }

    protected override void Configure(IDictionary<string, string?> settings)
    {
        base.Configure(settings);
        settings["Identity:GatewayBackchannelLogoutUri"] = Gateway.Address;
        settings["Identity:Clients:other:BackchannelLogoutUri"] = Other.Address;
    }
}

public sealed class LogoutFixture : IAsyncLifetime
{
    internal LogoutHost Host { get; } = new();

    public ValueTask InitializeAsync() => Host.InitializeAsync();

    public ValueTask DisposeAsync() => Host.DisposeAsync();
}
