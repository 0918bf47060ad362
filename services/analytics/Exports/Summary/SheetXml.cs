using System.Globalization;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Spreadsheet;

namespace Gengdu.Analytics.Exports.Summary;

/// <summary>Cells as they are written. Texts are inline texts, never formulas, whatever they begin with.</summary>
internal static class SheetXml
{
    public static void Row(OpenXmlWriter xml, uint number, double height, IEnumerable<(string Text, uint Style)> cells)
    {
        xml.WriteStartElement(new Row { RowIndex = number, Height = height, CustomHeight = true });
        foreach (var (i, (text, style)) in cells.Index())
        {
            Text(xml, Address(i, number), text, style);
        }

        xml.WriteEndElement();
    }

    public static void Text(OpenXmlWriter xml, string at, string text, uint style) =>
        xml.WriteElement(new Cell(new InlineString(new Text(text) { Space = SpaceProcessingModeValues.Preserve })) { CellReference = at, DataType = CellValues.InlineString, StyleIndex = style });

    public static void Number(OpenXmlWriter xml, string at, decimal value, uint style) =>
        xml.WriteElement(new Cell(new CellValue(value.ToString(CultureInfo.InvariantCulture))) { CellReference = at, StyleIndex = style });

    public static Column Width(uint from, uint to, double width) => new() { Min = from, Max = to, Width = width, CustomWidth = true };

    public static MergeCell Merge(int column, uint row, int toColumn, uint toRow) => new() { Reference = $"{Address(column, row)}:{Address(toColumn, toRow)}" };

    public static string Address(int column, uint row) => string.Create(CultureInfo.InvariantCulture, $"{Letters(column)}{row}");

    /// <summary>The watermark goes along with each printed page.</summary>
    public static HeaderFooter Footer(string watermark) => new(new OddFooter($"&L&8{watermark.Replace("&", "&&", StringComparison.Ordinal)}&R&8&P / &N"));

    private static string Letters(int column) => column < 26 ? ((char)('A' + column)).ToString() : Letters((column / 26) - 1) + (char)('A' + (column % 26));
}
