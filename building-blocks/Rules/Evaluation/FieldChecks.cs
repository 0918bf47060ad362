using System.Text.Json;

namespace Gengdu.Rules;

/// <summary>Checks every shown field of a module against its definition; fieldChecks.ts is the twin.</summary>
internal static class FieldChecks
{
    public static void Run(Module module, ValueSet values, EvaluationFrame frame, List<RuleResult> results)
    {
        var layout = frame.Programme.Layout;
        foreach (var field in module.Fields)
        {
            var slot = layout.SlotOf(field.Key);
            var document = values.DocumentAt(slot);
            if (!field.Checker.IsShown(frame.View(zero: false, []))) continue;
            if (field.IsMatrix) Matrix(field, document, frame, results);
            else if (field.Type == "rows") Rows(field, document, results);
            else Cell(field, document, field.Name, field.Key, results);
        }
    }

    private static void Cell(Field field, JsonElement cell, Text label, string address, List<RuleResult> results)
    {
        if (!field.Checker.IsMissing(cell)) Add(field.Checker.Check(cell, label), address, results);
        else if (field.Required && !field.ReadOnly) Add(FieldTexts.Required(label), address, results);
    }

    private static void Matrix(Field field, JsonElement document, EvaluationFrame frame, List<RuleResult> results)
    {
        var given = document.ValueKind == JsonValueKind.Object;
        if (!given && document.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null))
        {
            Add(FieldTexts.NotByGrade(field.Name), field.Key, results);
            return;
        }
        foreach (var grade in frame.Programme.Grades)
        {
            var cell = given && document.TryGetProperty(grade.Key, out var found) ? found : default;
            var address = $"{field.Key}/{grade.Key}";
            if (IsAsked(field, grade, frame)) Cell(field, cell, FieldTexts.Label(field, grade), address, results);
            else if (!field.Checker.IsMissing(cell)) Add(FieldTexts.NotForGrade(field.Name, grade.Name), address, results);
        }
        if (given) UnknownGrades(field, document, frame, results);
    }

    private static void UnknownGrades(Field field, JsonElement document, EvaluationFrame frame, List<RuleResult> results)
    {
        List<string>? unknown = null;
        foreach (var property in document.EnumerateObject())
        {
            if (ValueReading.IndexOf(frame.Programme.Layout.Grades, property) < 0 && !field.Checker.IsMissing(property.Value))
                (unknown ??= []).Add(property.Name);
        }
        unknown?.Sort(StringComparer.Ordinal);
        foreach (var key in unknown ?? []) Add(FieldTexts.NotForGrade(field.Name, new Text(key, key)), $"{field.Key}/{key}", results);
    }

    private static bool IsAsked(Field field, Grade grade, EvaluationFrame frame) =>
        Array.IndexOf(frame.Grades, grade) >= 0 && field.Grades?.Contains(grade.Key) != false;

    private static void Rows(Field field, JsonElement document, List<RuleResult> results)
    {
        if (document.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null || (document.ValueKind == JsonValueKind.Array && document.GetArrayLength() == 0))
        {
            if (field.Required && !field.ReadOnly) Add(FieldTexts.Required(field.Name), field.Key, results);
            return;
        }
        if (!HasRowIds(document))
        {
            Add(FieldTexts.Type(field, field.Name), field.Key, results);
            return;
        }
        if (document.GetArrayLength() > field.MaxRows) Add(FieldTexts.RowCount(field.Name, field.MaxRows.Value, document.GetArrayLength()), field.Key, results);
        var index = 0;
        foreach (var row in document.EnumerateArray())
        {
            var id = row.GetProperty("_id").GetString();
            foreach (var column in field.Columns!)
            {
                var cell = row.TryGetProperty(column.Key, out var found) ? found : default;
                Cell(column, cell, FieldTexts.Label(column, index), $"{field.Key}/{id}/{column.Key}", results);
            }
            index++;
        }
    }

    private static bool HasRowIds(JsonElement document)
    {
        if (document.ValueKind != JsonValueKind.Array) return false;
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var row in document.EnumerateArray())
        {
            if (row.ValueKind != JsonValueKind.Object || !row.TryGetProperty("_id", out var id) || id.ValueKind != JsonValueKind.String
                || id.GetString() is not { Length: > 0 } text || !ids.Add(text)) return false;
        }
        return true;
    }

    private static void Add((string Check, Text Message)? problem, string address, List<RuleResult> results)
    {
        if (problem is { } found) results.Add(new RuleResult($"field:{found.Check}", "error", [address], found.Message));
    }
}
