using Gengdu.Rules.Cel;

namespace Gengdu.Rules;

/// <summary>A rule ready to run.</summary>
internal sealed record CompiledRule(
    CelExpression Expr,
    CelExpression? When,
    IReadOnlyList<(string Name, CelExpression Value)> Values,
    MessageTemplate Zh,
    MessageTemplate En,
    int[] ExprSlots,
    int[] WhenSlots,
    int[] AllSlots,
    bool EachGrade,
    int RowsSlot,
    bool EachNumber,
    bool EachText);

/// <summary>An indicator ready to run.</summary>
internal sealed record CompiledIndicator(CelExpression? Applies, CelExpression Numerator, CelExpression Denominator, int[] Slots);
