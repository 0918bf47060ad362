using System.Collections.Concurrent;
using System.Threading.Channels;

namespace Gengdu.Identity.Protocol.SignOut;

/// <summary>Wakes this process's senders, one for each client; other processes' notices are found by looking once a second.</summary>
internal sealed class LogoutSignal(TimeProvider clock)
{
    private readonly ConcurrentDictionary<string, Channel<bool>> _waiting = new(StringComparer.Ordinal);

    public void Wake()
    {
        foreach (var channel in _waiting.Values)
        {
            channel.Writer.TryWrite(true);
        }
    }

    public async Task WaitAsync(string clientId, TimeSpan atMost, CancellationToken cancellationToken)
    {
        var channel = _waiting.GetOrAdd(clientId, _ => Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite }));
        using var over = new CancellationTokenSource(atMost, clock);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, over.Token);
        try
        {
            await channel.Reader.ReadAsync(patience.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // Time to look.
        }
    }
}
