using System.Text.Json.Nodes;

namespace Gengdu.Province.Values;

/// <summary>A department's form, filled by the fields' own types and ranges: small numbers, yes to questions, no rows.</summary>
internal static class DepartmentValues
{
    public static Dictionary<string, object?> For(JsonNode module, Random random)
    {
        var values = new Dictionary<string, object?>();
        foreach (var field in module["fields"]!.AsArray())
        {
            var key = field!["key"]!.GetValue<string>();
            values[key] = field["type"]!.GetValue<string>() switch
            {
                "integer" => random.Next(2, 12),
                // Disbursed stays below the fund, whatever the two draws are.
                "decimal" when key.EndsWith("special_fund", StringComparison.Ordinal) => random.Next(60, 400) * 10_000,
                "decimal" => field["max"]!.GetValue<decimal>() < 1_000_000 ? random.Next(40, 900) : random.Next(5, 50) * 1_000,
                "boolean" => true,
                "text" when field["showIf"] is not null => "关于加强中小学劳动教育的实施意见",
                _ => null,
            };
        }

        return values;
    }
}
