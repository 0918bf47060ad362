using System.Text.Json;
using System.Text.Json.Nodes;
using Gengdu.Rules;

namespace Gengdu.Reporting.ModuleReports.Values;

/// <summary>The values an event may carry: fields and columns of class personal or sensitive stay in this service.</summary>
internal static class PublicValues
{
    public static JsonElement Of(Module module, JsonElement values)
    {
        if (!PersonalCells.AnyIn(module))
        {
            return values;
        }

        var kept = new JsonObject();
        foreach (var member in values.EnumerateObject())
        {
            if (module.Field(member.Name) is { } field && !field.IsPersonal)
            {
                kept[member.Name] = field.HasPersonalPart ? WithoutPersonalColumns(field, member.Value) : JsonNode.Parse(member.Value.GetRawText());
            }
        }

        return JsonSerializer.SerializeToElement(kept);
    }

    private static JsonArray WithoutPersonalColumns(Field field, JsonElement rows)
    {
        var kept = JsonNode.Parse(rows.GetRawText())!.AsArray();
        foreach (var column in field.Columns!.Where(column => column.IsPersonal))
        {
            foreach (var row in kept)
            {
                row!.AsObject().Remove(column.Key);
            }
        }

        return kept;
    }
}
