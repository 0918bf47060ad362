using System.Globalization;
using System.Text.Json;
using Gengdu.Rules;
using Gengdu.ServiceDefaults;
using Text = Gengdu.ServiceDefaults.Text;

namespace Gengdu.Reporting.ModuleReports.Values;

/// <summary>
/// What may be stored in a cell at all. A value of the right type but out of range is stored and shown as an error, so that
/// nothing typed is lost; a value of the wrong type cannot have come from the form.
/// </summary>
internal static class CellType
{
    private const int MaxText = 10_000;
    private const int MaxChoices = 200;
    private const double Largest = 1e15;
    private const double Smallest = 1e-6;

    /// <returns>null when the value fits the field's type; null values are not asked about.</returns>
    public static FieldError? Check(Field field, JsonElement value, string at) => field.Type switch
    {
        "integer" => Number(value) is not { } n ? Wrong(at, "应为整数", "must be a whole number") : Math.Floor(n) != n ? Wrong(at, "应为整数", "must be a whole number") : Size(n, at),
        "decimal" => Number(value) is not { } d ? Wrong(at, "应为数字", "must be a number") : Size(d, at),
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False ? null : Wrong(at, "应为 true 或 false", "must be true or false"),
        "date" => value.ValueKind == JsonValueKind.String && DateOnly.TryParseExact(value.GetString(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _)
            ? null : Wrong(at, "应为日期，写法 2026-09-01", "must be a date such as 2026-09-01"),
        "choices" => value.ValueKind == JsonValueKind.Array && value.GetArrayLength() <= MaxChoices && value.EnumerateArray().All(o => o.ValueKind == JsonValueKind.String && o.GetString()!.Length <= 100)
            ? null : Wrong(at, "应为选项列表", "must be a list of options"),
        _ => value.ValueKind == JsonValueKind.String ? Length(field, value.GetString()!, at) : Wrong(at, "应为文字", "must be text"),
    };

    /// <summary>False for half a surrogate pair, broken UTF-8 or a null character: what neither .NET nor Postgres can hold as text.</summary>
    public static bool IsReadable(JsonElement value)
    {
        try
        {
            return value.ValueKind switch
            {
                JsonValueKind.String => !value.GetString()!.Contains('\0', StringComparison.Ordinal),
                JsonValueKind.Array => value.EnumerateArray().All(IsReadable),
                JsonValueKind.Object => value.EnumerateObject().All(m => !m.Name.Contains('\0', StringComparison.Ordinal) && IsReadable(m.Value)),
                _ => true,
            };
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private static double? Number(JsonElement value) => value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) ? number : null;

    private static FieldError? Size(double number, string at) => number == 0 || Math.Abs(number) is >= Smallest and <= Largest ? null
        : new(at, "size", new Text("数字过大或过小，无法保存", "The number is too large or too small to store"));

    private static FieldError? Length(Field field, string text, string at) => text.Length > (field.Type == "choice" ? 100 : MaxText)
        ? new(at, "length", new Text($"文字共 {text.Length:N0} 字，最多 {MaxText:N0} 字", $"The text has {text.Length:N0} characters; at most {MaxText:N0} are stored"))
        : null;

    private static FieldError Wrong(string at, string zh, string en) => new(at, "type", new Text($"此处{zh}", $"This {en}"));
}
