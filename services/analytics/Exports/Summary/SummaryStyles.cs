using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Spreadsheet;

namespace Gengdu.Analytics.Exports.Summary;

/// <summary>Collects the looks a workbook uses; each distinct one is one cell format. A light is a fill and a sign in the number's format, so colour is never alone.</summary>
internal sealed class SummaryStyles
{
    private static readonly string[] Fills = ["FFE8F0EA", "FFFBE3DF", "FFFDF1D3", "FFF3F5F1"];
    private readonly List<(string Kind, int Decimals, string Light, bool Bold)> _formats = [("plain", -1, "none", false)];
    private readonly List<string> _numbers = [];

    public uint Number(int decimals, string light, bool bold) => Index(("number", decimals, light, bold));

    /// <summary>"title", "line", "heading", "name", "name2", "wrap" or "note".</summary>
    public uint Text(string kind, bool bold = false) => Index((kind, -1, "none", bold));

    public Stylesheet ToStylesheet()
    {
        var formats = new CellFormats(_formats.Select(Format));
        return new(
            new NumberingFormats(_numbers.Select((code, i) => new NumberingFormat { NumberFormatId = (uint)(164 + i), FormatCode = code })),
            new Fonts(Font(10, false), Font(10, true), Font(16, true), Font(9, false, "FF5A665F")),
            new Fills([new Fill(new PatternFill { PatternType = PatternValues.None }), new Fill(new PatternFill { PatternType = PatternValues.Gray125 }), .. Fills.Select(Fill)]),
            new Borders(new Border(), Thin()),
            new CellStyleFormats(new CellFormat()), formats);
    }

    private uint Index((string, int, string, bool) format)
    {
        var at = _formats.IndexOf(format);
        if (at < 0)
        {
            at = _formats.Count;
            _formats.Add(format);
            _ = NumberId(format);
        }

        return (uint)at;
    }

    private uint NumberId((string Kind, int Decimals, string Light, bool Bold) format)
    {
        if (format.Kind != "number")
        {
            return 0;
        }

        var plain = format.Decimals > 0 ? "#,##0." + new string('0', format.Decimals) : "#,##0";
        var code = format.Light switch { "red" => $"{plain}\" ▼\"", "amber" => $"{plain}\" △\"", _ => plain };
        if (!_numbers.Contains(code))
        {
            _numbers.Add(code);
        }

        return (uint)(164 + _numbers.IndexOf(code));
    }

    private CellFormat Format((string Kind, int Decimals, string Light, bool Bold) format)
    {
        var isPlain = format.Kind is "plain" or "title" or "line" or "note";
        return new()
        {
            NumberFormatId = NumberId(format),
            ApplyNumberFormat = format.Kind == "number",
            FontId = format.Kind switch { "title" => 2u, "line" or "note" => 3u, "heading" => 1u, _ => format.Bold ? 1u : 0u },
            ApplyFont = true,
            FillId = (format.Kind, format.Light, format.Bold) switch { ("heading", _, _) => 2u, (_, "red", _) => 3u, (_, "amber", _) => 4u, (_, _, true) => 5u, _ => 0u },
            ApplyFill = true,
            BorderId = isPlain ? 0u : 1u,
            ApplyBorder = true,
            ApplyAlignment = true,
            Alignment = new()
            {
                Vertical = VerticalAlignmentValues.Center,
                Horizontal = format.Kind switch { "title" or "line" or "heading" => HorizontalAlignmentValues.Center, "number" => HorizontalAlignmentValues.Right, _ => HorizontalAlignmentValues.Left },
                WrapText = format.Kind is "heading" or "wrap",
                ShrinkToFit = format.Kind is "name" or "name2",
                Indent = format.Kind == "name2" ? 2u : 0u,
            },
        };
    }

    private static Font Font(double size, bool bold, string? colour = null)
    {
        var font = new Font();
        if (bold)
        {
            font.Append(new Bold());
        }

        font.Append(new FontSize { Val = size });
        if (colour is not null)
        {
            font.Append(new Color { Rgb = colour });
        }

        font.Append(new FontName { Val = "宋体" });
        return font;
    }

    private static Fill Fill(string colour) => new(new PatternFill(new ForegroundColor { Rgb = colour }) { PatternType = PatternValues.Solid });

    private static Border Thin()
    {
        static T Edge<T>()
            where T : BorderPropertiesType, new() => new() { Style = BorderStyleValues.Thin, Color = new Color { Rgb = "FF9AA59D" } };
        return new(Edge<LeftBorder>(), Edge<RightBorder>(), Edge<TopBorder>(), Edge<BottomBorder>());
    }
}
