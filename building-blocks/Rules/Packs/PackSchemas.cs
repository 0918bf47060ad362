using System.Text;
using NJsonSchema;

namespace Gengdu.Rules.Packs;

/// <summary>The JSON Schemas beside the programmes; editors use the same files.</summary>
internal sealed class PackSchemas(string directory)
{
    public PackSchema? Programme { get; } = Load(directory, "programme");

    public PackSchema? Module { get; } = Load(directory, "module");

    public PackSchema? Indicators { get; } = Load(directory, "indicators");

    private static PackSchema? Load(string directory, string name)
    {
        var path = Path.Combine(directory, $"{name}.schema.json");
        return File.Exists(path) ? new PackSchema(JsonSchema.FromJsonAsync(File.ReadAllText(path)).GetAwaiter().GetResult()) : null;
    }
}

/// <summary>One schema; it says what is wrong with line and column.</summary>
internal sealed class PackSchema(JsonSchema schema)
{
    public IEnumerable<PackProblem> Validate(string file, byte[] utf8)
    {
        foreach (var error in schema.Validate(Encoding.UTF8.GetString(utf8)))
        {
            yield return new PackProblem(file, error.HasLineInfo ? error.LineNumber : 1, error.HasLineInfo ? error.LinePosition : 1,
                $"{error.Path}: {error.Kind} (schema)");
        }
    }
}
