using System.Net;
using System.Net.Sockets;

namespace Gengdu.System.Tests.Running;

/// <summary>A port that leads to a server, and can be opened late or cut: how a database or broker that is away looks.</summary>
internal sealed class TcpForwarder(string host, int port) : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private Task _accepting = Task.CompletedTask;

    /// <summary>Takes the port without listening on it: nothing answers yet.</summary>
    public int Reserve()
    {
        _listener.Start();
        var reserved = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _listener.Stop();
        return reserved;
    }

    public void Open(int localPort)
    {
        var listener = new TcpListener(IPAddress.Loopback, localPort);
        listener.Start();
        _accepting = AcceptAsync(listener);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _accepting;
        _stop.Dispose();
        _listener.Dispose();
    }

    private async Task AcceptAsync(TcpListener listener)
    {
        using (listener)
        {
            try
            {
                while (true)
                {
                    _ = ForwardAsync(await listener.AcceptTcpClientAsync(_stop.Token));
                }
            }
            catch (OperationCanceledException)
            {
                // The forwarder is closed.
            }
        }
    }

    private async Task ForwardAsync(TcpClient client)
    {
        using (client)
        using (var server = new TcpClient())
        {
            try
            {
                await server.ConnectAsync(host, port, _stop.Token);
                await Task.WhenAny(client.GetStream().CopyToAsync(server.GetStream(), _stop.Token), server.GetStream().CopyToAsync(client.GetStream(), _stop.Token));
            }
            catch (Exception fault) when (fault is OperationCanceledException or IOException or SocketException)
            {
                // One side went away: the other is closed too.
            }
        }
    }
}
