using System.Net;
using System.Net.Sockets;

namespace Gengdu.System.Tests.Running;

/// <summary>One address before several replicas, as a load balancer is: connections in turn, and past those that refuse one.</summary>
internal sealed class Front : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly int[] _replicas;
    private readonly Task _accepting;
    private int _next;

    public Front(params int[] replicas)
    {
        _replicas = replicas;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token));
            }
        }
        catch (Exception fault) when (fault is OperationCanceledException or SocketException)
        {
            // Closed.
        }
    }

    private async Task ServeAsync(TcpClient caller)
    {
        using (caller)
        {
            for (var tried = 0; tried < _replicas.Length; tried++)
            {
                using var replica = new TcpClient();
                try
                {
                    await replica.ConnectAsync(IPAddress.Loopback, _replicas[Interlocked.Increment(ref _next) % _replicas.Length], _stop.Token);
                }
                catch (SocketException)
                {
                    continue;
                }

                try
                {
                    await Task.WhenAny(caller.GetStream().CopyToAsync(replica.GetStream(), _stop.Token), replica.GetStream().CopyToAsync(caller.GetStream(), _stop.Token));
                }
                catch (Exception fault) when (fault is OperationCanceledException or IOException or SocketException or InvalidOperationException)
                {
                    // One side went away; so does the other.
                }

                return;
            }
        }
    }
}
