namespace Gengdu.Rules.Tests.Agreement;

/// <summary>Design rule 3: the server and the browser run the same rules and come to the same results, message for message.</summary>
public sealed class RuleAgreementTests
{
    private const string Shipped = "programmes/labor-education";
    private const string Small = "tests/Rules.Tests/Fixtures/small";

    public static TheoryData<string> Programmes => [Shipped, Small];

    [Theory]
    [MemberData(nameof(Programmes))]
    public async Task Evaluate_GeneratedCases_BothSidesGiveTheSame(string directory)
    {
        var shipped = RuleCases.Of(directory);

        var differences = await shipped.DifferencesAsync(shipped.Programme.Json, TestContext.Current.CancellationToken);

        Assert.True(differences.Count == 0, $"{differences.Count} of {shipped.Cases.Count} cases differ, the first:\n{string.Concat(differences.Take(1))}");
    }

    /// <summary>The comparison is worth nothing unless it notices: the browser's programme differs in one place each time.</summary>
    [Theory]
    [InlineData("\"boarders <= sum(students)\"", "\"boarders < sum(students)\"")]
    [InlineData("\"hours[g] >= 1.0\"", "\"hours[g] >= 1.01\"")]
    [InlineData("{b} boarders are more", "{b} boarders are  more")]
    [InlineData("\"at\":[\"students/{g}\",\"classes/{g}\"]", "\"at\":[\"classes/{g}\",\"students/{g}\"]")]
    [InlineData("\"missing\":\"zero\",\"at\":[\"hours/{g}\"]", "\"missing\":\"skip\",\"at\":[\"hours/{g}\"]")]
    [InlineData("\"max\":5000", "\"max\":5001")]
    [InlineData("\"week_held == true\",\"missing\"", "\"week_held != false\",\"missing\"")]
    public async Task Evaluate_OneSideChanged_IsNoticed(string original, string changed)
    {
        var small = RuleCases.Of(Small);
        Assert.Contains(original, small.Programme.Json, StringComparison.Ordinal);

        var differences = await small.DifferencesAsync(small.Programme.Json.Replace(original, changed, StringComparison.Ordinal), TestContext.Current.CancellationToken);

        Assert.NotEmpty(differences);
    }

    /// <summary>A generator that never makes a rule speak proves nothing about it.</summary>
    [Fact]
    public void Evaluate_GeneratedCases_EveryShippedRuleSpeaksAndIsSilent()
    {
        var (programme, cases) = (RuleCases.Of(Shipped).Programme, RuleCases.Of(Shipped).Cases);
        var spoke = new Dictionary<string, int>();
        var silent = new Dictionary<string, int>();
        foreach (var (module, generated, _) in cases)
        {
            var found = RuleEvaluator.Evaluate(programme, module, generated.ValueSet(programme), generated.Context).Select(result => result.Rule).ToHashSet();
            foreach (var rule in programme.Module(module)!.Rules)
            {
                var counts = found.Contains(rule.Id) ? spoke : silent;
                counts[rule.Id] = counts.GetValueOrDefault(rule.Id) + 1;
            }
        }
        var ids = programme.Modules.SelectMany(module => module.Rules).Select(rule => rule.Id).ToList();

        Assert.Empty(ids.Except(spoke.Keys));
        Assert.Empty(ids.Except(silent.Keys));
    }

    [Fact]
    public void Evaluate_GeneratedCases_NoShippedRuleBreaks()
    {
        var (programme, cases) = (RuleCases.Of(Shipped).Programme, RuleCases.Of(Shipped).Cases);

        var broken = cases
            .SelectMany(item => RuleEvaluator.Evaluate(programme, item.Module, item.Case.ValueSet(programme), item.Case.Context).Where(result => result.Severity == "broken")
                .Select(result => $"{result.Rule} with {item.Json}"))
            .DistinctBy(text => text.Split(' ')[0]);

        Assert.Empty(broken);
    }
}
