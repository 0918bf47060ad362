using System.Text;
using System.Text.Json;

namespace Gengdu.Rules.Packs;

/// <summary>The whole programme in one JSON text: {programme, modules, indicatorsVersion, indicators}.</summary>
internal static class PackBundle
{
    private sealed record Bundle(ProgrammeHead Programme, IReadOnlyList<Module> Modules, string IndicatorsVersion, IReadOnlyList<Indicator> Indicators);

    public static string Write(byte[] head, IReadOnlyList<byte[]> modules, byte[] indicators)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            writer.WriteStartObject();
            writer.WritePropertyName("programme");
            Copy(head, writer);
            writer.WriteStartArray("modules");
            foreach (var module in modules) Copy(module, writer);
            writer.WriteEndArray();
            using var document = JsonDocument.Parse(indicators);
            writer.WritePropertyName("indicatorsVersion");
            document.RootElement.GetProperty("version").WriteTo(writer);
            writer.WritePropertyName("indicators");
            document.RootElement.GetProperty("indicators").WriteTo(writer);
            writer.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    public static PackContents? Read(string json, List<PackProblem> problems)
    {
        try
        {
            var bundle = JsonSerializer.Deserialize<Bundle>(json, ProgrammeReader.JsonOptions) ?? throw new JsonException("the bundle is null");
            return new PackContents(
                new PackSource("programme.json", null), bundle.Programme,
                [.. bundle.Modules.Select(module => new PackModule(new PackSource($"modules/{module.Key}.json", null), module))],
                new PackSource("indicators.json", null), new IndicatorFile(bundle.IndicatorsVersion, bundle.Indicators), json);
        }
        catch (JsonException broken)
        {
            problems.Add(new PackProblem("bundle", 0, 0, broken.Message));
            return null;
        }
    }

    private static void Copy(byte[] utf8, Utf8JsonWriter writer)
    {
        using var document = JsonDocument.Parse(utf8);
        document.RootElement.WriteTo(writer);
    }
}
