using System.Text.Json;
using System.Text.RegularExpressions;
using Gengdu.Rules.Cel;

namespace Gengdu.Rules;

/// <summary>The checks a field (or a column) carries in its definition, ready to run on one cell.</summary>
internal sealed class FieldChecker(Field field, Regex? pattern, CelExpression? showIf)
{
    private readonly HashSet<string> _options = field.Options?.Select(option => option.Key).ToHashSet(StringComparer.Ordinal) ?? [];

    /// <summary>Names the condition reads.</summary>
    public IReadOnlyList<string> Names => showIf?.Names ?? [];

    /// <summary>Whether the form asks for the field; a condition that can't be told hides it.</summary>
    public bool IsShown(CelFrame frame) => showIf is null || showIf.Evaluate(frame).IsTrue;

    /// <summary>Whether nothing was entered; a value of another type is something.</summary>
    public bool IsMissing(JsonElement cell) => cell.ValueKind switch
    {
        JsonValueKind.Undefined or JsonValueKind.Null => true,
        JsonValueKind.String => field.Type != "rows" && cell.ValueEquals(""u8),
        JsonValueKind.Array => field.Type == "choices" && cell.GetArrayLength() == 0,
        _ => false,
    };

    /// <summary>The first check the cell fails, as the check's name and a message, or null.</summary>
    public (string Check, Text Message)? Check(JsonElement cell, Text label) => field.Type switch
    {
        "integer" or "decimal" => CheckNumber(cell, label),
        "boolean" => cell.ValueKind is JsonValueKind.True or JsonValueKind.False ? null : FieldTexts.Type(field, label),
        "choice" => cell.ValueKind != JsonValueKind.String ? FieldTexts.Type(field, label) : CheckOption(cell, label),
        "choices" => CheckChoices(cell, label),
        "date" => cell.ValueKind == JsonValueKind.String && CelFunctions.TryDate(cell.GetString()!, out _) ? null : FieldTexts.Type(field, label),
        _ => CheckText(cell, label),
    };

    private (string Check, Text Message)? CheckNumber(JsonElement cell, Text label)
    {
        if (cell.ValueKind != JsonValueKind.Number) return FieldTexts.Type(field, label);
        var value = cell.GetDouble();
        if (field.Type == "integer" && Math.Floor(value) != value) return FieldTexts.Type(field, label);
        if (value < field.Min || value > field.Max) return FieldTexts.Range(field, label, value);
        if (field.Step is not { } step) return null;
        var steps = (value - (field.Min ?? 0)) / step;
        // Decimal steps such as 0.1 have no exact double: what is within a millionth of a step is a multiple.
        return Math.Abs(steps - Math.Floor(steps + 0.5)) <= 1e-6 ? null : FieldTexts.Step(label, step);
    }

    private (string Check, Text Message)? CheckOption(JsonElement cell, Text label)
    {
        var key = cell.GetString()!;
        return _options.Contains(key) ? null : FieldTexts.Option(label, key);
    }

    private (string Check, Text Message)? CheckChoices(JsonElement cell, Text label)
    {
        if (cell.ValueKind != JsonValueKind.Array) return FieldTexts.Type(field, label);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var item in cell.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.String || !seen.Add(item.GetString()!)) return FieldTexts.Type(field, label);
            if (CheckOption(item, label) is { } problem) return problem;
        }
        return null;
    }

    private (string Check, Text Message)? CheckText(JsonElement cell, Text label)
    {
        if (cell.ValueKind != JsonValueKind.String) return FieldTexts.Type(field, label);
        var text = cell.GetString()!;
        if (text.Length > field.MaxLength) return FieldTexts.Length(label, field.MaxLength.Value, text.Length);
        return pattern is null || pattern.IsMatch(text) ? null : FieldTexts.Pattern(label);
    }
}
