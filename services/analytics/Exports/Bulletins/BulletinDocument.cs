using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;

namespace Gengdu.Analytics.Exports.Bulletins;

/// <summary>The bulletin for Word: an office finishes it there, so headings are headings, tables are tables and their first row is repeated on each page.</summary>
internal static class BulletinDocument
{
    private const string Red = "C00000";
    private const string Serif = "仿宋";
    private const string Bold = "黑体";

    // In twentieths of a point: between the margins.
    private const int TextWidth = 9071;
    private const int Many = 8;
    private const int LongestName = 34;
    private const int LongestWord = 8;

    // Of a letter on its side, with what a wide fallback of the font takes.
    private const int LetterHeight = 110;

    public static byte[] Write(Bulletin bulletin, ExportWords words)
    {
        using var content = new MemoryStream();
        using (var document = WordprocessingDocument.Create(content, WordprocessingDocumentType.Document))
        {
            var main = document.AddMainDocumentPart();
            main.AddNewPart<StyleDefinitionsPart>().Styles = Styles(words);
            var footer = main.AddNewPart<FooterPart>();
            footer.Footer = new(Line([Run("— ", 20), .. PageNumber(), Run(" —", 20)], JustificationValues.Center), Line([Run(bulletin.Watermark, 14, colour: "808080")], JustificationValues.Center));
            var body = new Body();
            body.Append(Line([Run(bulletin.Head, 48, bold: true, colour: Red)], JustificationValues.Center, after: 240));
            body.Append(Line([Run(bulletin.Number, 24)], JustificationValues.Center, after: 120, rule: true));
            body.Append(Line([Run(bulletin.Title, 36, bold: true)], JustificationValues.Center, before: 360, after: 240));
            body.Append(Line([Run(bulletin.To, 24)], JustificationValues.Left));
            foreach (var block in bulletin.Blocks)
            {
                body.Append(Blocks(block, words));
            }

            body.Append(Line([Run(bulletin.Seal, 24, colour: Red)], JustificationValues.Right, before: 720, keep: true));
            body.Append(Line([Run(bulletin.Signer, 24)], JustificationValues.Right, keep: true));
            body.Append(Line([Run(bulletin.Date, 24)], JustificationValues.Right, after: 360));
            body.Append(bulletin.Notes.Select(note => Line([Run(note, 17, colour: "444444")], JustificationValues.Left)));
            body.Append(new SectionProperties(
                new FooterReference { Type = HeaderFooterValues.Default, Id = main.GetIdOfPart(footer) }, new PageSize { Width = 11906, Height = 16838 },
                new PageMargin { Top = 1361, Bottom = 1247, Left = 1474, Right = 1361, Header = 720, Footer = 600 }));
            main.Document = new(body);
            document.PackageProperties.Title = bulletin.Title;
            document.PackageProperties.Description = bulletin.Watermark;
        }

        return content.ToArray();
    }

    private static IEnumerable<OpenXmlElement> Blocks(BulletinBlock block, ExportWords words) => block switch
    {
        BulletinHeading heading => [new Paragraph(new ParagraphProperties(new ParagraphStyleId { Val = "Heading1" }), Run(heading.Text, 26, bold: true))],
        BulletinParagraph paragraph => [Line([Run(paragraph.Text, 24)], JustificationValues.Both, after: 80, indented: words.IsChinese)],
        BulletinTable table => [Line([Run(table.Caption, 20, bold: true)], JustificationValues.Center, before: 80, keep: true), TableOf(table), Line([], JustificationValues.Left)],
        _ => [],
    };

    private static Table TableOf(BulletinTable table)
    {
        static T Edge<T>()
            where T : BorderType, new() => new() { Val = BorderValues.Single, Size = 4, Color = "777777" };
        var many = table.Headings.Count > Many;
        var (widths, size) = (Widths(table), !many ? 18 : IsLatin(table.Headings[0]) ? 14 : 15);
        var made = new Table(
            new TableProperties(
                new TableWidth { Type = TableWidthUnitValues.Pct, Width = "5000" },
                new TableBorders(Edge<TopBorder>(), Edge<LeftBorder>(), Edge<BottomBorder>(), Edge<RightBorder>(), Edge<InsideHorizontalBorder>(), Edge<InsideVerticalBorder>()),
                new TableCellMarginDefault(new TableCellLeftMargin { Width = 40, Type = TableWidthValues.Dxa }, new TableCellRightMargin { Width = 40, Type = TableWidthValues.Dxa })),
            new TableGrid(widths.Select(width => new GridColumn { Width = $"{width}" })));
        var upright = Upright(table);
        var row = new TableRowProperties(new CantSplit(), new TableHeader());
        if (upright)
        {
            row.Append(new TableRowHeight { Val = (uint)(table.Headings.Max(heading => heading.Split(' ').Max(word => word.Length)) * LetterHeight), HeightType = HeightRuleValues.AtLeast });
        }

        made.Append(new TableRow(row.ToElements().Concat(table.Headings.Select((heading, i) => Cell(
            heading, JustificationValues.Center, size, shaded: true, halved: many && heading.Length == 4 && heading[0] > 0x2E7F, upright: upright && i > 0)))));
        made.Append(table.Rows.Select(row => new TableRow(new TableRowProperties(new CantSplit()).ToElements()
            .Concat(row.Select((text, i) => Cell(text, i == 0 ? JustificationValues.Left : JustificationValues.Right, size))))));
        return made;
    }

    /// <summary>English words over narrow columns stand on their side, as in statistical tables: lying they were broken in the middle.</summary>
    private static bool Upright(BulletinTable table) => table.Headings.Count > Many && IsLatin(table.Headings[0]);

    /// <summary>As each column's longest text needs it: a name or a heading may take a second line, a number may not, nor a word of a heading while it is not very long.</summary>
    private static IReadOnlyList<int> Widths(BulletinTable table)
    {
        static int Letters(string text) => text.Sum(letter => letter > 0x2E7F ? 2 : 1);
        static int Heading(string text) => IsLatin(text) ? Math.Min(LongestWord, text.Split(' ').Max(word => word.Length)) + 2 : ((Letters(text) + 1) / 2) + 1;
        var (many, edges) = (table.Headings.Count > Many, IsLatin(table.Headings[0]) ? 3 : 1);
        var longestName = many && edges > 1 ? LongestName / 2 : LongestName;
        var needed = table.Headings.Select((heading, column) => table.Rows.Select(row => Letters(row[column])).DefaultIfEmpty(0).Max() is var longest && column == 0
            ? Math.Clamp(longest, 8, longestName) : Math.Max(longest + edges, Upright(table) ? 0 : Heading(heading))).ToList();
        return [.. needed.Select(letters => TextWidth * letters / needed.Sum())];
    }

    private static bool IsLatin(string text) => text.All(letter => letter <= 0x2E7F);

    private static IEnumerable<OpenXmlElement> ToElements(this OpenXmlElement element) => [element];

    // Four characters in a narrow heading are two and two, not three and one.
    private static TableCell Cell(string text, JustificationValues side, int size, bool shaded = false, bool halved = false, bool upright = false) => new(
        new TableCellProperties([
            .. shaded ? [new Shading { Val = ShadingPatternValues.Clear, Fill = "F3F3F1" }] : Array.Empty<OpenXmlElement>(), .. upright ? [new TextDirection { Val = TextDirectionValues.BottomToTopLeftToRight }] : Array.Empty<OpenXmlElement>(),
            new TableCellVerticalAlignment { Val = TableVerticalAlignmentValues.Center }]), Line(halved ? [Run(text[..2], size, bold: true), new Run(new Break()), Run(text[2..], size, bold: true)] : [Run(text, size, bold: shaded)], side));

    private static Paragraph Line(
        IEnumerable<OpenXmlElement> runs, JustificationValues side, int before = 0, int after = 0, bool indented = false, bool rule = false, bool keep = false)
    {
        var properties = new ParagraphProperties();
        if (keep)
        {
            properties.Append(new KeepNext());
        }

        if (rule)
        {
            properties.Append(new ParagraphBorders(new BottomBorder { Val = BorderValues.Single, Size = 16, Space = 6, Color = Red }));
        }

        properties.Append(new SpacingBetweenLines { Before = $"{before}", After = $"{after}" });
        if (indented)
        {
            properties.Append(new Indentation { FirstLine = "480", FirstLineChars = 200 });
        }

        properties.Append(new Justification { Val = side });
        var paragraph = new Paragraph(properties);
        paragraph.Append(runs);
        return paragraph;
    }

    private static Run Run(string text, int halfPoints, bool bold = false, string? colour = null)
    {
        var properties = new RunProperties(new RunFonts { Ascii = "Times New Roman", HighAnsi = "Times New Roman", EastAsia = bold ? Bold : Serif });
        if (bold)
        {
            properties.Append(new Bold());
        }

        if (colour is not null)
        {
            properties.Append(new Color { Val = colour });
        }

        properties.Append(new FontSize { Val = $"{halfPoints}" });
        return new(properties, new Text(text) { Space = SpaceProcessingModeValues.Preserve });
    }

    private static IEnumerable<OpenXmlElement> PageNumber() => [new SimpleField { Instruction = " PAGE " }];

    // A heading known to Word's outline, with the language of the text, so that it is spelled and broken right.
    private static Styles Styles(ExportWords words) => new(
        new DocDefaults(new RunPropertiesDefault(new RunPropertiesBaseStyle(new Languages { Val = "en-US", EastAsia = words.IsChinese ? "zh-CN" : "en-US" }))),
        new Style(
            new StyleName { Val = "heading 1" }, new BasedOn { Val = "Normal" }, new NextParagraphStyle { Val = "Normal" },
            new StyleParagraphProperties(new KeepNext(), new SpacingBetweenLines { Before = "240", After = "60" }, new OutlineLevel { Val = 0 }))
        { Type = StyleValues.Paragraph, StyleId = "Heading1" },
        new Style(new StyleName { Val = "Normal" }) { Type = StyleValues.Paragraph, StyleId = "Normal", Default = true });
}
