namespace Gengdu.Rules;

/// <summary>A programme that can't be used; nothing of it may be.</summary>
public sealed class BrokenProgrammeException(IReadOnlyList<PackProblem> problems)
    : Exception("The programme is broken:" + string.Concat(problems.Select(problem => $"{Environment.NewLine}  {problem}")))
{
    /// <summary>Everything that is wrong, in the order it was found; never empty.</summary>
    public IReadOnlyList<PackProblem> Problems { get; } = problems;
}

/// <summary>One thing wrong in a programme's files; line and column count from 1 and are 0 when the text has no lines of its own.</summary>
public sealed record PackProblem(string File, int Line, int Column, string Reason)
{
    /// <summary>file:line:column: reason.</summary>
    public override string ToString() => Line == 0 ? $"{File}: {Reason}" : $"{File}:{Line}:{Column}: {Reason}";
}
