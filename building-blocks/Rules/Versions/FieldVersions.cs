using System.Text.Json;
using System.Text.Json.Nodes;

namespace Gengdu.Rules;

/// <summary>Reads values that were written with one version of a form by another version of it.</summary>
public static class FieldVersions
{
    /// <summary>
    /// Whether a value keeps its meaning. A number in another unit, one value where there was one a grade, or something personal that
    /// would become public does not, although it might fit.
    /// </summary>
    public static bool Carries(Field from, Field to)
    {
        ArgumentNullException.ThrowIfNull(from);
        ArgumentNullException.ThrowIfNull(to);
        return (from.Type == to.Type || (from.IsNumber && to.IsNumber)) && from.Per == to.Per && from.Unit == to.Unit && (to.IsPersonal || !from.IsPersonal);
    }

    /// <summary>
    /// The part of a document whose fields and columns carry; the rest is left out, as if it had not been answered. So a rule or a figure of
    /// one version never takes a value for what it was not when somebody signed it.
    /// </summary>
    public static JsonElement Read(Module from, Module to, JsonElement values)
    {
        ArgumentNullException.ThrowIfNull(from);
        ArgumentNullException.ThrowIfNull(to);
        if (ReferenceEquals(from, to) || values.ValueKind != JsonValueKind.Object) return values;
        var lost = to.Fields.Where(field => from.Field(field.Key) is not { } old || !Carries(old, field)).Select(field => field.Key).ToHashSet(StringComparer.Ordinal);
        var tables = to.Fields.Where(field => !lost.Contains(field.Key) && field.Columns is not null).ToDictionary(field => field.Key, field => LostColumns(from.Field(field.Key)!, field));
        if (!values.EnumerateObject().Any(member => lost.Contains(member.Name) || (tables.TryGetValue(member.Name, out var columns) && columns.Count > 0))) return values;
        var kept = JsonObject.Create(values)!;
        foreach (var key in lost) kept.Remove(key);
        foreach (var (key, columns) in tables)
        {
            foreach (var row in (kept[key] as JsonArray ?? []).OfType<JsonObject>())
            {
                foreach (var column in columns) row.Remove(column);
            }
        }
        return JsonSerializer.SerializeToElement(kept);
    }

    private static List<string> LostColumns(Field from, Field to) =>
        [.. to.Columns!.Where(column => from.Columns?.FirstOrDefault(old => old.Key == column.Key) is not { } old || !Carries(old, column)).Select(column => column.Key)];
}
