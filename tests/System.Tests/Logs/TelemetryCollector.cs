using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Gengdu.System.Tests.Logs;

/// <summary>Takes what the services export over OTLP/HTTP; texts stand in protobuf as they are.</summary>
internal sealed class TelemetryCollector : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly ConcurrentQueue<(string Path, string Text)> _received = new();
    private readonly Task _loop;

    public TelemetryCollector()
    {
        using (var free = new TcpListener(IPAddress.Loopback, 0))
        {
            free.Start();
            Address = new Uri($"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}/");
        }

        _listener.Prefixes.Add(Address.ToString());
        _listener.Start();
        _loop = ReceiveAsync();
    }

    public Uri Address { get; }

    public IEnumerable<string> Received(string signal) => _received.Where(one => one.Path == $"/v1/{signal}").Select(one => one.Text);

    public async ValueTask DisposeAsync()
    {
        _listener.Close();
        await _loop;
    }

    private async Task ReceiveAsync()
    {
        while (true)
        {
            try
            {
                var context = await _listener.GetContextAsync();
                using var body = new MemoryStream();
                await context.Request.InputStream.CopyToAsync(body);
                _received.Enqueue((context.Request.Url!.AbsolutePath, Encoding.UTF8.GetString(body.ToArray())));
                context.Response.ContentType = "application/x-protobuf";
                context.Response.Close();
            }
            catch (Exception fault) when (fault is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
        }
    }
}
