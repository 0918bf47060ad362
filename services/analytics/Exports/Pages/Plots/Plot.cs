using System.Globalization;
using System.Text;

namespace Gengdu.Analytics.Exports.Pages.Plots;

/// <summary>A drawing with axes in the width of half a page: numbers upwards, and across names or numbers too. Texts come plain and are encoded here.</summary>
internal sealed class Plot
{
    public const double Width = 480;
    private const double Height = 240;
    private const double Letter = 5.4;
    private const int MostRows = 3;
    private readonly StringBuilder _svg = new();
    private readonly IReadOnlyList<string> _names;
    private readonly PlotScale _values;
    private readonly PlotScale _across;
    private readonly (double Left, double Right, double Top, double Bottom) _area;
    private readonly bool _turned;

    /// <param name="say">How a number stands at the axis; the unit stands above it.</param>
    public Plot(string label, IReadOnlyList<string> names, PlotScale values, Func<double, string> say, string unit)
        : this(label, names, values, default, say, unit)
    {
        var every = (int)Math.Ceiling(names.Count / 44.0);
        for (var at = 0; at < names.Count; at += every)
        {
            if (Rows(names[at]) is { } rows)
            {
                foreach (var (row, line) in rows.Index())
                {
                    Add(Text(X(at), _area.Bottom + 13 + (row * 11), line));
                }
            }
            else
            {
                var name = names[at].Length > 15 ? string.Concat(names[at].AsSpan(0, 14), "…") : names[at];
                Add($"<text class=\"end\" transform=\"translate({N(X(at) + 3)} {N(_area.Bottom + 11)}) rotate(-40)\">{PrintedPage.Encode(name)}</text>");
            }
        }
    }

    /// <summary>Numbers both ways.</summary>
    public Plot(string label, (PlotScale Scale, Func<double, string> Say, string Name) across, (PlotScale Scale, Func<double, string> Say, string Name) up)
        : this(label, [], up.Scale, across.Scale, up.Say, up.Name)
    {
        foreach (var tick in across.Scale.Ticks())
        {
            Add($"<path class=\"grid\" d=\"M{N(X(tick))} {N(_area.Top)}V{N(_area.Bottom)}\"/>{Text(X(tick), _area.Bottom + 13, PageWords.Tick(across.Say(tick)))}");
        }

        Add(Text((_area.Left + _area.Right) / 2, Height - 4, across.Name));
    }

    private Plot(string label, IReadOnlyList<string> names, PlotScale values, PlotScale across, Func<double, string> say, string unit)
    {
        (_names, _values, _across) = (names, values, across);
        var left = 14 + (values.Ticks().Max(tick => Letters(PageWords.Tick(say(tick)))) * Letter);
        _area = (left, Width - 10, 24, Height - 34);
        if (names.Count > 0)
        {
            // All names in the same manner: beside each other in a line or three, or turned.
            _turned = !names.All(name => Wrapped(name, Band) is { Count: <= MostRows });
            _area.Bottom = _turned ? Height - 62 : Height - 13 - (11 * names.Max(name => Wrapped(name, Band).Count));
        }

        _svg.Append(CultureInfo.InvariantCulture, $"<svg class=\"plot\" viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-label=\"{PrintedPage.Encode(label)}\">");
        foreach (var tick in values.Ticks())
        {
            Add($"<path class=\"grid\" d=\"M{N(_area.Left)} {N(Y(tick))}H{N(_area.Right)}\"/>{Text(_area.Left - 5, Y(tick) + 3.5, PageWords.Tick(say(tick)), "end")}");
        }

        Add(Text(2, 11, unit, "start"));
    }

    /// <summary>What is free on both sides of a name's middle, together.</summary>
    public double Band => (_area.Right - _area.Left) / Math.Max(1, _names.Count);

    public (double Top, double Bottom) Span => (_area.Top, _area.Bottom);

    public double X(int at) => _area.Left + ((at + 0.5) * Band);

    public double X(double value) => _area.Left + (_across.Share(value) * (_area.Right - _area.Left));

    public double Y(double value) => _area.Bottom - (_values.Share(value) * (_area.Bottom - _area.Top));

    /// <summary>In the drawing's own measure, as SVG writes numbers.</summary>
    public static string N(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);

    public static string Text(double x, double y, string text, string kind = "") =>
        $"<text{(kind.Length == 0 ? "" : $" class=\"{kind}\"")} x=\"{N(x)}\" y=\"{N(y)}\">{PrintedPage.Encode(text)}</text>";

    /// <summary>How wide a text is, in Latin letters: a Chinese one is as wide as it is high.</summary>
    public static double Letters(string text) => text.Sum(letter => letter > '\u2e7f' ? 1.85 : 1);

    public Plot Add(string svg)
    {
        _svg.Append(svg);
        return this;
    }

    /// <summary>A line across with its name at its end: a target, a middle, a limit.</summary>
    public Plot Across(double? value, string name, string kind = "target")
    {
        if (value is { } at)
        {
            Add($"<path class=\"{kind}\" d=\"M{N(_area.Left)} {N(Y(at))}H{N(_area.Right)}\"/>{Text(_area.Right, Y(at) < _area.Top + 12 ? Y(at) + 11 : Y(at) - 4, name, "end over")}");
        }

        return this;
    }

    /// <summary>A line upwards at a number across.</summary>
    public Plot Upwards(double? value)
    {
        if (value is { } at)
        {
            Add($"<path class=\"target\" d=\"M{N(X(at))} {N(_area.Top)}V{N(_area.Bottom)}\"/>");
        }

        return this;
    }

    public override string ToString() => _svg.ToString() + "</svg>";

    private List<string>? Rows(string name) => _turned ? null : Wrapped(name, Band);

    // Chinese breaks anywhere, other words where they end; a word that is too long takes more lines than there are.
    private static List<string> Wrapped(string name, double room)
    {
        var lines = new List<string> { "" };
        foreach (var part in name.Any(letter => letter > '\u2e7f') ? name.Select(letter => letter.ToString()) : name.Split(' ').Select((word, at) => at == 0 ? word : " " + word))
        {
            if (lines[^1].Length > 0 && Letters(lines[^1] + part) * Letter > room - 4)
            {
                lines.Add("");
            }

            lines[^1] += lines[^1].Length == 0 ? part.TrimStart() : part;
        }

        return lines.TrueForAll(line => Letters(line) * Letter <= room - 2) ? lines : [.. Enumerable.Repeat("", MostRows + 1)];
    }
}
