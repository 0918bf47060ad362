namespace Gengdu.Analytics.Exports.Pages.Plots;

/// <summary>An axis of numbers: round steps, about five of them.</summary>
internal readonly record struct PlotScale(double From, double To, double Step)
{
    private static readonly double[] s_round = [1, 2, 2.5, 5, 10];

    /// <param name="fromZero">Bars and boxes stand on zero; lines and points are looked at closely.</param>
    public static PlotScale Over(IReadOnlyCollection<double> values, bool fromZero)
    {
        var (low, high) = values.Count == 0 ? (0, 1) : (values.Min(), values.Max());
        (low, high) = fromZero ? (Math.Min(0, low), Math.Max(0, high)) : (low, high);
        if (high - low < 1e-9)
        {
            var room = low == 0 ? 1 : Math.Abs(low) * 0.2;
            (low, high) = fromZero ? (low, low + 1) : (low - room, high + room);
        }

        var rough = (high - low) / 4;
        var power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        var step = s_round.First(round => rough / power <= round + 1e-9) * power;
        return new(Math.Floor((low / step) + 1e-9) * step, Math.Ceiling((high / step) - 1e-9) * step, step);
    }

    public double Share(double value) => Math.Clamp((value - From) / (To - From), 0, 1);

    public IEnumerable<double> Ticks()
    {
        for (var at = 0; at <= Math.Round((To - From) / Step); at++)
        {
            // 0.1 + 0.2 is not what stands on an axis.
            yield return Math.Round(From + (at * Step), 10);
        }
    }
}
