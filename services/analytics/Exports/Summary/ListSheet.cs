using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace Gengdu.Analytics.Exports.Summary;

/// <summary>The sheet behind the table: a plain list with one heading, made to be filtered.</summary>
/// <param name="Name">Of the sheet.</param>
internal sealed record ListSheet(string Name, IReadOnlyList<ListColumn> Columns, IReadOnlyList<IReadOnlyList<ListCell>> Rows)
{
    public static void Write(WorksheetPart part, ListSheet list, string watermark, SummaryStyles styles)
    {
        using var xml = OpenXmlWriter.Create(part);
        xml.WriteStartElement(new Worksheet());
        xml.WriteElement(new SheetProperties(new PageSetupProperties { FitToPage = true }));
        xml.WriteElement(new SheetViews(new SheetView(new Pane { VerticalSplit = 1, TopLeftCell = "A2", ActivePane = PaneValues.BottomLeft, State = PaneStateValues.Frozen }) { WorkbookViewId = 0 }));
        xml.WriteElement(new Columns(list.Columns.Select((column, i) => SheetXml.Width((uint)(i + 1), (uint)(i + 1), column.Width))));
        xml.WriteStartElement(new SheetData());
        SheetXml.Row(xml, 1, 20, list.Columns.Select(column => (column.Heading, styles.Text("heading"))));
        var (text, number) = (styles.Text("wrap"), styles.Number(0, "none", bold: false));
        foreach (var (i, row) in list.Rows.Index())
        {
            var line = (uint)(i + 2);
            // As high as its longest text: ten modules are named in several lines, and none is cut.
            xml.WriteStartElement(new Row { RowIndex = line });
            foreach (var (column, cell) in row.Index())
            {
                if (cell.Number is { } value)
                {
                    SheetXml.Number(xml, SheetXml.Address(column, line), value, number);
                }
                else
                {
                    SheetXml.Text(xml, SheetXml.Address(column, line), cell.Text ?? "", text);
                }
            }

            xml.WriteEndElement();
        }

        xml.WriteEndElement();
        xml.WriteElement(new AutoFilter { Reference = $"A1:{SheetXml.Address(list.Columns.Count - 1, (uint)list.Rows.Count + 1)}" });
        xml.WriteElement(new PageMargins { Left = 0.4, Right = 0.4, Top = 0.5, Bottom = 0.6, Header = 0.3, Footer = 0.3 });
        xml.WriteElement(new PageSetup { PaperSize = 9, Orientation = OrientationValues.Landscape, FitToWidth = 1, FitToHeight = 0 });
        xml.WriteElement(SheetXml.Footer(watermark));
        xml.WriteEndElement();
    }
}

/// <summary>One column; its width in signs.</summary>
internal sealed record ListColumn(string Heading, double Width);

/// <summary>A text or a number.</summary>
internal readonly record struct ListCell(string? Text, decimal? Number)
{
    public static implicit operator ListCell(string text) => new(text, null);

    public static implicit operator ListCell(int number) => new(null, number);
}
