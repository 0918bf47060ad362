namespace Gengdu.Rules.Cel;

/// <summary>An expression that can't be compiled, with the line and column (from 1) inside its text.</summary>
internal sealed class CelCompileException : Exception
{
    public CelCompileException(string reason, string text, int position)
        : base(reason)
    {
        var before = text.AsSpan(0, Math.Min(position, text.Length));
        Line = before.Count('\n') + 1;
        Column = before.Length - before.LastIndexOf('\n');
        Position = position;
    }

    public int Line { get; }

    public int Column { get; }

    public int Position { get; }
}
