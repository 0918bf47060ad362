using System.Collections.Frozen;

namespace Gengdu.Rules.Cel;

/// <summary>A declared name: how to load it and what is known of its values.</summary>
internal sealed record CelName(CelEvaluator Load, CelHint? Hint = null);

/// <summary>The names an expression may use. Anything else is refused when it is compiled, not found missing when a school reports.</summary>
internal sealed class CelNames(CelNames? outer = null)
{
    /// <summary>Reserved by CEL or taken by a constant of the browser's library: no field or variable may be called so.</summary>
    public static readonly FrozenSet<string> Reserved = FrozenSet.ToFrozenSet(
    [
        "as", "break", "const", "continue", "else", "for", "function", "if", "import", "let", "loop", "package", "namespace", "return",
        "var", "void", "while", "in", "true", "false", "null", "__proto__", "prototype", "constructor",
        "string", "bool", "int", "uint", "double", "map", "list", "bytes", "null_type", "type", "cel", "google", "optional", "dyn",
    ]);

    /// <summary>Names for maps whose members may be missing: an expression that takes one is skipped then, as with a field.</summary>
    public static readonly FrozenSet<string> Maps = FrozenSet.ToFrozenSet(["row", "cell", "previous", "parent", "master", "peers"]);

    private readonly Dictionary<string, CelName> _names = new(StringComparer.Ordinal);

    public CelName? this[string name] => _names.TryGetValue(name, out var found) ? found : outer?[name];

    public CelNames Declare(string name, CelEvaluator load, CelHint? hint = null)
    {
        _names[name] = new CelName(load, hint);
        return this;
    }
}
