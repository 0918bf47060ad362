using System.IO.Compression;
using System.Security;
using System.Text;

namespace Gengdu.TestKit;

/// <summary>Workbooks as people send them, good and bad.</summary>
public static class TestWorkbook
{
    /// <summary>An XLSX of texts; a cell "=…" is a formula, "#…" a number.</summary>
    public static byte[] Of(IEnumerable<string[]> rows, params (string Name, byte[] Content)[] more)
    {
        using var file = new MemoryStream();
        using (var package = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            Add(package, "xl/workbook.xml", """<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="a" sheetId="1" r:id="rId1"/></sheets></workbook>"""u8.ToArray());
            Add(package, "xl/_rels/workbook.xml.rels", """<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"""u8.ToArray());
            var sheet = new StringBuilder("""<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>""");
            foreach (var (row, number) in rows.Select((row, i) => (row, i + 1)))
            {
                sheet.Append(System.Globalization.CultureInfo.InvariantCulture, $"<row r=\"{number}\">{string.Concat(row.Select((cell, i) => Cell(cell, $"{(char)('A' + i)}{number}")))}</row>");
            }

            Add(package, "xl/worksheets/sheet1.xml", Encoding.UTF8.GetBytes(sheet.Append("</sheetData></worksheet>").ToString()));
            foreach (var (name, content) in more)
            {
                Add(package, name, content);
            }
        }

        return file.ToArray();
    }

    private static string Cell(string cell, string at) => cell switch
    {
        "" => "",
        ['=', .. var formula] => $"<c r=\"{at}\" t=\"str\"><f>{SecurityElement.Escape(formula)}</f><v>x</v></c>",
        ['#', .. var number] => $"<c r=\"{at}\"><v>{number}</v></c>",
        _ => $"<c r=\"{at}\" t=\"inlineStr\"><is><t>{SecurityElement.Escape(cell)}</t></is></c>",
    };

    private static void Add(ZipArchive package, string name, byte[] content)
    {
        using var part = package.CreateEntry(name).Open();
        part.Write(content);
    }
}
