namespace Gengdu.Benchmarks.Load;

/// <summary>What one window of load gave.</summary>
internal sealed record Outcome(int Succeeded, int Failed, double Seconds, Percentiles Milliseconds, string? FirstFault)
{
    public double Rate => Seconds > 0 ? Succeeded / Seconds : 0;
}

/// <summary>Milliseconds; nearest rank.</summary>
internal sealed record Percentiles(double P50, double P95, double P99, double Max)
{
    public static Percentiles Of(IEnumerable<double> samples)
    {
        var sorted = samples.Order().ToArray();
        return sorted.Length == 0 ? new(0, 0, 0, 0) : new(At(0.50), At(0.95), At(0.99), Math.Round(sorted[^1], 2));

        double At(double share) => Math.Round(sorted[Math.Clamp((int)Math.Ceiling(share * sorted.Length) - 1, 0, sorted.Length - 1)], 2);
    }
}

/// <summary>Counts what comes back from many connections.</summary>
internal sealed class Tally
{
    private readonly Lock _lock = new();
    private readonly List<double> _milliseconds = [];
    private int _failed;
    private string? _firstFault;

    public IReadOnlyList<double> Samples => _milliseconds;

    public void Add(Answer answer, TimeSpan took)
    {
        lock (_lock)
        {
            if (answer.Succeeded)
            {
                _milliseconds.Add(took.TotalMilliseconds);
                return;
            }

            _failed++;
            _firstFault ??= $"{answer.Status} {System.Text.Encoding.UTF8.GetString(answer.Body.Span[..Math.Min(400, answer.Body.Length)])}";
        }
    }

    public Outcome ToOutcome(TimeSpan elapsed)
    {
        lock (_lock)
        {
            return new(_milliseconds.Count, _failed, elapsed.TotalSeconds, Percentiles.Of(_milliseconds), _firstFault);
        }
    }
}
