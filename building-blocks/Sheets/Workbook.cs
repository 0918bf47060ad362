using System.IO.Compression;
using System.Text;
using System.Xml;
using ExcelDataReader;

namespace Gengdu.Sheets;

/// <summary>
/// The first sheet of an XLSX as texts. What could hurt is refused before a cell is read: macros, and packages that unpack to
/// more than anybody types. Whoever reads on stops when they have enough; the rest of the sheet is never read.
/// </summary>
internal static class Workbook
{
    private const int MostParts = 200;
    private static readonly byte[] Zip = "PK\u0003\u0004"u8.ToArray();
    private static readonly byte[] Compound = [0xD0, 0xCF, 0x11, 0xE0];

    // The reader asks for code page 1252 even when it never uses it.
    static Workbook() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    public static bool Is(byte[] file) => file.AsSpan().StartsWith(Zip);

    /// <summary>An XLS, or an XLSX with a password.</summary>
    public static bool IsOldOrEncrypted(byte[] file) => file.AsSpan().StartsWith(Compound);

    /// <summary>Why it is not opened, with the cells of the first sheet that hold formulas.</summary>
    public static (SheetFault? Refused, HashSet<(int Row, int Column)> Formulas) Look(byte[] file, SheetLimits limits)
    {
        var formulas = new HashSet<(int, int)>();
        try
        {
            using var package = new ZipArchive(new MemoryStream(file, writable: false), ZipArchiveMode.Read);
            if (package.Entries.Count > MostParts || !Fits(package, limits.LargestUnpacked))
            {
                return (SheetFault.TooLarge, formulas);
            }

            if (package.Entries.Any(part => part.Name.StartsWith("vbaProject", StringComparison.OrdinalIgnoreCase)))
            {
                return (SheetFault.Macro, formulas);
            }

            var sheet = package.Entries.Where(part => part.FullName.StartsWith("xl/worksheets/", StringComparison.OrdinalIgnoreCase) && part.Name.EndsWith(".xml", StringComparison.OrdinalIgnoreCase))
                .OrderBy(part => part.Name.Length).ThenBy(part => part.Name, StringComparer.OrdinalIgnoreCase).FirstOrDefault();
            if (sheet is null)
            {
                return (SheetFault.Unreadable, formulas);
            }

            FindFormulas(sheet, formulas, limits.MostRows);
            return (null, formulas);
        }
        catch (Exception fault) when (fault is InvalidDataException or XmlException or NotSupportedException or IOException)
        {
            return (SheetFault.Unreadable, formulas);
        }
    }

    /// <summary>Row by row, numbered as in the sheet; empty ones too. Throws what <see cref="IsUnreadable"/> knows.</summary>
    public static IEnumerable<(int Row, string[] Cells)> Rows(byte[] file, int mostColumns)
    {
        using var reader = ExcelReaderFactory.CreateOpenXmlReader(new MemoryStream(file, writable: false));
        for (var row = 1; reader.Read(); row++)
        {
            yield return (row, [.. Enumerable.Range(0, Math.Min(reader.FieldCount, mostColumns)).Select(i => SheetText.Of(reader.GetValue(i), reader.GetNumberFormatString(i)))]);
        }
    }

    /// <summary>The reader has no exception of its own for everything that bent bytes do to it.</summary>
    public static bool IsUnreadable(Exception fault) => fault is ExcelDataReader.Exceptions.ExcelReaderException or InvalidDataException or XmlException or IOException
        or FormatException or OverflowException or ArgumentException or NullReferenceException or InvalidOperationException or IndexOutOfRangeException or KeyNotFoundException or NotSupportedException;

    // Counted while unpacking: what a package says of its own sizes may be a lie.
    private static bool Fits(ZipArchive package, long most)
    {
        var (buffer, left) = (new byte[81920], most);
        foreach (var part in package.Entries)
        {
            using var stream = part.Open();
            for (int read; (read = stream.Read(buffer)) > 0;)
            {
                if ((left -= read) < 0)
                {
                    return false;
                }
            }
        }

        return true;
    }

    private static void FindFormulas(ZipArchiveEntry sheet, HashSet<(int, int)> formulas, int mostRows)
    {
        using var stream = sheet.Open();
        using var xml = XmlReader.Create(stream, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
        string? cell = null;
        while (xml.Read())
        {
            if (xml.NodeType != XmlNodeType.Element)
            {
                continue;
            }

            cell = xml.LocalName == "c" ? xml.GetAttribute("r") : cell;
            if (xml.LocalName == "f" && SheetText.Address(cell) is { } at)
            {
                formulas.Add(at);
                if (at.Row > mostRows * 2)
                {
                    return;
                }
            }
        }
    }
}
