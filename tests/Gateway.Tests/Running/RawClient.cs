using System.Diagnostics;
using System.Net.Sockets;
using System.Text;

namespace Gengdu.Gateway.Tests.Running;

/// <summary>Bytes as they are, for what no HTTP client would send.</summary>
internal static class RawClient
{
    /// <summary>Sends the text and returns all that comes until the other side closes, or half a second of silence after an answer began.</summary>
    public static async Task<string> SendAsync(string address, string text, TimeSpan? patience = null)
    {
        using var client = await ConnectAsync(address);
        await client.GetStream().WriteAsync(Encoding.Latin1.GetBytes(text));
        return (await ReadAsync(client, patience ?? TimeSpan.FromSeconds(10))).Text;
    }

    public static async Task<TcpClient> ConnectAsync(string address)
    {
        var client = new TcpClient();
        await client.ConnectAsync("localhost", new Uri(address).Port);
        return client;
    }

    /// <summary>What came, whether the other side closed, and after how long.</summary>
    public static async Task<(string Text, bool Closed, TimeSpan After)> ReadAsync(TcpClient client, TimeSpan patience)
    {
        var (got, buffer, watch) = (new StringBuilder(), new byte[8192], Stopwatch.StartNew());
        using var timeout = new CancellationTokenSource(patience);
        try
        {
            while (true)
            {
                var read = await client.GetStream().ReadAsync(buffer, timeout.Token);
                if (read == 0)
                {
                    return (got.ToString(), true, watch.Elapsed);
                }

                got.Append(Encoding.Latin1.GetString(buffer, 0, read));
                timeout.CancelAfter(TimeSpan.FromMilliseconds(500));
            }
        }
        catch (OperationCanceledException)
        {
            return (got.ToString(), false, watch.Elapsed);
        }
        catch (IOException)
        {
            return (got.ToString(), true, watch.Elapsed);
        }
    }
}
