using System.Text.Json;
using Gengdu.Rules.Cel;
using Gengdu.Rules.Tests.Agreement;

namespace Gengdu.Rules.Tests.Evaluation;

public sealed class IndicatorTracerTests
{
    private static readonly Programme s_shipped = ProgrammeReader.Read(Repository.Path("programmes/labor-education"));

    [Fact]
    public void Trace_SaysEachPart_InnermostFirst()
    {
        var trace = Trace(0, """{"boarders":3,"students":{"g1":5,"g2":7}}""");

        Assert.Equal(["numerator boarders", "denominator sum(students)"], trace.Expressions.Select(e => $"{e.Part} {e.Text}"));
        Assert.Equal(["boarders = 3"], Said(trace.Expressions[0]));
        Assert.Equal(["sum(students) = 12"], Said(trace.Expressions[1]));
        Assert.Equal((3, 12), (trace.Outcome.Numerator, trace.Outcome.Denominator));
    }

    [Fact]
    public void Trace_OfALoop_SaysWhatItCameToForEach()
    {
        var indicator = s_shipped.Indicators.Single(i => i.Id == "K03");
        var values = new ValueSet(s_shipped);
        foreach (var module in indicator.ModulesUsed)
        {
            values.Add(module, JsonDocument.Parse("""{"classes":{"g1":2,"g2":3},"weekly_hours":{"g1":1,"g2":1.5}}""").RootElement);
        }

        var trace = IndicatorTracer.Trace(indicator, values, SmallProgramme.Context);

        var loop = trace.Expressions[0].Steps.Single(step => step.Items is not null);
        Assert.Equal(["g1 2", "g2 4.5"], loop.Items!.Select(item => $"{item.Item} {item.Value}"));
        Assert.Equal(6.5, trace.Expressions[0].Steps[^1].Value.GetDouble());
        Assert.Equal((6.5, 5), (trace.Outcome.Numerator, trace.Outcome.Denominator));
    }

    [Fact]
    public void Trace_WithoutAValue_SaysWhatIsMissing_AndWhatFailed()
    {
        Assert.Equal(["boarders"], Trace(0, """{"students":{"g1":5}}""").MissingFields);
        Assert.Empty(Trace(2, "{}").Expressions);
        var broken = Trace(3, """{"boarders":1}""");
        Assert.NotNull(broken.Outcome.Reason);
        Assert.Equal(JsonValueKind.Null, broken.Expressions[0].Steps[^1].Value.ValueKind);
    }

    /// <summary>The steps explain the figure that counts: for every shipped indicator they end in the same numbers.</summary>
    [Fact]
    public void Trace_GeneratedCases_EndsInWhatTheEvaluatorGives()
    {
        var wrong = new List<string>();
        foreach (var indicator in s_shipped.Indicators)
        {
            var generator = new CaseGenerator(s_shipped, seed: 11);
            for (var i = 0; i < 6; i++)
            {
                var generated = generator.Next(indicator.ModulesUsed);
                var trace = IndicatorTracer.Trace(indicator, generated.ValueSet(s_shipped), generated.Context);
                if (trace.Outcome.HasValue && (Last(trace, "numerator"), Last(trace, "denominator")) != (trace.Outcome.Numerator, trace.Outcome.Denominator))
                {
                    wrong.Add(indicator.Id);
                }
            }
        }

        Assert.Empty(wrong);
    }

    [Fact]
    public void Written_EveryShippedFormula_ParsesToTheSameAgain()
    {
        var formulas = s_shipped.Indicators.SelectMany(i => new[] { i.Applies, i.Numerator, i.Denominator }).OfType<string>()
            .Concat(["-(a + b) * c - (d - e)", "!(a && b) || c", "(a ? b : c) ? d : e ? f : g", "{\"x\": 1.5, \"y\\\"\": [1.0, -2.0]}", "(a + b).map(x, y, x * 2.0)[0.0]"]);
        Assert.All(formulas, text => Assert.Equal(CelWriter.Write(CelParser.Parse(text)), CelWriter.Write(CelParser.Parse(CelWriter.Write(CelParser.Parse(text))))));
        Assert.Equal("-(a + b) * c - (d - e)", CelWriter.Write(CelParser.Parse("-(a + b) * c - (d - e)")));
        Assert.Equal("(a ? b : c) ? d : e ? f : g", CelWriter.Write(CelParser.Parse("(a ? b : c) ? d : (e ? f : g)")));
    }

    private static IndicatorTrace Trace(int index, string pupils) =>
        IndicatorTracer.Trace(SmallProgramme.Programme.Indicators[index], SmallProgramme.Values(pupils), SmallProgramme.Context);

    private static IEnumerable<string> Said(TracedExpression expression) => expression.Steps.Select(step => $"{step.Text} = {step.Value}");

    private static double Last(IndicatorTrace trace, string part) => trace.Expressions.Single(e => e.Part == part).Steps[^1].Value.GetDouble();
}
