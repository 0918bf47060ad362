using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Gengdu.Identity.Tests.Notices;

/// <summary>A mail server small enough to misbehave on purpose, on a port of its own.</summary>
internal sealed class SmtpListener : IAsyncDisposable
{
    private TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _ending = new();
    private Task _accepting;

    public SmtpListener()
    {
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _accepting = AcceptAsync();
    }

    public int Port { get; }

    /// <summary>What was taken, whole, as it came.</summary>
    public ConcurrentQueue<string> Mails { get; } = new();

    /// <summary>Answers a command otherwise than a good server would; null for as usual, "" for never.</summary>
    public Func<string, string?> Answer { get; set; } = _ => null;

    /// <summary>Nobody listens at the port any more.</summary>
    public void GoDown() => _listener.Stop();

    public void ComeBack()
    {
        _listener.Dispose();
        _listener = new(IPAddress.Loopback, Port);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        _listener.Stop();
        await _accepting;
        _ending.Dispose();
        _listener.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (!_ending.IsCancellationRequested)
            {
                _ = ServeAsync(await _listener.AcceptTcpClientAsync(_ending.Token));
            }
        }
        catch (Exception fault) when (fault is OperationCanceledException or SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // Stopped.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        try
        {
            using (client)
            using (var reader = new StreamReader(client.GetStream(), Encoding.UTF8))
            await using (var writer = new StreamWriter(client.GetStream(), new UTF8Encoding(false)) { NewLine = "\r\n", AutoFlush = true })
            {
                await writer.WriteLineAsync("220 test");
                while (await reader.ReadLineAsync(_ending.Token) is { } line)
                {
                    var verb = line.Split(' ', ':')[0].ToUpperInvariant();
                    var answer = Answer(line) ?? (verb switch { "EHLO" => "250 test", "DATA" => "354 go on", "QUIT" => "221 bye", _ => "250 ok" });
                    if (answer.Length == 0)
                    {
                        await Task.Delay(Timeout.Infinite, _ending.Token);
                    }

                    if (verb == "DATA" && answer[0] == '3')
                    {
                        await writer.WriteLineAsync(answer);
                        var mail = new StringBuilder();
                        while (await reader.ReadLineAsync(_ending.Token) is { } data && data != ".")
                        {
                            mail.Append(data).Append("\r\n");
                        }

                        Mails.Enqueue(mail.ToString());
                        answer = "250 taken";
                    }

                    await writer.WriteLineAsync(answer);
                    if (verb == "QUIT")
                    {
                        return;
                    }
                }
            }
        }
        catch (Exception fault) when (fault is OperationCanceledException or IOException or ObjectDisposedException)
        {
            // The other side hung up, or the test is over.
        }
    }
}
