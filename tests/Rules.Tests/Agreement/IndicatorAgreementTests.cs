using System.Text.Json.Nodes;

namespace Gengdu.Rules.Tests.Agreement;

/// <summary>Indicator formulas are the same language: both sides must compute the same numerators and denominators.</summary>
public sealed class IndicatorAgreementTests
{
    private const int CasesPerIndicator = 120;

    [Fact]
    public async Task Evaluate_GeneratedCases_BothSidesGiveTheSame()
    {
        var programme = ProgrammeReader.Read(Repository.Path("programmes/labor-education"));
        var cases = Cases(programme);
        var answers = await NodeEngine.AnswerAsync($"{{\"programme\":{programme.Json}}}", [.. cases.Select(item => item.Json)], TestContext.Current.CancellationToken);

        var differences = cases.Zip(answers).Where(pair => !JsonNode.DeepEquals(Answer(Outcome(programme, pair.First)), JsonNode.Parse(pair.Second.GetRawText())))
            .Select(pair => $"{pair.First.Json}\nserver  {Answer(Outcome(programme, pair.First)).ToJsonString()}\nbrowser {pair.Second}").ToList();

        Assert.True(differences.Count == 0, $"{differences.Count} of {cases.Count} cases differ, the first:\n{string.Concat(differences.Take(1))}");
    }

    [Fact]
    public void Evaluate_GeneratedCases_NoShippedIndicatorBreaks()
    {
        var programme = ProgrammeReader.Read(Repository.Path("programmes/labor-education"));

        var broken = Cases(programme).Where(item => Outcome(programme, item).Reason == IndicatorOutcome.Broken).Select(item => $"{item.Indicator.Id} with {item.Json}");

        Assert.Empty(broken.DistinctBy(text => text.Split(' ')[0]));
    }

    [Fact]
    public void Evaluate_GeneratedCases_EveryShippedIndicatorHasValues()
    {
        var programme = ProgrammeReader.Read(Repository.Path("programmes/labor-education"));

        var never = Cases(programme).GroupBy(item => item.Indicator.Id)
            .Where(group => !group.Any(item => Outcome(programme, item) is { HasValue: true } or { Reason: IndicatorOutcome.NotComputed })).Select(group => group.Key);

        Assert.Empty(never);
    }

    private static IndicatorOutcome Outcome(Programme programme, (Indicator Indicator, GeneratedCase Case, string Json) item) =>
        IndicatorEvaluator.Evaluate(item.Indicator, item.Case.ValueSet(programme), item.Case.Context);

    private static JsonObject Answer(IndicatorOutcome outcome) => outcome.HasValue
        ? new JsonObject { ["numerator"] = ExactJson.Of(outcome.Numerator), ["denominator"] = ExactJson.Of(outcome.Denominator) }
        : new JsonObject { ["reason"] = outcome.Reason };

    private static List<(Indicator Indicator, GeneratedCase Case, string Json)> Cases(Programme programme)
    {
        var cases = new List<(Indicator, GeneratedCase, string)>();
        foreach (var indicator in programme.Indicators)
        {
            var generator = new CaseGenerator(programme, seed: 7);
            for (var i = 0; i < CasesPerIndicator; i++)
            {
                var generated = generator.Next(indicator.ModulesUsed);
                var json = generated.Json();
                json["indicator"] = indicator.Id;
                cases.Add((indicator, generated, json.ToJsonString()));
            }
        }
        return cases;
    }
}
