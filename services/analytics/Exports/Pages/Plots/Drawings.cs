using static Gengdu.Analytics.Exports.Pages.Plots.Plot;

namespace Gengdu.Analytics.Exports.Pages.Plots;

/// <summary>A number of a place with its light.</summary>
internal readonly record struct PlotBar(string Name, double Value, string Light);

/// <summary>How the schools of a group spread.</summary>
internal readonly record struct PlotBox(string Name, double Lowest, double Lower, double Median, double Upper, double Highest);

/// <summary>A number in a period; null where there was none.</summary>
/// <param name="Changed">Computed otherwise than before: a hollow diamond.</param>
internal readonly record struct PlotPeriod(string Name, double? Value, double? Published, bool Changed);

/// <summary>Two numbers of a place.</summary>
internal readonly record struct PlotPoint(string Name, double X, double Y, string Light);

/// <summary>How numbers of one kind are written, and what a line across says.</summary>
internal readonly record struct PlotValues(Func<double, string> Say, string Unit, double? Line, string LineName);

/// <summary>What the screen draws with its library, as lines and areas for paper: bars, boxes, lines, points.</summary>
internal static class Drawings
{
    public static string Bars(string label, IReadOnlyList<PlotBar> bars, PlotValues values)
    {
        var plot = new Plot(label, [.. bars.Select(bar => bar.Name)], PlotScale.Over([.. bars.Select(bar => bar.Value), .. Some(values.Line)], fromZero: true), values.Say, values.Unit);
        var wide = Math.Min(24, plot.Band * 0.66);
        foreach (var (at, bar) in bars.Index())
        {
            var (top, zero) = (Math.Min(plot.Y(bar.Value), plot.Y(0)), Math.Max(plot.Y(bar.Value), plot.Y(0)));
            plot.Add($"<rect class=\"bar {bar.Light}\" x=\"{N(plot.X(at) - (wide / 2))}\" y=\"{N(top)}\" width=\"{N(wide)}\" height=\"{N(Math.Max(0.5, zero - top))}\"/>");
            if (plot.Band >= Letters(values.Say(bar.Value)) * 4.6)
            {
                plot.Add(Text(plot.X(at), top - 3, values.Say(bar.Value), "small over"));
            }
        }

        return plot.Across(values.Line, values.LineName).ToString();
    }

    public static string Boxes(string label, IReadOnlyList<PlotBox> boxes, PlotValues values)
    {
        var plot = new Plot(
            label, [.. boxes.Select(box => box.Name)], PlotScale.Over([.. boxes.SelectMany(box => new[] { box.Lowest, box.Highest }), .. Some(values.Line)], fromZero: true), values.Say, values.Unit);
        var half = Math.Min(17, plot.Band * 0.3);
        foreach (var (at, box) in boxes.Index())
        {
            var (x, y) = (plot.X(at), (Func<double, string>)(value => N(plot.Y(value))));
            plot.Add($"<path class=\"whisker\" d=\"M{N(x - (half / 2))} {y(box.Highest)}h{N(half)}M{N(x)} {y(box.Highest)}V{y(box.Upper)}M{N(x)} {y(box.Lower)}V{y(box.Lowest)}M{N(x - (half / 2))} {y(box.Lowest)}h{N(half)}\"/>")
                .Add($"<rect class=\"box\" x=\"{N(x - half)}\" y=\"{y(box.Upper)}\" width=\"{N(half * 2)}\" height=\"{N(Math.Max(0.5, plot.Y(box.Lower) - plot.Y(box.Upper)))}\"/>")
                .Add($"<path class=\"median\" d=\"M{N(x - half)} {y(box.Median)}h{N(half * 2)}\"/>");
        }

        return plot.Across(values.Line, values.LineName).ToString();
    }

    public static string Periods(string label, IReadOnlyList<PlotPeriod> periods, PlotValues values)
    {
        var numbers = periods.SelectMany(period => Some(period.Value).Concat(Some(period.Published))).Concat(Some(values.Line)).ToList();
        var plot = new Plot(label, [.. periods.Select(period => period.Name)], PlotScale.Over(numbers, fromZero: false), values.Say, values.Unit).Across(values.Line, values.LineName);
        plot.Add(Line(plot, periods, period => period.Published, "published"));
        plot.Add(Line(plot, periods, period => period.Value, "line"));
        foreach (var (at, period) in periods.Index())
        {
            if (period.Published is { } was)
            {
                plot.Add($"<circle class=\"published\" cx=\"{N(plot.X(at))}\" cy=\"{N(plot.Y(was))}\" r=\"3\"/>");
            }

            if (period.Value is { } value)
            {
                var (x, y) = (plot.X(at), plot.Y(value));
                plot.Add(period.Changed ? $"<path class=\"changed\" d=\"M{N(x)} {N(y - 6)}l6 6l-6 6l-6 -6z\"/>" : $"<circle class=\"dot\" cx=\"{N(x)}\" cy=\"{N(y)}\" r=\"4\"/>")
                    .Add(Text(x, y - 9, values.Say(value), "over"));
            }
        }

        return plot.ToString();
    }

    /// <param name="across">The axis below: its line stands upright.</param>
    public static string Points(string label, IReadOnlyList<PlotPoint> points, PlotValues across, PlotValues up)
    {
        var plot = new Plot(
            label, (PlotScale.Over([.. points.Select(point => point.X), .. Some(across.Line)], fromZero: false), across.Say, across.Unit),
            (PlotScale.Over([.. points.Select(point => point.Y), .. Some(up.Line)], fromZero: false), up.Say, up.Unit)).Upwards(across.Line).Across(up.Line, "");
        var half = points.Count > 80 ? 3 : 4.5;
        foreach (var point in points)
        {
            var (x, y) = (plot.X(point.X), plot.Y(point.Y));
            plot.Add(point.Light switch
            {
                "green" => $"<circle class=\"point green\" cx=\"{N(x)}\" cy=\"{N(y)}\" r=\"{N(half)}\"/>",
                "amber" => $"<path class=\"point amber\" d=\"M{N(x)} {N(y - half)}l{N(half)} {N(half * 2)}h{N(half * -2)}z\"/>",
                "red" => $"<rect class=\"point red\" x=\"{N(x - half)}\" y=\"{N(y - half)}\" width=\"{N(half * 2)}\" height=\"{N(half * 2)}\"/>",
                _ => $"<circle class=\"hollow\" cx=\"{N(x)}\" cy=\"{N(y)}\" r=\"{N(half)}\"/>",
            });
        }

        return Named(plot, points).ToString();
    }

    // Nobody can point at paper: names stand beside the points, as far as they do not cover each other.
    private static Plot Named(Plot plot, IReadOnlyList<PlotPoint> points)
    {
        var written = new List<(double Left, double Right, double Y)>();
        foreach (var point in points)
        {
            var (x, y, wide) = (plot.X(point.X), plot.Y(point.Y), Letters(point.Name) * 4.3);
            var left = x + 7 + wide > Width ? x - 7 - wide : x + 7;
            if (!written.Exists(other => Math.Abs(other.Y - y) < 9 && other.Left < left + wide && left < other.Right)
                && !points.Any(other => plot.X(other.X) is var beside && beside > left - 4 && beside < left + wide && Math.Abs(plot.Y(other.Y) - y) < 6 && other != point))
            {
                written.Add((left, left + wide, y));
                plot.Add(Text(left, y + 3, point.Name, "small start"));
            }
        }

        return plot;
    }

    private static string Line(Plot plot, IReadOnlyList<PlotPeriod> periods, Func<PlotPeriod, double?> of, string kind)
    {
        // A gap stays a gap.
        var path = string.Concat(periods.Select((period, at) => of(period) is { } value ? $"{(at > 0 && of(periods[at - 1]) is not null ? "L" : "M")}{N(plot.X(at))} {N(plot.Y(value))}" : ""));
        return path.Length == 0 ? "" : $"<path class=\"{kind}\" d=\"{path}\"/>";
    }

    private static IEnumerable<double> Some(double? value) => value is { } one ? [one] : [];
}
