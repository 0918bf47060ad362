using System.Text.Json;
using System.Text.Json.Nodes;
using Gengdu.Rules;

namespace Gengdu.Reporting.ModuleReports.Values;

/// <summary>The cells of class personal or sensitive in a values document: single values, one a grade, and cells of rows.</summary>
internal static class PersonalCells
{
    public static bool AnyIn(Module module) => module.Fields.Any(field => field.HasPersonalPart);

    /// <summary>"field" where the whole field is personal, else "field/column".</summary>
    public static IReadOnlyList<string> NamesIn(Module module) =>
        [.. module.Fields.SelectMany(field => field.IsPersonal ? [field.Key] : field.Columns?.Where(column => column.IsPersonal).Select(column => $"{field.Key}/{column.Key}") ?? [])];

    /// <summary>Whether an address is that of a personal cell, of a row with one, or of a table that holds some.</summary>
    public static bool IsPersonal(Module module, string? at)
    {
        var parts = at?.Split('/') ?? [];
        return parts.Length > 0 && module.Field(parts[0]) is { } field
            && (field.IsPersonal || (parts.Length < 3 ? field.HasPersonalPart : field.Columns?.Any(column => column.Key == parts[2] && column.IsPersonal) == true));
    }

    /// <param name="module">Whose fields say what is personal.</param>
    /// <param name="values">The document; it is not changed.</param>
    /// <param name="replace">Gets a cell's address and content; gives what stands there instead, null for nothing.</param>
    public static JsonElement Replace(Module module, JsonElement values, Func<string, JsonElement, JsonNode?> replace)
    {
        if (!AnyIn(module))
        {
            return values;
        }

        var document = JsonObject.Create(values)!;
        foreach (var field in module.Fields.Where(field => field.HasPersonalPart && document.ContainsKey(field.Key)))
        {
            var value = values.GetProperty(field.Key);
            switch (value.ValueKind)
            {
                case JsonValueKind.Array when field.Type == "rows":
                    ReplaceInRows(field, value, document[field.Key]!.AsArray(), replace);
                    break;
                case JsonValueKind.Object when field.IsMatrix && !IsMark(value):
                    foreach (var cell in value.EnumerateObject())
                    {
                        Put(document[field.Key]!.AsObject(), cell.Name, replace($"{field.Key}/{cell.Name}", cell.Value));
                    }

                    break;
                default:
                    Put(document, field.Key, replace(field.Key, value));
                    break;
            }
        }

        return JsonSerializer.SerializeToElement(document);
    }

    /// <summary>Whether a cell holds what stands in a value's place and not a value: no value of a personal cell is an object.</summary>
    public static bool IsMark(JsonElement cell) => cell.ValueKind == JsonValueKind.Object && cell.TryGetProperty(PersonalSeal.Digest, out _);

    public static bool AnyMark(Module module, JsonElement values)
    {
        var found = false;
        Replace(module, values, (_, cell) =>
        {
            found |= IsMark(cell);
            return null;
        });
        return found;
    }

    private static void ReplaceInRows(Field field, JsonElement rows, JsonArray into, Func<string, JsonElement, JsonNode?> replace)
    {
        var personal = field.Columns!.Where(column => field.IsPersonal || column.IsPersonal).Select(column => column.Key).ToHashSet(StringComparer.Ordinal);
        var index = 0;
        foreach (var row in rows.EnumerateArray())
        {
            var target = into[index++]!.AsObject();
            foreach (var cell in row.EnumerateObject().Where(cell => personal.Contains(cell.Name)))
            {
                Put(target, cell.Name, replace($"{field.Key}/{row.GetProperty("_id").GetString()}/{cell.Name}", cell.Value));
            }
        }
    }

    private static void Put(JsonObject target, string key, JsonNode? value)
    {
        if (value is null)
        {
            target.Remove(key);
        }
        else
        {
            target[key] = value;
        }
    }
}
