using System.Buffers;
using System.Text;

namespace Gengdu.Analytics.Exports.Values;

/// <summary>
/// A text as one cell of a CSV file. What a spreadsheet would take for a formula gets an apostrophe before it: what schools wrote is opened on
/// other people's machines. Numbers are written elsewhere and stay numbers.
/// </summary>
internal static class CsvText
{
    // Full-width signs count too: some spreadsheets turn them into the others.
    private static readonly SearchValues<char> s_starts = SearchValues.Create("=+-@\t\r\n＝＋－＠");
    private static readonly SearchValues<char> s_quoted = SearchValues.Create(",\"\r\n;");

    public static string Of(string text)
    {
        var first = text.AsSpan().TrimStart(' ');
        if (first.Length > 0 && s_starts.Contains(first[0]))
        {
            text = "'" + text;
        }

        return text.AsSpan().ContainsAny(s_quoted) ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
    }

    public static void Append(IBufferWriter<byte> to, string text) => Encoding.UTF8.GetBytes(Of(text), to);
}
