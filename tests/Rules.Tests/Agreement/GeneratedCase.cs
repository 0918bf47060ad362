using System.Text.Json;
using System.Text.Json.Nodes;

namespace Gengdu.Rules.Tests.Agreement;

/// <summary>Documents of some modules and a context, the same for both sides.</summary>
internal sealed record GeneratedCase(Dictionary<string, JsonObject> Values, EvaluationContext Context)
{
    public ValueSet ValueSet(Programme programme)
    {
        var set = new ValueSet(programme);
        foreach (var (module, document) in Values) set.Add(module, JsonSerializer.SerializeToElement(document));
        return set;
    }

    public JsonObject Json()
    {
        var (school, period) = (Context.School, Context.Period);
        return new JsonObject
        {
            ["values"] = new JsonObject(Values.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value.DeepClone()))),
            ["context"] = new JsonObject
            {
                ["school"] = new JsonObject
                {
                    ["code"] = school.Code, ["type"] = school.Type, ["grades"] = new JsonArray([.. school.Grades.Select(grade => JsonValue.Create(grade))]),
                    ["urbanRural"] = school.UrbanRural, ["runBy"] = school.RunBy,
                },
                ["period"] = JsonSerializer.SerializeToNode(period, JsonSerializerOptions.Web),
                ["previous"] = JsonSerializer.SerializeToNode(Context.Previous),
                ["parent"] = JsonSerializer.SerializeToNode(Context.Parent),
                ["master"] = JsonSerializer.SerializeToNode(Context.Master),
                ["peers"] = JsonSerializer.SerializeToNode(Context.Peers, JsonSerializerOptions.Web),
            },
        };
    }
}
