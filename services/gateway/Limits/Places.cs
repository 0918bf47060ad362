namespace Gengdu.Gateway.Limits;

/// <summary>
/// The places inside, for all classes together. A class may not go beyond its reach, so the classes before it always find
/// what lies above; a place that becomes free goes to the first class that waits. Whoever could not be served in time anyway
/// is refused at once: a queue that nobody waits for any more helps nobody.
/// </summary>
internal sealed class Places(LimitOptions limits, TimeProvider clock)
{
    private static readonly TrafficClass[] Order = Enum.GetValues<TrafficClass>();
    private readonly Lock _lock = new();
    private readonly LinkedList<Waiter>[] _waiting = [.. Order.Select(_ => new LinkedList<Waiter>())];
    private readonly int[] _inside = new int[Order.Length];
    private readonly TimeSpan _patience = TimeSpan.FromMilliseconds(limits.QueueMilliseconds);
    private int _total;

    /// <summary>True with a place, to be left by <see cref="Leave"/>; false when there will be none soon enough.</summary>
    public async ValueTask<bool> EnterAsync(TrafficClass traffic, CancellationToken cancellationToken)
    {
        LinkedListNode<Waiter> turn;
        lock (_lock)
        {
            var queue = _waiting[(int)traffic];
            if (queue.Count == 0 && HasPlace(traffic))
            {
                Take(traffic);
                return true;
            }

            if (queue.Count >= limits.Of(traffic).Queue || IsHopeless(queue) || Order.Any(higher => higher < traffic && _waiting[(int)higher].Count > 0))
            {
                return false;
            }

            turn = queue.AddLast(new Waiter(clock.GetTimestamp()));
        }

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(_patience);
        try
        {
            await turn.Value.Granted.Task.WaitAsync(patience.Token);
            return true;
        }
        catch (OperationCanceledException)
        {
            return !GiveUp(traffic, turn);
        }
    }

    public void Leave(TrafficClass traffic)
    {
        lock (_lock)
        {
            _inside[(int)traffic]--;
            _total--;
            foreach (var waiting in Order)
            {
                for (var queue = _waiting[(int)waiting]; queue.First is { } first && HasPlace(waiting); queue.RemoveFirst())
                {
                    Take(waiting);
                    first.Value.Granted.SetResult();
                }
            }
        }
    }

    private bool HasPlace(TrafficClass traffic) =>
        limits.Of(traffic) is var limit && _inside[(int)traffic] < limit.AtOnce && _total < Math.Max(1, (int)(limits.Places * limit.Reach));

    private void Take(TrafficClass traffic)
    {
        _inside[(int)traffic]++;
        _total++;
    }

    // Who comes behind somebody that has waited half the patience will hardly be served within it.
    private bool IsHopeless(LinkedList<Waiter> queue) => queue.First is { } oldest && clock.GetElapsedTime(oldest.Value.Since) > _patience / 2;

    /// <summary>False when the place was given just now.</summary>
    private bool GiveUp(TrafficClass traffic, LinkedListNode<Waiter> turn)
    {
        lock (_lock)
        {
            if (turn.List is null)
            {
                return false;
            }

            _waiting[(int)traffic].Remove(turn);
            return true;
        }
    }

    private sealed class Waiter(long since)
    {
        public long Since { get; } = since;

        public TaskCompletionSource Granted { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
