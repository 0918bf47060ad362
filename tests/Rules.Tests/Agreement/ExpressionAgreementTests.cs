using System.Text.Json;
using System.Text.Json.Nodes;
using Gengdu.Rules.Cel;
using Gengdu.Rules.Tests.Cel;

namespace Gengdu.Rules.Tests.Agreement;

/// <summary>Every operator, macro and function over generated expressions: same value to the last bit, or an error on both sides.</summary>
public sealed class ExpressionAgreementTests
{
    private const int Count = 12_000;

    private static readonly Lazy<List<(JsonObject Given, CelValue Value)>> s_cases = new(Cases);

    [Fact]
    public async Task Evaluate_GeneratedExpressions_BothSidesGiveTheSame()
    {
        var cases = s_cases.Value;
        var answers = await NodeEngine.AnswerAsync("{}", [.. cases.Select(item => item.Given.ToJsonString())], TestContext.Current.CancellationToken);

        var differences = cases.Zip(answers).Where(pair => !JsonElement.DeepEquals(JsonSerializer.SerializeToElement(ExactJson.Of(pair.First.Value)), pair.Second))
            .Select(pair => $"{pair.First.Given.ToJsonString()}\nserver  {ExactJson.Of(pair.First.Value).ToJsonString()} {pair.First.Value.Reference}\nbrowser {pair.Second}")
            .ToList();

        Assert.True(differences.Count == 0, $"{differences.Count} of {cases.Count} expressions differ:\n{string.Join("\n\n", differences.Take(12))}");
    }

    /// <summary>Mostly errors, or mostly refusals, would compare nothing.</summary>
    [Fact]
    public void Cases_Generated_MostCompileAndSomeFail()
    {
        var failed = s_cases.Value.Count(item => item.Value.IsError);

        Assert.InRange(s_cases.Value.Count, Count / 2, Count);
        Assert.InRange(failed, s_cases.Value.Count / 20, s_cases.Value.Count / 2);
    }

    /// <summary>Only what the server compiles is ever published, so only that has to agree.</summary>
    private static List<(JsonObject Given, CelValue Value)> Cases()
    {
        var generator = new ExpressionGenerator(seed: 20261122);
        var names = CelTesting.Names(ExpressionGenerator.Names);
        var cases = new List<(JsonObject, CelValue)>(Count);
        for (var i = 0; i < Count; i++)
        {
            var (text, variables) = (generator.Expression(), generator.Variables());
            var slots = ExpressionGenerator.Names.Select(name => CelTesting.Value(JsonSerializer.SerializeToElement(variables[name])));
            if (CelTesting.TryCompile(text, names) is { } expression)
                cases.Add((new JsonObject { ["expression"] = text, ["variables"] = variables }, expression.Evaluate(new CelFrame([.. slots]))));
        }
        return cases;
    }
}
