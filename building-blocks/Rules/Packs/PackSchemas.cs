using System.Text;
using NJsonSchema;
using NJsonSchema.Validation;

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
        foreach (var error in schema.Validate(Encoding.UTF8.GetString(utf8)).SelectMany(Innermost))
        {
            yield return new PackProblem(file, error.HasLineInfo ? error.LineNumber : 1, error.HasLineInfo ? error.LinePosition : 1,
                $"{error.Path}: {error.Kind} (schema)");
        }
    }

    // "An item is not valid" points at the whole item; what is wrong inside it points at the line at fault.
    private static IEnumerable<ValidationError> Innermost(ValidationError error) =>
        error is ChildSchemaValidationError { Errors.Count: > 0 } parent ? parent.Errors.Values.SelectMany(errors => errors).SelectMany(Innermost) : [error];
}
