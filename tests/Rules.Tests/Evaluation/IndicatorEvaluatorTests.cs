namespace Gengdu.Rules.Tests.Evaluation;

public sealed class IndicatorEvaluatorTests
{
    [Theory]
    [InlineData(0, """{"boarders":3,"students":{"g1":5,"g2":7}}""", 3, 12, null)]
    [InlineData(0, """{"students":{"g1":5}}""", 0, 0, IndicatorOutcome.Missing)]
    [InlineData(1, """{"students":{"g1":0}}""", 0, 0, IndicatorOutcome.DoesNotApply)]
    [InlineData(1, """{"students":{"g1":5}}""", 0, 1, null)]
    [InlineData(2, """{}""", 0, 0, IndicatorOutcome.NotComputed)]
    [InlineData(3, """{"boarders":1}""", 0, 0, IndicatorOutcome.Broken)]
    public void Evaluate_GivesPartsOrTheReason(int index, string pupils, double numerator, double denominator, string? reason)
    {
        var outcome = IndicatorEvaluator.Evaluate(SmallProgramme.Programme.Indicators[index], SmallProgramme.Values(pupils), SmallProgramme.Context);

        Assert.Equal((numerator, denominator, reason), (outcome.Numerator, outcome.Denominator, outcome.Reason));
    }
}
