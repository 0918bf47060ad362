using System.Globalization;
using System.Text.Json;
using Gengdu.Rules;

namespace Gengdu.Analytics.Quality;

/// <summary>The numbers of a module that people typed, by the cell they stand in. What the system fills in says nothing about how somebody filled in.</summary>
internal static class TypedNumbers
{
    public static IReadOnlyDictionary<string, double> Of(Module module, JsonElement values)
    {
        var numbers = new Dictionary<string, double>(StringComparer.Ordinal);
        if (values.ValueKind != JsonValueKind.Object)
        {
            return numbers;
        }

        foreach (var field in module.Fields.Where(IsTyped))
        {
            if (!values.TryGetProperty(field.Key, out var value))
            {
                continue;
            }

            if (field.Columns is not null)
            {
                AddRows(field, value, numbers);
            }
            else if (field.IsNumber && !field.IsMatrix)
            {
                Add(field.Key, value, numbers);
            }
            else if (field.IsNumber && value.ValueKind == JsonValueKind.Object)
            {
                foreach (var grade in value.EnumerateObject())
                {
                    Add($"{field.Key}/{grade.Name}", grade.Value, numbers);
                }
            }
        }

        return numbers;
    }

    // Rows by their place and not by their id: who copies a table types new rows.
    private static void AddRows(Field field, JsonElement rows, Dictionary<string, double> numbers)
    {
        if (rows.ValueKind != JsonValueKind.Array)
        {
            return;
        }

        var place = 0;
        foreach (var row in rows.EnumerateArray())
        {
            foreach (var column in field.Columns!.Where(column => column.IsNumber && IsTyped(column)))
            {
                if (row.ValueKind == JsonValueKind.Object && row.TryGetProperty(column.Key, out var value))
                {
                    Add(string.Create(CultureInfo.InvariantCulture, $"{field.Key}/{place}/{column.Key}"), value, numbers);
                }
            }

            place++;
        }
    }

    private static bool IsTyped(Field field) => !field.ReadOnly && !field.IsPersonal && field.Prefill is null or "previous";

    private static void Add(string cell, JsonElement value, Dictionary<string, double> numbers)
    {
        if (value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number))
        {
            numbers[cell] = number;
        }
    }
}
