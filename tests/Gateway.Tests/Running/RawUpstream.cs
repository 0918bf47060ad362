using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Gengdu.Gateway.Tests.Running;

/// <summary>A service that misbehaves as its path says. Healthy when asked for its health, as such services are.</summary>
internal sealed class RawUpstream : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _accepting;

    public RawUpstream()
    {
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public string Address => $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    /// <summary>First lines of what arrived, health apart.</summary>
    public ConcurrentQueue<string> Seen { get; } = new();

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
                _ = AnswerAsync(await _listener.AcceptTcpClientAsync(_stop.Token));
            }
        }
        catch (Exception fault) when (fault is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Over.
        }
    }

    private async Task AnswerAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                var (stream, buffer, head) = (client.GetStream(), new byte[16384], "");
                while (!head.Contains("\r\n\r\n", StringComparison.Ordinal))
                {
                    var read = await stream.ReadAsync(buffer, _stop.Token);
                    if (read == 0)
                    {
                        return;
                    }

                    head += Encoding.Latin1.GetString(buffer, 0, read);
                }

                var line = head[..head.IndexOf('\r', StringComparison.Ordinal)];
                if (!line.Contains("/health/", StringComparison.Ordinal))
                {
                    Seen.Enqueue(line);
                }

                await stream.WriteAsync(Encoding.Latin1.GetBytes(Answer(line)), _stop.Token);
                if (line.Contains("hang", StringComparison.Ordinal))
                {
                    await Task.Delay(TimeSpan.FromMinutes(1), _stop.Token);
                }
            }
            catch (Exception fault) when (fault is OperationCanceledException or IOException or SocketException)
            {
                // The gateway gave up.
            }
        }
    }

    private static string Answer(string line)
    {
        const string Ok = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";
        return line switch
        {
            _ when line.Contains("/health/", StringComparison.Ordinal) => $"{Ok}Content-Length: 2\r\nConnection: close\r\n\r\n{{}}",
            _ when line.Contains("/garbage", StringComparison.Ordinal) => "SSH-2.0-OpenSSH_9.2\r\n\r\n",
            _ when line.Contains("/half-a-head", StringComparison.Ordinal) => "HTTP/1.1 200 OK\r\nContent-Ty",
            _ when line.Contains("/huge-head", StringComparison.Ordinal) => $"{Ok}X-Huge: {new string('x', 70_000)}\r\nContent-Length: 2\r\n\r\n{{}}",
            _ when line.Contains("/two-lengths", StringComparison.Ordinal) => $"{Ok}Content-Length: 2\r\nContent-Length: 40\r\n\r\n{{}}",
            _ when line.Contains("/dies", StringComparison.Ordinal) => $"{Ok}Content-Length: 100000\r\n\r\n{{\"items\":[\"{new string('x', 20_000)}",
            _ when line.Contains("/chunks-die", StringComparison.Ordinal) => $"{Ok}Transfer-Encoding: chunked\r\n\r\n5000\r\n{{\"items\":[\"{new string('x', 0x5000 - 11)}\r\n",
            _ when line.Contains("/bad-chunk", StringComparison.Ordinal) => $"{Ok}Transfer-Encoding: chunked\r\n\r\n5000\r\n{{\"items\":[\"{new string('x', 0x5000 - 11)}\r\nnonsense\r\n",
            _ when line.Contains("/hang-in-body", StringComparison.Ordinal) => $"{Ok}Content-Length: 100000\r\n\r\n{{\"items\":[\"{new string('x', 20_000)}",
            _ when line.Contains("/sets-cookie", StringComparison.Ordinal) => $"{Ok}Set-Cookie: gengdu-session=planted; Path=/\r\nServer: Secret/1.0\r\nX-Powered-By: x\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{{}}",
            _ => "",
        };
    }
}
