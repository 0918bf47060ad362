using static Gengdu.Analytics.Exports.Pages.Plots.Plot;

namespace Gengdu.Analytics.Exports.Pages.Plots;

/// <summary>What a place has of a whole: a share of schools.</summary>
internal readonly record struct ControlPart(string Name, double Numerator, double Denominator);

/// <summary>Each place beside the whole, and how far a share of so many would stray by chance (three standard errors): as the screen counts it.</summary>
internal sealed class ControlChart
{
    private readonly double _centre;

    private ControlChart(double centre, IReadOnlyList<(string Name, double Value, double Low, double High)> rows) => (_centre, Rows) = (centre, rows);

    public IReadOnlyList<(string Name, double Value, double Low, double High)> Rows { get; }

    /// <summary>Those that chance does not explain.</summary>
    public IEnumerable<string> Outside => Rows.Where(row => row.Value < row.Low || row.Value > row.High).Select(row => row.Name);

    /// <summary>Null where it is no share of anything that can be counted.</summary>
    public static ControlChart? Of(IReadOnlyList<ControlPart> parts)
    {
        var (above, below) = (parts.Sum(part => part.Numerator), parts.Sum(part => part.Denominator));
        if (below <= 0 || above < 0 || above > below || parts.Any(part => part.Numerator > part.Denominator || part.Numerator < 0))
        {
            return null;
        }

        var centre = above / below;
        return new(centre, [.. parts.Where(part => part.Denominator > 0).Select(part =>
        {
            var reach = 3 * Math.Sqrt(centre * (1 - centre) / part.Denominator);
            return (part.Name, part.Numerator / part.Denominator, Math.Max(0, centre - reach), Math.Min(1, centre + reach));
        })]);
    }

    public string Draw(string label, Func<double, string> say, string whole)
    {
        var plot = new Plot(label, [.. Rows.Select(row => row.Name)], PlotScale.Over([.. Rows.SelectMany(row => new[] { row.Value, row.Low, row.High })], fromZero: false), say, "");
        // The limits step from place to place: each has its own.
        string Steps(Func<(string Name, double Value, double Low, double High), double> of) => string.Concat(
            Rows.Select((row, at) => $"{(at == 0 ? "M" : "L")}{N(plot.X(at) - (plot.Band / 2))} {N(plot.Y(of(row)))}H{N(plot.X(at) + (plot.Band / 2))}"));
        plot.Across(_centre, whole, "centre").Add($"<path class=\"limit\" d=\"{Steps(row => row.Low)}\"/><path class=\"limit\" d=\"{Steps(row => row.High)}\"/>");
        foreach (var (at, (_, value, low, high)) in Rows.Index())
        {
            var (x, y) = (plot.X(at), plot.Y(value));
            plot.Add(value < low || value > high ? $"<path class=\"out\" d=\"M{N(x)} {N(y - 7)}l7 7l-7 7l-7 -7z\"/>" : $"<circle class=\"in\" cx=\"{N(x)}\" cy=\"{N(y)}\" r=\"4\"/>");
        }

        return plot.ToString();
    }
}
