using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Gengdu.Reporting.Programmes;

/// <summary>
/// The pack as the form of one module needs it: that module whole; of the others only which fields they have and of what kind, for
/// rules that read across modules. A fifth of the pack: a phone on a slow line waits for it before the first cell can be typed.
/// </summary>
internal static class ModuleBundle
{
    // Chinese as it is, not as six signs a letter: it is sent as JSON, never as markup.
    private static readonly JsonSerializerOptions AsWritten = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly string[] Kind = ["key", "type", "per", "grades", "dataClass", "readOnly"];

    /// <returns>null when the pack has no such module.</returns>
    public static byte[]? Of(string bundle, string moduleKey)
    {
        var pack = JsonNode.Parse(bundle)!.AsObject();
        var modules = pack["modules"]!.AsArray();
        if (!modules.Any(module => IsOf(module, moduleKey)))
        {
            return null;
        }

        pack["modules"] = new JsonArray([.. modules.Select(module => IsOf(module, moduleKey) ? module!.DeepClone() : FieldsOf(module!.AsObject()))]);
        pack["indicators"] = new JsonArray();
        return JsonSerializer.SerializeToUtf8Bytes(pack, AsWritten);
    }

    private static bool IsOf(JsonNode? module, string key) => module!["key"]!.GetValue<string>() == key;

    private static JsonObject FieldsOf(JsonObject module) => new()
    {
        ["key"] = module["key"]!.DeepClone(),
        ["number"] = module["number"]?.DeepClone(),
        ["name"] = module["name"]!.DeepClone(),
        ["sections"] = new JsonArray(),
        ["fields"] = Kinds(module["fields"]!.AsArray()),
        ["rules"] = new JsonArray(),
    };

    private static JsonArray Kinds(JsonArray fields) => new([.. fields.Select(field => KindOf(field!.AsObject()))]);

    private static JsonObject KindOf(JsonObject field)
    {
        var kind = new JsonObject(Kind.Where(name => field[name] is not null).Select(name => KeyValuePair.Create(name, field[name]?.DeepClone())));
        if (field["columns"] is JsonArray columns)
        {
            kind["columns"] = Kinds(columns);
        }

        return kind;
    }
}
