using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using static Gengdu.Analytics.Exports.Summary.SheetXml;

namespace Gengdu.Analytics.Exports.Summary;

/// <summary>
/// The table as a workbook in the official shape: title, merged headings, unit line, total first. Texts are texts, never formulas, whatever they begin with.
/// Written element by element.
/// </summary>
internal static class SummaryWorkbook
{
    private const int FirstColumns = 3;
    // What a page shows beside the units: title and notes stand over these, else a printer spreads them over all its pages.
    private const int OnePage = 20;
    private const int FewColumns = 10;
    private const uint HeadingRow = 4;
    private const uint FirstRow = 7;

    public static byte[] Write(SummaryTable table)
    {
        using var content = new MemoryStream();
        using (var document = SpreadsheetDocument.Create(content, SpreadsheetDocumentType.Workbook))
        {
            var book = document.AddWorkbookPart();
            var styles = new SummaryStyles();
            var main = book.AddNewPart<WorksheetPart>();
            Units(main, table, styles);
            var list = book.AddNewPart<WorksheetPart>();
            ListSheet.Write(list, table.List, table.Watermark, styles);
            book.AddNewPart<WorkbookStylesPart>().Stylesheet = styles.ToStylesheet();
            book.Workbook = new(
                new Sheets(
                    new Sheet { Id = book.GetIdOfPart(main), SheetId = 1, Name = table.Headings.Sheet },
                    new Sheet { Id = book.GetIdOfPart(list), SheetId = 2, Name = table.List.Name }),
                new DefinedNames(
                    new DefinedName($"'{table.Headings.Sheet}'!$A:$C,'{table.Headings.Sheet}'!$4:$6") { Name = "_xlnm.Print_Titles", LocalSheetId = 0 },
                    new DefinedName($"'{table.List.Name}'!$1:$1") { Name = "_xlnm.Print_Titles", LocalSheetId = 1 }));
            document.PackageProperties.Title = table.Title;
            document.PackageProperties.Description = table.Watermark;
        }

        return content.ToArray();
    }

    private static void Units(WorksheetPart part, SummaryTable table, SummaryStyles styles)
    {
        var columns = table.Columns.ToList();
        var last = FirstColumns + columns.Count;
        using var xml = OpenXmlWriter.Create(part);
        xml.WriteStartElement(new Worksheet());
        xml.WriteElement(new SheetProperties(new PageSetupProperties { FitToPage = true }));
        xml.WriteElement(new SheetViews(new SheetView(new Pane
        { HorizontalSplit = FirstColumns, VerticalSplit = FirstRow - 1, TopLeftCell = $"D{FirstRow}", ActivePane = PaneValues.BottomRight, State = PaneStateValues.Frozen }) { WorkbookViewId = 0 }));
        xml.WriteElement(new Columns(Width(1, 1, 6), Width(2, 2, 14), Width(3, 3, NameWidth(table)), Width(4, (uint)last, 13)));
        xml.WriteStartElement(new SheetData());
        Row(xml, 1, 30, [(table.Title, styles.Text("title"))]);
        foreach (var (i, line) in table.Lines.Index())
        {
            Row(xml, (uint)(2 + i), 16, [(line, styles.Text("line"))]);
        }

        Headings(xml, table, styles);
        foreach (var (i, row) in table.Rows.Index())
        {
            Unit(xml, FirstRow + (uint)i, i, row, columns, styles);
        }

        var below = FirstRow + (uint)table.Rows.Count + 1;
        foreach (var (i, note) in table.Notes.Append(table.Watermark).Index())
        {
            Row(xml, below + (uint)i, 15, [(note, styles.Text("note"))]);
        }

        xml.WriteEndElement();
        xml.WriteElement(new MergeCells(Merges(table, last, below)));
        xml.WriteElement(new PageMargins { Left = 0.4, Right = 0.4, Top = 0.5, Bottom = 0.6, Header = 0.3, Footer = 0.3 });
        // A3 across, some twenty columns a page with the units beside them, A4 where there are few; the watermark goes along with each page.
        xml.WriteElement(new PageSetup { PaperSize = columns.Count <= FewColumns ? 9u : 8u, Orientation = OrientationValues.Landscape, FitToWidth = (uint)Math.Max(1, (columns.Count + 19) / 20), FitToHeight = 0 });
        xml.WriteElement(Footer(table.Watermark));
        xml.WriteEndElement();
    }

    // A Chinese character is as wide as two others; no name is cut, and none takes half the page.
    private static double NameWidth(SummaryTable table) => Math.Clamp(table.Rows.Max(row => row.Name.Sum(c => c > 0x2E7F ? 2 : 1) + (2 * row.Depth)) + 2, 24, 44);

    private static void Headings(OpenXmlWriter xml, SummaryTable table, SummaryStyles styles)
    {
        var style = styles.Text("heading");
        var (top, names, units) = (new List<(string, uint)>(), new List<(string, uint)>(), new List<(string, uint)>());
        foreach (var name in new[] { table.Headings.Number, table.Headings.Code, table.Headings.Unit })
        {
            top.Add((name, style));
            names.Add(("", style));
            units.Add(("", style));
        }

        foreach (var group in table.Groups)
        {
            foreach (var (i, column) in group.Columns.Index())
            {
                top.Add((i == 0 ? group.Name : "", style));
                names.Add((column.Name, style));
                units.Add((column.Unit, style));
            }
        }

        Row(xml, HeadingRow, 20, top);
        Row(xml, HeadingRow + 1, 58, names);
        Row(xml, HeadingRow + 2, 16, units);
    }

    private static void Unit(OpenXmlWriter xml, uint number, int position, SummaryRow row, List<SummaryColumn> columns, SummaryStyles styles)
    {
        var bold = row.Depth == 0;
        xml.WriteStartElement(new Row { RowIndex = number, Height = 18, CustomHeight = true });
        if (position > 0)
        {
            Number(xml, Address(0, number), position, styles.Number(0, "none", bold));
        }
        else
        {
            Text(xml, Address(0, number), "", styles.Text("name", bold));
        }

        Text(xml, Address(1, number), row.Code, styles.Text("name", bold));
        Text(xml, Address(2, number), row.Name, styles.Text(row.Depth == 2 ? "name2" : "name", bold));
        foreach (var (i, cell) in row.Cells.Index())
        {
            if (cell.Value is { } value)
            {
                Number(xml, Address(FirstColumns + i, number), value, styles.Number(columns[i].Decimals, cell.Light, bold));
            }
            else
            {
                Text(xml, Address(FirstColumns + i, number), "–", styles.Number(columns[i].Decimals, "none", bold));
            }
        }

        xml.WriteEndElement();
    }

    private static IEnumerable<MergeCell> Merges(SummaryTable table, int last, uint below)
    {
        for (var row = 1u; row <= 1 + table.Lines.Count; row++)
        {
            yield return Merge(0, row, Math.Min(last, OnePage) - 1, row);
        }

        for (var column = 0; column < FirstColumns; column++)
        {
            yield return Merge(column, HeadingRow, column, HeadingRow + 2);
        }

        var from = FirstColumns;
        foreach (var group in table.Groups)
        {
            if (group.Columns.Count > 1)
            {
                yield return Merge(from, HeadingRow, from + group.Columns.Count - 1, HeadingRow);
            }

            from += group.Columns.Count;
        }

        for (var row = below; row <= below + table.Notes.Count; row++)
        {
            yield return Merge(0, row, Math.Min(last, OnePage) - 1, row);
        }
    }
}
