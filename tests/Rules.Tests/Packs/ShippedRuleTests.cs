using System.Text.Json;
using System.Text.Json.Nodes;
using Gengdu.Rules.Tests.Agreement;

namespace Gengdu.Rules.Tests.Packs;

/// <summary>
/// Every rule of the shipped programme with values that trip it and values just this side of it that don't:
/// Fixtures/shipped-rules.json, one line a rule. Both engines run each.
/// </summary>
public sealed class ShippedRuleTests
{
    private static readonly Programme s_programme = ProgrammeReader.Read(Repository.Path("programmes/labor-education"));
    private static readonly JsonArray s_cases = JsonNode.Parse(File.ReadAllText(Repository.Path("tests/Rules.Tests/Fixtures/shipped-rules.json")))!.AsArray();

    public static TheoryData<string> Rules => [.. s_programme.Modules.SelectMany(module => module.Rules).Select(rule => rule.Id)];

    [Theory]
    [MemberData(nameof(Rules))]
    public void Rule_SpeaksWhereItMust_AndOnlyThere(string rule)
    {
        var given = Assert.Single(s_cases, item => item!["rule"]!.GetValue<string>() == rule)!.AsObject();

        var spoken = Assert.Single(Run(given, "trips"));
        Assert.Empty(Run(given, "fine"));

        Assert.Equal(rule[0] switch { 'E' => "error", 'W' => "warning", _ => "info" }, spoken.Severity);
        // What to do, in both languages, and every number filled in.
        Assert.Contains("请", spoken.Message.Zh, StringComparison.Ordinal);
        Assert.Matches("[Cc]heck|Enter|[Ee]xplain|[Rr]emove|[Cc]lear|[Cc]orrect|[Cc]hoose|[Aa]dd|Count", spoken.Message.En);
        Assert.DoesNotMatch("[{}]|–[^0-9]|NaN", $"{spoken.Message.Zh}{spoken.Message.En}");
    }

    [Fact]
    public void Fixture_HasNoRuleThatIsNotShipped() =>
        Assert.Empty(s_cases.Select(item => item!["rule"]!.GetValue<string>()).Except(s_programme.Modules.SelectMany(module => module.Rules).Select(rule => rule.Id)));

    [Fact]
    public async Task Rules_InTheBrowser_SayTheSame()
    {
        var all = s_cases.SelectMany(item => new[] { (item!.AsObject(), "trips"), (item!.AsObject(), "fine") }).ToList();
        var lines = all.Select(pair => Case(pair.Item1, pair.Item2)).Select(pair =>
        {
            var json = pair.Case.Json();
            json["module"] = pair.Module.Key;
            return json.ToJsonString();
        }).ToList();

        var answers = await NodeEngine.AnswerAsync($"{{\"programme\":{s_programme.Json}}}", lines, TestContext.Current.CancellationToken);

        Assert.All(all.Zip(answers), pair =>
        {
            var (module, generated) = Case(pair.First.Item1, pair.First.Item2);
            var own = JsonSerializer.SerializeToElement(RuleEvaluator.Evaluate(s_programme, module.Key, generated.ValueSet(s_programme), generated.Context), JsonSerializerOptions.Web);
            Assert.True(JsonElement.DeepEquals(own, pair.Second.GetProperty("results")), $"{pair.First.Item1["rule"]}: {own} in the browser {pair.Second}");
        });
    }

    /// <summary>The issue's own example, word for word in its numbers.</summary>
    [Fact]
    public void Peers_MessageNamesOwnValueAndTheRange()
    {
        var given = s_cases.Single(item => item!["rule"]!.GetValue<string>() == "W22c")!.AsObject();

        var message = Assert.Single(Run(given, "trips")).Message;

        Assert.StartsWith("Your 31 m² a pupil is far above the 4–9 of schools like yours", message.En, StringComparison.Ordinal);
        Assert.StartsWith("生均场所面积 31 平方米，远高于本县同类型、同城乡类别学校（12 所）的 4–9 平方米", message.Zh, StringComparison.Ordinal);
    }

    private static IEnumerable<RuleResult> Run(JsonObject given, string which)
    {
        var (module, generated) = Case(given, which);
        return RuleEvaluator.Evaluate(s_programme, module.Key, generated.ValueSet(s_programme), generated.Context).Where(result => result.Rule == given["rule"]!.GetValue<string>());
    }

    private static (Module Module, GeneratedCase Case) Case(JsonObject given, string which)
    {
        var module = s_programme.Modules.Single(one => one.Rules.Any(rule => rule.Id == given["rule"]!.GetValue<string>()));
        var values = new Dictionary<string, JsonObject>();
        foreach (var (key, value) in given[which]!.AsObject())
        {
            var at = s_programme.ModuleOf(key) ?? throw new InvalidOperationException($"no field {key}");
            (values.TryGetValue(at.Key, out var document) ? document : values[at.Key] = [])[key] = value?.DeepClone();
        }

        var school = given["school"];
        var type = school is null ? "primary" : school["type"]?.GetValue<string>();
        string[] grades = school is null ? ["g1", "g2", "g3", "g4", "g5", "g6"] : [.. school["grades"]!.AsArray().Select(grade => grade!.GetValue<string>())];
        var period = new PeriodContext(new(2026, 11, 22), new(2026, 9, 1), new(2027, 1, 31), new(2026, 9, 1), new(2027, 8, 31), 2026);
        return (module, new GeneratedCase(values, new EvaluationContext(new SchoolContext("2113000001", type, grades, "rural"), period)
        {
            Previous = given["previous"] is { } previous ? JsonSerializer.SerializeToElement(previous) : null,
            Parent = given["parent"] is { } parent ? JsonSerializer.SerializeToElement(parent) : null,
            Master = given["master"]?.Deserialize<Dictionary<string, double>>(),
            Peers = given["peers"]?.Deserialize<Dictionary<string, PeerStatistics>>(JsonSerializerOptions.Web),
        }));
    }
}
