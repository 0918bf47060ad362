using System.Text.RegularExpressions;
using Gengdu.Rules.Cel;

namespace Gengdu.Rules.Packs;

/// <summary>Compiles the expressions of one rule, field or indicator and notes what is wrong at the place in its file.</summary>
internal sealed class ExpressionLinker(PackSource source, string pointer, List<PackProblem> problems)
{
    public void Say(string member, string reason, int offset = 0) =>
        problems.Add(source.Problem(member.Length == 0 ? pointer : $"{pointer}/{member}", reason, offset));

    /// <summary>The compiled expression, or null after noting the problem. <paramref name="wanted"/> Dynamic takes any type.</summary>
    public CelExpression? Compile(string member, string text, CelNames names, CelTypeKind wanted)
    {
        try
        {
            var expression = CelExpression.Compile(text, names);
            if (wanted == CelTypeKind.Dynamic || expression.Type.MayBe(wanted)) return expression;
            Say(member, $"the expression gives a {expression.Type}, not a {new CelType(wanted)}");
        }
        catch (CelCompileException refused)
        {
            Say(member, $"{refused.Message} (at {refused.Line}:{refused.Column} of the expression)", refused.Position);
        }
        return null;
    }

    public Regex? Pattern(string member, string? pattern)
    {
        try
        {
            return pattern is null ? null : CelPattern.Compile(pattern);
        }
        catch (ArgumentException refused)
        {
            Say(member, refused.Message);
            return null;
        }
    }
}
