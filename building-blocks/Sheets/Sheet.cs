using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;

namespace Gengdu.Sheets;

/// <summary>The first sheet of an XLSX, or a CSV, row by row.</summary>
public static class Sheet
{
    /// <summary>Rows, read as they are taken; taking them may throw what <see cref="IsUnreadable"/> knows.</summary>
    public static (IEnumerable<SheetRow> Rows, SheetFault? Refused) Read(byte[] file, SheetLimits limits)
    {
        if (file.LongLength > limits.LargestFile)
        {
            return ([], SheetFault.TooLarge);
        }

        if (Workbook.Is(file))
        {
            var (refused, formulas) = Workbook.Look(file, limits);
            return refused is not null ? ([], refused) : (Rows(Workbook.Rows(file, limits.MostColumns), (row, column) => formulas.Contains((row, column))), null);
        }

        return Workbook.IsOldOrEncrypted(file) || Decode(file) is not { } read ? ([], SheetFault.Unreadable) : (Rows(CsvRows(read.Text, limits.MostColumns), (_, _) => false), null);
    }

    /// <summary>UTF-8 with or without a mark, else GB18030 as Chinese spreadsheets save it; null when it is neither.</summary>
    public static (string Text, string Encoding)? Decode(byte[] bytes)
    {
        if (bytes.Contains((byte)0))
        {
            return null;
        }

        try
        {
            return (new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes).TrimStart('\uFEFF'), "utf-8");
        }
        catch (DecoderFallbackException)
        {
        }

        try
        {
            var gb18030 = CodePagesEncodingProvider.Instance.GetEncoding("GB18030", EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)!;
            return (gb18030.GetString(bytes), "gb18030");
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    /// <summary>What reading bent bytes may throw.</summary>
    public static bool IsUnreadable(Exception fault) => Workbook.IsUnreadable(fault) || fault is CsvHelperException;

    private static IEnumerable<SheetRow> Rows(IEnumerable<(int Row, string[] Cells)> rows, Func<int, int, bool> isFormula) =>
        rows.Select(row => new SheetRow(row.Row, row.Cells, column => isFormula(row.Row, column) || (column < row.Cells.Length && row.Cells[column] is ['=' or '+' or '-' or '@', ..])));

    private static IEnumerable<(int Row, string[] Cells)> CsvRows(string text, int mostColumns)
    {
        var settings = new CsvConfiguration(CultureInfo.InvariantCulture) { HasHeaderRecord = false, TrimOptions = TrimOptions.Trim, BadDataFound = null, IgnoreBlankLines = false, DetectDelimiter = true, DetectDelimiterValues = [",", "\t", ";"] };
        using var csv = new CsvParser(new StringReader(text), settings);
        while (csv.Read())
        {
            yield return (csv.RawRow, [.. (csv.Record ?? []).Take(mostColumns)]);
        }
    }
}
