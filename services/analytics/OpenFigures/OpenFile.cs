using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Gengdu.Analytics.OpenFigures;

/// <summary>The open data file: UTF-8 with its mark, so that Excel reads Chinese; one line a place and indicator, in the order of codes.</summary>
internal static class OpenFile
{
    private const string Head = "cycle,publication,standing,place_code,level,place_zh,place_en,indicator,indicator_zh,indicator_en,unit_zh,unit_en,cell,value,schools,told_in";

    public static byte[] Csv(OpenNames names, int number, bool final, IReadOnlyList<OpenCell> cells)
    {
        var places = names.Places.ToDictionary(place => place.Path, place => place.Place);
        var indicators = names.Indicators.ToDictionary(indicator => indicator.Id);
        var text = new StringBuilder(Head).Append("\r\n");
        foreach (var cell in cells.Where(cell => places.ContainsKey(cell.Path)).OrderBy(cell => places[cell.Path].Code, StringComparer.Ordinal).ThenBy(cell => cell.Indicator, StringComparer.Ordinal))
        {
            var (place, indicator) = (places[cell.Path], indicators[cell.Indicator]);
            text.AppendJoin(',', ((string?[])
            [
                names.Cycle.PeriodKey, number.ToString(CultureInfo.InvariantCulture), final ? "final" : "provisional", place.Code, place.Level, place.Name.Zh, place.Name.En,
                indicator.Id, indicator.Name.Zh, indicator.Name.En, indicator.Unit?.Zh, indicator.Unit?.En, cell.State, cell.Value?.ToString(CultureInfo.InvariantCulture),
                cell.Schools?.ToString(CultureInfo.InvariantCulture), cell.Since.ToString(CultureInfo.InvariantCulture),
            ]).Select(Field)).Append("\r\n");
        }

        return [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(text.ToString())];
    }

    public static string Sha256(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));

    // A name that a spreadsheet would take for a formula is given as text.
    private static string Field(string? field)
    {
        var safe = field is ['=' or '+' or '@' or '\t' or '\r' or '\n', ..] || (field is ['-', ..] && !decimal.TryParse(field, CultureInfo.InvariantCulture, out _)) ? "'" + field : field ?? "";
        return safe.AsSpan().ContainsAny("\",\r\n") ? $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : safe;
    }
}
