namespace Gengdu.Rules.Cel;

/// <summary>An expression ready to run, with the declared names it reads and the members it takes of <c>row</c>.</summary>
internal sealed class CelExpression(string text, CelEvaluator evaluate, CelType type, IReadOnlyList<string> names, IReadOnlyList<string> rowMembers)
{
    public string Text { get; } = text;

    public CelType Type { get; } = type;

    public IReadOnlyList<string> Names { get; } = names;

    public IReadOnlyList<string> RowMembers { get; } = rowMembers;

    public CelValue Evaluate(CelFrame frame) => evaluate(frame);

    /// <summary>Parses and compiles.</summary>
    /// <exception cref="CelCompileException">The text isn't an expression of the subset, or uses a name or function that isn't declared.</exception>
    public static CelExpression Compile(string text, CelNames names)
    {
        var compiler = new CelCompiler(text, names);
        var (type, evaluate) = compiler.Compile(CelParser.Parse(text));
        return new CelExpression(text, evaluate, type, compiler.NamesUsed, compiler.RowMembersUsed);
    }
}
