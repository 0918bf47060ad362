using Gengdu.Rules.Cel;

namespace Gengdu.Rules;

/// <summary>Computes one school's part of an indicator.</summary>
public static class IndicatorEvaluator
{
    /// <summary>Numerator and denominator, or the reason why the school has none. Never throws for what a school entered.</summary>
    /// <param name="indicator">An indicator of the values' programme.</param>
    /// <param name="values">Values of the <see cref="Indicator.ModulesUsed"/>; a module that isn't there counts as missing.</param>
    /// <param name="context">School and period.</param>
    public static IndicatorOutcome Evaluate(Indicator indicator, ValueSet values, EvaluationContext context)
    {
        if (indicator.Compiled is not { } compiled) return IndicatorOutcome.Without(IndicatorOutcome.NotComputed);
        var cel = values.FrameFor(context).View(indicator.Missing == "zero", compiled.Slots);
        (cel.GradeKey, cel.GradeNumber, cel.Row, cel.RowIndex, cel.Cell) = (default, default, default, default, default);
        var layout = values.Programme.Layout;
        if (compiled.Applies is { } applies)
        {
            var holds = applies.Evaluate(cel);
            if (holds.IsFalse) return IndicatorOutcome.Without(IndicatorOutcome.DoesNotApply);
            if (!holds.IsTrue)
                return IndicatorOutcome.Without(MissingValues.Any(cel.Slots, layout, compiled.Slots, -1) ? IndicatorOutcome.Missing : IndicatorOutcome.Broken);
        }
        if (indicator.Missing == "skip" && MissingValues.Any(cel.Slots, layout, compiled.Slots, -1))
            return IndicatorOutcome.Without(IndicatorOutcome.Missing);
        var (numerator, denominator) = (compiled.Numerator.Evaluate(cel), compiled.Denominator.Evaluate(cel));
        return IsFinite(numerator) && IsFinite(denominator)
            ? IndicatorOutcome.Of(numerator.Number, denominator.Number)
            : IndicatorOutcome.Without(IndicatorOutcome.Broken);
    }

    private static bool IsFinite(CelValue value) => value.Kind == CelKind.Double && double.IsFinite(value.Number);
}
