using System.Text.Json.Nodes;
using Gengdu.Rules.Cel;

namespace Gengdu.Rules.Tests.Agreement;

/// <summary>Values as `exact` of evaluate-cases.mjs writes them: doubles as bits, so the last digit and -0 count.</summary>
internal static class ExactJson
{
    public static JsonObject Of(CelValue value) => value.Kind switch
    {
        CelKind.Error => new JsonObject { ["error"] = true },
        CelKind.Double => Of(value.Number),
        CelKind.Bool => new JsonObject { ["value"] = value.IsTrue },
        CelKind.String => new JsonObject { ["value"] = value.String },
        CelKind.List => new JsonObject { ["list"] = new JsonArray([.. value.List.Select(Of)]) },
        CelKind.Map => new JsonObject { ["map"] = new JsonArray([.. Entries(value.Map)]) },
        _ => new JsonObject { ["value"] = null },
    };

    public static JsonObject Of(double number) => new()
    {
        ["double"] = double.IsNaN(number) ? "nan" : BitConverter.DoubleToUInt64Bits(number).ToString("x16", System.Globalization.CultureInfo.InvariantCulture),
    };

    private static IEnumerable<JsonNode> Entries(CelMap map) =>
        map.Shape.Keys.Select((key, index) => (key, value: map.Values[index])).Where(entry => entry.value.Kind != CelKind.Absent)
            .Select(entry => new JsonArray(entry.key, Of(entry.value)));
}
