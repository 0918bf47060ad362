using static Gengdu.Analytics.Exports.Pages.Plots.Plot;

namespace Gengdu.Analytics.Exports.Pages.Plots;

/// <summary>What a sum goes into: the larger the field, the more. Fields are kept near to squares, as they compare best.</summary>
internal static class MoneyTreemap
{
    private const double Height = 240;
    private const int Colours = 6;

    /// <param name="parts">Largest first, each above zero.</param>
    /// <param name="say">The sum of a part; its share is written by the page.</param>
    public static string Draw(string label, IReadOnlyList<(string Name, decimal Value)> parts, Func<decimal, string> say)
    {
        var whole = parts.Sum(part => part.Value);
        var fields = Fields([.. parts.Select(part => (double)(part.Value / whole))], 0, 0, Width, Height);
        var drawn = parts.Zip(fields).Select((pair, at) =>
        {
            var ((name, value), (x, y, wide, high)) = pair;
            string[] lines = [.. Lines(name, wide), .. value / whole >= 0.1m ? [$"{say(value)} · {PageWords.Share(value / whole)}"] : new[] { PageWords.Share(value / whole) }];
            // What does not fit is left out; the list below the drawing has it.
            var text = high < lines.Length * 13 || lines.Max(Letters) * 5.6 > wide - 6 ? ""
                : string.Concat(lines.Select((line, row) => Text(x + (wide / 2), y + (high / 2) + 4 + ((row - ((lines.Length - 1) / 2.0)) * 13), line)));
            return $"<g class=\"c{at % Colours}\"><rect x=\"{N(x)}\" y=\"{N(y)}\" width=\"{N(wide)}\" height=\"{N(high)}\"/>{text}</g>";
        });
        return $"<svg class=\"plot treemap\" viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-label=\"{PrintedPage.Encode(label)}\">{string.Concat(drawn)}</svg>";
    }

    /// <summary>Rows along the shorter side, each as long as its fields become squarer by it.</summary>
    internal static IReadOnlyList<(double X, double Y, double Wide, double High)> Fields(IReadOnlyList<double> shares, double x, double y, double wide, double high)
    {
        var (fields, area) = (new List<(double, double, double, double)>(), wide * high);
        for (var from = 0; from < shares.Count;)
        {
            var (side, count) = (Math.Min(wide, high), 1);
            while (from + count < shares.Count && Worst(shares, from, count + 1, area, side) <= Worst(shares, from, count, area, side))
            {
                count++;
            }

            var sum = Enumerable.Range(from, count).Sum(at => shares[at]) * area;
            var (deep, along) = (side <= 0 ? 0 : sum / side, 0.0);
            for (var at = from; at < from + count; at++)
            {
                var length = deep <= 0 ? 0 : shares[at] * area / deep;
                fields.Add(wide >= high ? (x, y + along, deep, length) : (x + along, y, length, deep));
                along += length;
            }

            (x, y, wide, high) = wide >= high ? (x + deep, y, wide - deep, high) : (x, y + deep, wide, high - deep);
            from += count;
        }

        return fields;
    }

    private static double Worst(IReadOnlyList<double> shares, int from, int count, double area, double side)
    {
        var row = Enumerable.Range(from, count).Select(at => shares[at] * area).ToList();
        var deep = row.Sum() / side;
        return row.Max(field => Math.Max(deep * deep / field, field / (deep * deep)));
    }

    // Words of a name over at most two lines.
    private static IEnumerable<string> Lines(string name, double wide)
    {
        if (Letters(name) * 5.6 <= wide - 6)
        {
            return [name];
        }

        var middle = Enumerable.Range(1, Math.Max(0, name.Length - 1)).Where(at => name[at] == ' ' || (name[at] > '\u2e7f' && name[at - 1] > '\u2e7f')).OrderBy(at => Math.Abs(at - (name.Length / 2.0))).FirstOrDefault();
        return middle == 0 ? [name] : [name[..middle].TrimEnd(), name[middle..].TrimStart()];
    }
}
