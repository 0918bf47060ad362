using System.Buffers.Text;
using System.Net.Sockets;

namespace Gengdu.Benchmarks.Load;

/// <summary>
/// One keep-alive HTTP/1.1 connection that sends prepared bytes. HttpClient would spend as much processor time on the same
/// two cores as the gateway it measures.
/// </summary>
internal sealed class HttpConnection(Uri address) : IDisposable
{
    private readonly byte[] _buffer = new byte[1024 * 1024];
    private TcpClient? _client;

    /// <summary>Sends one request and reads the whole answer.</summary>
    /// <returns>The status; 0 when the connection broke.</returns>
    public async Task<Answer> SendAsync(ReadOnlyMemory<byte> request, CancellationToken cancellationToken)
    {
        try
        {
            if (_client is null)
            {
                _client = new TcpClient { NoDelay = true };
                await _client.ConnectAsync(address.Host, address.Port, cancellationToken);
            }

            var stream = _client.GetStream();
            await stream.WriteAsync(request, cancellationToken);
            return await ReadAsync(stream, cancellationToken);
        }
        catch (Exception fault) when (fault is IOException or SocketException)
        {
            Dispose();
            return new(0, default);
        }
    }

    public void Dispose()
    {
        _client?.Dispose();
        _client = null;
    }

    private async Task<Answer> ReadAsync(NetworkStream stream, CancellationToken cancellationToken)
    {
        var filled = 0;
        while (true)
        {
            var read = await stream.ReadAsync(_buffer.AsMemory(filled), cancellationToken);
            if (read == 0)
            {
                Dispose();
                return new(0, default);
            }

            filled += read;
            var head = _buffer.AsSpan(0, filled).IndexOf("\r\n\r\n"u8);
            if (head >= 0 && IsWhole(_buffer.AsSpan(0, filled), head + 4))
            {
                return new(Status(_buffer), _buffer.AsMemory(head + 4, filled - head - 4));
            }
        }
    }

    private static bool IsWhole(ReadOnlySpan<byte> answer, int bodyAt)
    {
        var head = answer[..bodyAt];
        var body = answer[bodyAt..];
        var length = head.IndexOf("Content-Length:"u8);
        if (length >= 0)
        {
            return Utf8Parser.TryParse(head[(length + 15)..].TrimStart((byte)' '), out int expected, out _) && body.Length >= expected;
        }

        return head.IndexOf("chunked"u8) < 0 || body.SequenceEqual("0\r\n\r\n"u8) || body.EndsWith("\r\n0\r\n\r\n"u8);
    }

    private static int Status(ReadOnlySpan<byte> answer) => Utf8Parser.TryParse(answer[9..], out int status, out _) ? status : 0;
}

/// <summary>Status and body as they came (chunk sizes included); valid until the connection's next request.</summary>
internal readonly record struct Answer(int Status, ReadOnlyMemory<byte> Body)
{
    public bool Succeeded => Status is >= 200 and < 300;
}
