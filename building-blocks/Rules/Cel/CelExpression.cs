namespace Gengdu.Rules.Cel;

/// <summary>An expression ready to run, with the declared names it reads and the members it takes of the names that stand for a map (<see cref="CelNames.Maps"/>).</summary>
internal sealed class CelExpression(string text, CelEvaluator evaluate, CelType type, IReadOnlyList<string> names, IReadOnlyList<(string Name, string Member)> members)
{
    public string Text { get; } = text;

    public CelType Type { get; } = type;

    public IReadOnlyList<string> Names { get; } = names;

    public IReadOnlyList<(string Name, string Member)> Members { get; } = members;

    public CelValue Evaluate(CelFrame frame) => evaluate(frame);

    /// <summary>Parses and compiles.</summary>
    /// <exception cref="CelCompileException">The text isn't an expression of the subset, or uses a name or function that isn't declared.</exception>
    public static CelExpression Compile(string text, CelNames names) => Compile(text, CelParser.Parse(text), names);

    /// <summary>Compiles a part of a parsed expression; <paramref name="text"/> is what errors quote.</summary>
    /// <exception cref="CelCompileException">The part uses a name that isn't declared, such as the variable of a macro around it.</exception>
    public static CelExpression Compile(string text, CelNode node, CelNames names)
    {
        var compiler = new CelCompiler(text, names);
        var (type, evaluate) = compiler.Compile(node);
        return new CelExpression(text, evaluate, type, compiler.NamesUsed, compiler.MembersUsed);
    }
}
