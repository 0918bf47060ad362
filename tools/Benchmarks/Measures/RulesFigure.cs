using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Gengdu.Benchmarks.Load;
using Gengdu.Rules;

namespace Gengdu.Benchmarks.Measures;

/// <summary>What one look of the server's rules at a module with a thousand of them costs: at each save, completion and submission.</summary>
internal static class RulesFigure
{
    public const int Count = 1000;
    private const string Module = "curriculum";
    private const int Looks = 300;
    private static readonly string[] Grades = ["g1", "g2", "g3", "g4", "g5", "g6"];

    public static Percentiles Run(string pack)
    {
        var programme = WithManyRules(ProgrammeReader.Read(pack));
        var values = ValuesOf(programme.Module(Module)!).ToJsonString();
        var context = new EvaluationContext(
            new("2113000001", "primary", Grades, "town", "education"), new(new(2026, 11, 22), new(2026, 9, 1), new(2027, 1, 31), new(2026, 9, 1), new(2027, 8, 31), 2026));
        var times = new List<double>();
        for (var n = 0; n < Looks * 2; n++)
        {
            var began = TimeProvider.System.GetTimestamp();
            var set = new ValueSet(programme);
            set.Add(Module, JsonElement.Parse(values));
            RuleEvaluator.Evaluate(programme, Module, set, context);
            times.Add(TimeProvider.System.GetElapsedTime(began).TotalMilliseconds);
        }

        // The first half warms up.
        return Percentiles.Of(times.Skip(Looks));
    }

    // The rules of the shipped module again and again, under other names.
    private static Programme WithManyRules(Programme shipped)
    {
        var bundle = JsonNode.Parse(shipped.Json)!;
        var rules = bundle["modules"]!.AsArray().Single(m => m!["key"]!.GetValue<string>() == Module)!["rules"]!.AsArray();
        var own = rules.Count;
        for (var n = own; n < Count; n++)
        {
            var rule = rules[n % own]!.DeepClone();
            rule["id"] = string.Create(CultureInfo.InvariantCulture, $"{rule["id"]!.GetValue<string>()}x{n}");
            rules.Add(rule);
        }

        return ProgrammeReader.FromJson(bundle.ToJsonString());
    }

    private static JsonObject ValuesOf(Module module) => new(
        from field in module.Fields
        let value = ValueOf(field)
        where value is not null
        select KeyValuePair.Create(field.Key, (JsonNode?)(field.Per is null ? value : new JsonObject(Grades.Select(grade => KeyValuePair.Create(grade, (JsonNode?)value.DeepClone()))))));

    private static JsonValue? ValueOf(Field field) => field.Type switch
    {
        "integer" or "decimal" => JsonValue.Create(12),
        "boolean" => JsonValue.Create(true),
        _ => null,
    };
}
