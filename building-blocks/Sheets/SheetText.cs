using System.Globalization;

namespace Gengdu.Sheets;

/// <summary>What a cell says, as somebody reads it: codes keep their zeros, days are days.</summary>
public static class SheetText
{
    public static string Of(object? value, string? format) => value switch
    {
        null => "",
        string text => text.Trim(),
        DateTime time => time.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        // "000000" as a format shows zeros that the number itself has not.
        double number when format is { Length: > 1 } && format.All(c => c == '0') => number.ToString(format, CultureInfo.InvariantCulture),
        double number when Math.Abs(number) < 1e15 && number == Math.Truncate(number) => number.ToString("0", CultureInfo.InvariantCulture),
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString()!.Trim(),
    };

    /// <summary>"C7" is row 7, column 2.</summary>
    public static (int Row, int Column)? Address(string? cell)
    {
        var letters = cell?.TakeWhile(char.IsAsciiLetterUpper).Count() ?? 0;
        return letters is > 0 and <= 3 && int.TryParse(cell.AsSpan(letters), NumberStyles.None, CultureInfo.InvariantCulture, out var row)
            ? (row, cell![..letters].Aggregate(0, (sum, letter) => (sum * 26) + letter - 'A' + 1) - 1)
            : null;
    }

    /// <summary>"A" is column 0, "AA" column 26.</summary>
    public static string ColumnOf(int index) => index < 26 ? ((char)('A' + index)).ToString() : ColumnOf((index / 26) - 1) + (char)('A' + (index % 26));

    public static DateOnly? Day(string text) =>
        DateOnly.TryParseExact(text, ["yyyy-MM-dd", "yyyy-M-d", "yyyy/M/d", "yyyy.M.d", "yyyy年M月d日"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
}
