using System.Globalization;
using System.IO.Compression;
using System.Security;
using System.Text;

namespace Gengdu.System.Tests.Browser;

/// <summary>An XLSX of accounts as a county desk's spreadsheet program writes it: the template's headings and texts.</summary>
internal static class AccountSheet
{
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    public static byte[] Of(IEnumerable<string[]> rows)
    {
        using var file = new MemoryStream();
        using (var package = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            Add(package, "xl/workbook.xml", $"""<workbook xmlns="{Main}" xmlns:r="{Office}"><sheets><sheet name="a" sheetId="1" r:id="rId1"/></sheets></workbook>""");
            Add(package, "xl/_rels/workbook.xml.rels",
                $"""<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="{Office}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>""");
            var sheet = new StringBuilder($"""<worksheet xmlns="{Main}"><sheetData>""");
            foreach (var (index, row) in rows.Prepend(["姓名", "登录名", "角色", "机构代码", "有效期至"]).Index())
            {
                sheet.Append(CultureInfo.InvariantCulture, $"<row r=\"{index + 1}\">");
                foreach (var (column, text) in row.Index().Where(cell => cell.Item.Length > 0))
                {
                    sheet.Append(CultureInfo.InvariantCulture, $"<c r=\"{(char)('A' + column)}{index + 1}\" t=\"inlineStr\"><is><t>{SecurityElement.Escape(text)}</t></is></c>");
                }

                sheet.Append("</row>");
            }

            Add(package, "xl/worksheets/sheet1.xml", sheet.Append("</sheetData></worksheet>").ToString());
        }

        return file.ToArray();
    }

    private static void Add(ZipArchive package, string name, string content)
    {
        using var part = package.CreateEntry(name).Open();
        part.Write(Encoding.UTF8.GetBytes(content));
    }
}
