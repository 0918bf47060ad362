using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Gengdu.Rules.Tests.Agreement;

/// <summary>A programme with generated cases for each of its modules, and the comparison of both sides over them.</summary>
internal sealed class RuleCases
{
    private const int CasesPerModule = 320;
    private static readonly ConcurrentDictionary<string, Lazy<RuleCases>> s_known = new();

    private RuleCases(string directory)
    {
        Programme = ProgrammeReader.Read(Repository.Path(directory));
        foreach (var module in Programme.Modules)
        {
            var generator = new CaseGenerator(Programme, seed: 20260901);
            for (var i = 0; i < CasesPerModule; i++)
            {
                var generated = generator.Next([module.Key, .. module.RelatedModules]);
                var json = generated.Json();
                json["module"] = module.Key;
                Cases.Add((module.Key, generated, json.ToJsonString()));
            }
        }
    }

    public Programme Programme { get; }

    public List<(string Module, GeneratedCase Case, string Json)> Cases { get; } = [];

    public static RuleCases Of(string directory) => s_known.GetOrAdd(directory, key => new Lazy<RuleCases>(() => new RuleCases(key))).Value;

    /// <summary>The cases for which the server and a browser with this programme say different things.</summary>
    public async Task<IReadOnlyList<string>> DifferencesAsync(string browserProgramme, CancellationToken cancellationToken)
    {
        var answers = await NodeEngine.AnswerAsync($"{{\"programme\":{browserProgramme}}}", [.. Cases.Select(item => item.Json)], cancellationToken);
        var differences = new List<string>();
        foreach (var ((module, generated, json), answer) in Cases.Zip(answers))
        {
            var own = Answer(module, generated);
            if (!JsonElement.DeepEquals(JsonSerializer.SerializeToElement(own), answer))
                differences.Add($"{json}\nserver  {own.ToJsonString()}\nbrowser {answer}");
        }
        return differences;
    }

    private JsonObject Answer(string moduleKey, GeneratedCase generated)
    {
        var values = generated.ValueSet(Programme);
        var frame = values.FrameFor(generated.Context);
        var shown = Programme.Module(moduleKey)!.Fields.Where(field => field.Checker.IsShown(frame.View(false, [])));
        return new JsonObject
        {
            ["results"] = JsonSerializer.SerializeToNode(RuleEvaluator.Evaluate(Programme, moduleKey, values, generated.Context), JsonSerializerOptions.Web),
            ["completion"] = ExactJson.Of(ModuleCompletion.Of(Programme, moduleKey, values, generated.Context)),
            ["shown"] = new JsonArray([.. shown.Select(field => JsonValue.Create(field.Key))]),
        };
    }
}
