using System.IO.Compression;
using System.Security;
using System.Text;

namespace Gengdu.Sheets;

/// <summary>A sheet with headings and no rows. All columns are text, so that codes keep their zeros.</summary>
public static class EmptyWorkbook
{
    public const string ContentType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string Package = "http://schemas.openxmlformats.org/package/2006";
    private const string Kind = "application/vnd.openxmlformats-officedocument.spreadsheetml";

    public static byte[] Make(string sheet, IReadOnlyList<string> headings)
    {
        using var file = new MemoryStream();
        using (var package = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            Add(package, "[Content_Types].xml", $"""
                <Types xmlns="{Package}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="{Kind}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="{Kind}.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="{Kind}.styles+xml"/></Types>
                """);
            Add(package, "_rels/.rels", $"""
                <Relationships xmlns="{Package}/relationships"><Relationship Id="rId1" Type="{Office}/officeDocument" Target="xl/workbook.xml"/></Relationships>
                """);
            Add(package, "xl/_rels/workbook.xml.rels", $"""
                <Relationships xmlns="{Package}/relationships"><Relationship Id="rId1" Type="{Office}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="{Office}/styles" Target="styles.xml"/></Relationships>
                """);
            Add(package, "xl/workbook.xml", $"""
                <workbook xmlns="{Main}" xmlns:r="{Office}"><sheets><sheet name="{SecurityElement.Escape(sheet)}" sheetId="1" r:id="rId1"/></sheets></workbook>
                """);
            // Format 49 is text.
            Add(package, "xl/styles.xml", $"""
                <styleSheet xmlns="{Main}"><fonts count="1"><font/></fonts><fills count="1"><fill/></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2"><xf/><xf numFmtId="49" applyNumberFormat="1"/></cellXfs></styleSheet>
                """);
            var cells = headings.Select((heading, i) => $"<c r=\"{SheetText.ColumnOf(i)}1\" s=\"1\" t=\"inlineStr\"><is><t>{SecurityElement.Escape(heading)}</t></is></c>");
            Add(package, "xl/worksheets/sheet1.xml", $"""
                <worksheet xmlns="{Main}"><cols><col min="1" max="{headings.Count}" width="20" style="1" customWidth="1"/></cols><sheetData><row r="1">{string.Concat(cells)}</row></sheetData></worksheet>
                """);
        }

        return file.ToArray();
    }

    private static void Add(ZipArchive package, string name, string xml)
    {
        using var part = new StreamWriter(package.CreateEntry(name).Open(), new UTF8Encoding(false));
        part.Write("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>");
        part.Write(xml);
    }
}
