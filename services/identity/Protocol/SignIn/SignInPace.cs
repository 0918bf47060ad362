using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;

namespace Gengdu.Identity.Protocol.SignIn;

/// <summary>
/// Slows guessing down without shutting anybody out: after many failures tries from the same address go one every two
/// seconds, and after very many from everywhere ten a second. Known browsers do not come here. Each replica paces itself.
/// </summary>
internal sealed class SignInPace(IOptions<SignInLimits> limits, TimeProvider clock)
{
    private static readonly TimeSpan AddressWindow = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan GlobalWindow = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(6);
    private readonly ConcurrentDictionary<string, Lane> _lanes = new();
    private readonly Lane _everywhere = new();

    /// <summary>Waits for its turn; false when too many wait already.</summary>
    public async Task<bool> EnterAsync(IPAddress? address, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var lane = _lanes.GetValueOrDefault(Key(address));
        var wait = Longer(
            lane?.Turn(now, AddressWindow, limits.Value.AddressFailures, TimeSpan.FromSeconds(2)) ?? TimeSpan.Zero,
            _everywhere.Turn(now, GlobalWindow, limits.Value.GlobalFailures, TimeSpan.FromMilliseconds(100)));
        if (wait > LongestWait)
        {
            return false;
        }

        if (wait > TimeSpan.Zero)
        {
            await Task.Delay(wait, clock, cancellationToken);
        }

        return true;
    }

    public void Failed(IPAddress? address)
    {
        var now = clock.GetUtcNow();
        if (_lanes.Count > 20_000)
        {
            foreach (var (key, old) in _lanes)
            {
                if (old.IsOver(now, AddressWindow))
                {
                    _lanes.TryRemove(key, out _);
                }
            }
        }

        _lanes.GetOrAdd(Key(address), _ => new Lane()).Failed(now, AddressWindow);
        _everywhere.Failed(now, GlobalWindow);
    }

    // One household or school has a whole /64 of IPv6.
    private static string Key(IPAddress? address) =>
        address is null ? "" : address.IsIPv4MappedToIPv6 ? address.MapToIPv4().ToString()
        : address.AddressFamily == AddressFamily.InterNetworkV6 ? Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8)) : address.ToString();

    private static TimeSpan Longer(TimeSpan a, TimeSpan b) => a > b ? a : b;

    private sealed class Lane
    {
        private readonly Lock _lock = new();
        private DateTimeOffset _from;
        private DateTimeOffset _next;
        private int _failed;

        public void Failed(DateTimeOffset now, TimeSpan window)
        {
            lock (_lock)
            {
                (_from, _failed) = now - _from > window ? (now, 1) : (_from, _failed + 1);
            }
        }

        public bool IsOver(DateTimeOffset now, TimeSpan window)
        {
            lock (_lock)
            {
                return now - _from > window;
            }
        }

        public TimeSpan Turn(DateTimeOffset now, TimeSpan window, int most, TimeSpan gap)
        {
            lock (_lock)
            {
                if (now - _from > window || _failed < most)
                {
                    return TimeSpan.Zero;
                }

                var turn = _next > now ? _next : now;
                // Whoever is sent away takes no turn.
                if (turn - now <= LongestWait)
                {
                    _next = turn + gap;
                }

                return turn - now;
            }
        }
    }
}
