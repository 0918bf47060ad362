using Gengdu.Rules;

namespace Gengdu.Reporting.Peers;

/// <summary>
/// What may be told of one indicator among schools of a kind. No number of it is a school's own: median, low and high are means of
/// at least two schools, everything is rounded, and it changes only when several schools have changed.
/// </summary>
internal static class PeerPublication
{
    private const int BandDigits = 2;
    private const int MeanDigits = 3;

    /// <param name="values">Now, by organisation.</param>
    /// <param name="basis">What the published figures were computed of; null when nothing is published.</param>
    /// <param name="options">How many schools it takes.</param>
    public static PeerDecision Decide(Dictionary<Guid, double> values, Dictionary<Guid, double>? basis, PeerOptions options)
    {
        if (values.Count < options.AtLeast)
        {
            return PeerDecision.Withdraw;
        }

        return basis is null || Changed(values, basis) >= options.Changes ? PeerDecision.Publish : PeerDecision.Keep;
    }

    public static PeerStatistics Of(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        var mean = sorted.Average();
        var deviation = Math.Sqrt(sorted.Sum(value => (value - mean) * (value - mean)) / Math.Max(1, sorted.Length - 1));
        return new(
            sorted.Length, Rounded(Band(sorted, 0.35, 0.65), BandDigits), Rounded(Band(sorted, 0.1, 0.4), BandDigits), Rounded(Band(sorted, 0.6, 0.9), BandDigits),
            Rounded(mean, MeanDigits), Rounded(deviation, MeanDigits));
    }

    /// <summary>Schools that came, went or have another value.</summary>
    private static int Changed(Dictionary<Guid, double> now, Dictionary<Guid, double> then) =>
        now.Count(pair => !then.TryGetValue(pair.Key, out var before) || before != pair.Value) + then.Keys.Count(id => !now.ContainsKey(id));

    /// <summary>The mean of the schools between two shares of the ranking, two at least; the outermost tenth is left out.</summary>
    private static double Band(double[] sorted, double from, double to)
    {
        var first = Math.Min((int)Math.Floor(sorted.Length * from), sorted.Length - 2);
        var end = Math.Max(first + 2, (int)Math.Ceiling(sorted.Length * to));
        return sorted[first..end].Average();
    }

    private static double Rounded(double value, int digits)
    {
        if (value == 0)
        {
            return 0;
        }

        var scale = Math.Pow(10, digits - 1 - Math.Floor(Math.Log10(Math.Abs(value))));
        return Math.Round(value * scale, MidpointRounding.AwayFromZero) / scale;
    }
}

internal enum PeerDecision
{
    /// <summary>Too few schools: nothing is told.</summary>
    Withdraw,

    /// <summary>What is published stays.</summary>
    Keep,

    /// <summary>The figures of now are published.</summary>
    Publish,
}
