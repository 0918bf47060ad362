using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Gengdu.Rules.Cel;

namespace Gengdu.Rules;

/// <summary>
/// Turns JSON into values of expressions. What doesn't have the field's type counts as missing: the field check "type" says so,
/// and no rule has to guard against a text where a number belongs. Matrices come out in the programme's order of grades and rows
/// with every column, whatever order the document (or jsonb) had, so both sides add in the same order.
/// </summary>
internal static class ValueReading
{
    private const int LongestKey = 128;

    public static CelValue Read(ValueLayout layout, int slot, JsonElement json)
    {
        var field = layout.Fields[slot];
        if (field.IsMatrix) return Matrix(layout, slot, json);
        return field.Type == "rows" ? Rows(layout, slot, json) : Or(Cell(field, json), layout.EmptyAt(slot));
    }

    /// <summary>The value of one cell, or Null when it is missing or of another type.</summary>
    public static CelValue Cell(Field field, JsonElement json) => (field.Type, json.ValueKind) switch
    {
        ("integer" or "decimal", JsonValueKind.Number) => CelValue.Of(json.GetDouble()),
        ("boolean", JsonValueKind.True) => CelValue.True,
        ("boolean", JsonValueKind.False) => CelValue.False,
        ("text" or "choice", JsonValueKind.String) => json.GetString() is { Length: > 0 } text ? CelValue.Of(text) : CelValue.Null,
        ("date", JsonValueKind.String) => json.GetString() is { } text && CelFunctions.TryDate(text, out _) ? CelValue.Of(text) : CelValue.Null,
        ("choices", JsonValueKind.Array) => Choices(json),
        _ => CelValue.Null,
    };

    public static int IndexOf(CelShape shape, JsonProperty property)
    {
        var utf8 = JsonMarshal.GetRawUtf8PropertyName(property);
        if (utf8.Length > LongestKey || utf8.Contains((byte)'\\')) return shape.IndexOf(property.Name);
        Span<char> key = stackalloc char[LongestKey];
        return shape.IndexOf(key[..Encoding.UTF8.GetChars(utf8, key)]);
    }

    private static CelValue Or(CelValue value, CelValue otherwise) => value.IsNothing ? otherwise : value;

    private static CelValue Choices(JsonElement json)
    {
        var values = new List<CelValue>(json.GetArrayLength());
        foreach (var item in json.EnumerateArray())
            if (item.ValueKind == JsonValueKind.String) values.Add(CelValue.Of(item.GetString()));
        return values.Count == 0 ? CelValue.Null : CelValue.Of([.. values]);
    }

    private static CelValue Matrix(ValueLayout layout, int slot, JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object) return layout.EmptyAt(slot);
        var values = new CelValue[layout.Grades.Keys.Length];
        foreach (var property in json.EnumerateObject())
            if (IndexOf(layout.Grades, property) is >= 0 and var index) values[index] = Or(Cell(layout.Fields[slot], property.Value), default);
        return CelValue.Of(new CelMap(layout.Grades, values));
    }

    private static CelValue Rows(ValueLayout layout, int slot, JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Array) return CelValue.EmptyList;
        var rows = new List<CelValue>(json.GetArrayLength());
        foreach (var item in json.EnumerateArray())
            if (item.ValueKind == JsonValueKind.Object) rows.Add(CelValue.Of(Row(layout, slot, item)));
        return CelValue.Of([.. rows]);
    }

    private static CelMap Row(ValueLayout layout, int slot, JsonElement json)
    {
        var shape = layout.RowShapeAt(slot);
        var columns = layout.Fields[slot].Columns!;
        var values = new CelValue[shape.Keys.Length];
        Array.Fill(values, CelValue.Null);
        foreach (var property in json.EnumerateObject())
        {
            var index = IndexOf(shape, property);
            if (index == 0 && property.Value.ValueKind == JsonValueKind.String) values[0] = CelValue.Of(property.Value.GetString());
            else if (index > 0) values[index] = Cell(columns[index - 1], property.Value);
        }
        return new CelMap(shape, values);
    }
}
