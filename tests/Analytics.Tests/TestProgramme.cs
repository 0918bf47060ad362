using System.Globalization;
using System.Text.Json.Nodes;
using Gengdu.Contracts.Reporting.V1;

namespace Gengdu.Analytics.Tests;

/// <summary>A programme small enough to compute by hand, with every kind of indicator there is.</summary>
internal static class TestProgramme
{
    public const string Key = "test-programme";

    /// <param name="version">Of the pack.</param>
    /// <param name="spendUnit">Unit the money is asked for in; the same number means something else in another.</param>
    public static ProgrammePublished Published(string version, string spendUnit = "元") => new()
    {
        ProgrammeKey = Key,
        ProgrammeVersion = version,
        ContentHash = new string('0', 64),
        Bundle = Bundle(version, spendUnit),
    };

    /// <summary>Pupils and classes of one grade: enough for sums.</summary>
    public static JsonObject Basics(string grade, int pupils, int classes) =>
        new() { ["students"] = new JsonObject { [grade] = pupils }, ["classes"] = new JsonObject { [grade] = classes } };

    public static JsonObject Money(decimal spend) => new() { ["spend"] = spend };

    public static JsonObject Care(int? rooms, int? visits = null, int? credits = null, int? hazards = null, int? hazardsFixed = null)
    {
        var values = new JsonObject();
        foreach (var (key, value) in new[] { ("rooms", rooms), ("visits", visits), ("credits", credits), ("hazards_found", hazards), ("hazards_fixed", hazardsFixed) })
        {
            if (value is { } some)
            {
                values[key] = some;
            }
        }

        return values;
    }

    private static string Bundle(string version, string spendUnit) => $$"""
        {
          "programme": {
            "key": "{{Key}}", "version": "{{version}}", "name": {{Text("测试")}},
            "areas": [ { "key": "teaching", "name": {{Text("教学")}}, "weight": 60 }, { "key": "money", "name": {{Text("经费")}}, "weight": 40 } ],
            "grades": [ {{Grade("g1", 1, "primary")}}, {{Grade("g7", 7, "junior")}}, {{Grade("v1", 1, "vocational")}} ],
            "schoolTypes": [
              { "key": "primary", "name": {{Text("小学")}}, "grades": ["g1"] }, { "key": "nine-year", "name": {{Text("九年")}}, "grades": ["g1", "g7"] },
              { "key": "junior", "name": {{Text("初中")}}, "grades": ["g7"] }, { "key": "vocational", "name": {{Text("中职")}}, "grades": ["v1"] } ],
            "modules": ["basics", "money", "care"], "departmentModules": ["department"], "review": { "chain": ["county", "city", "province"] }
          },
          "modules": [
            {{Module("basics", 1, "school", Field("students", "integer", grade: true), Field("classes", "integer", grade: true))}},
            {{Module("money", 2, "school", Field("spend", "decimal", unit: spendUnit))}},
            {{Module("care", 3, "school", Field("rooms", "integer"), Field("visits", "integer"), Field("credits", "integer"), Field("hazards_found", "integer"), Field("hazards_fixed", "integer"))}},
            {{Module("department", 4, "county", Field("plan", "boolean"))}}
          ],
          "indicatorsVersion": "2026.1",
          "indicators": [
            {{Indicator("K01", "teaching", "share", 100, 20, "100", "up", numerator: "sum(classes) >= 2.0 ? 1.0 : 0.0", denominator: "1.0")}},
            {{Indicator("K02", "teaching", "share", 100, 10, "100", "up", numerator: "rooms >= 1.0 ? 1.0 : 0.0", denominator: "1.0", applies: "sum(classes) >= 3.0")}},
            {{Indicator("K03", "teaching", "ratio", 1, 10, "1", "up", numerator: "num(visits)", denominator: "sum(students)", missing: "zero")}},
            {{Indicator("K04", "teaching", "share", 100, 10, "100", "up", numerator: "credits >= 6.0 ? 1.0 : 0.0", denominator: "1.0", applies: "school.type == \\\"junior\\\"")}},
            {{Indicator("K05", "teaching", "ratio", 100, 5, "100", "up", numerator: "hazards_fixed", denominator: "hazards_found", applies: "num(hazards_found) > 0.0")}},
            {{Indicator("K27", "money", "ratio", 1, 30, null, "up", numerator: "spend", denominator: "sum(students)")}},
            {{Indicator("K30", "money", "ratio", 1, 10, "10", "band", numerator: "spend", denominator: "sum(students)", band: "[9, 11]")}},
            {{Indicator("K37", "teaching", "timeliness", 100, 5, "100", "up")}},
            {{Indicator("K38", "teaching", "ratio", 100, 0, "95", "up", later: true)}},
            {{Indicator("K40", "money", "dispersion", 1, 0, "0.5", "down", numerator: "spend", denominator: "sum(students)", information: true)}}
          ]
        }
        """;

    private static string Text(string zh) => $$"""{ "zh": "{{zh}}", "en": "{{zh}}" }""";

    private static string Grade(string key, int number, string stage) =>
        $$"""{ "key": "{{key}}", "number": {{number}}, "name": {{Text(key)}}, "stage": "{{stage}}" }""";

    private static string Module(string key, int number, string level, params (string Key, string Json)[] fields) => $$"""
        { "key": "{{key}}", "number": {{number}}, "levels": ["{{level}}"], "name": {{Text(key)}},
          "sections": [ { "key": "all", "name": {{Text("全部")}}, "fields": [ {{string.Join(", ", fields.Select(f => $"\"{f.Key}\""))}} ] } ],
          "fields": [ {{string.Join(", ", fields.Select(f => f.Json))}} ], "rules": [] }
        """;

    private static (string Key, string Json) Field(string key, string type, bool grade = false, string? unit = null) =>
        (key, $$"""{ "key": "{{key}}", "name": {{Text(key)}}, "type": "{{type}}"{{(grade ? ", \"per\": \"grade\"" : "")}}{{(unit is null ? "" : $", \"unit\": {Text(unit)}")}} }""");

    private static string Indicator(
        string id, string area, string kind, int factor, double weight, string? target, string direction, string? numerator = null, string? denominator = null,
        string? applies = null, string? band = null, string missing = "skip", bool information = false, bool later = false) => $$"""
        { "id": "{{id}}", "area": "{{area}}", "name": {{Text(id)}}, "unit": {{Text("个")}}, "kind": "{{kind}}",
          {{(applies is null ? "" : $"\"applies\": \"{applies}\",")}} {{(numerator is null ? "" : $"\"numerator\": \"{numerator}\", \"denominator\": \"{denominator}\",")}}
          "factor": {{factor}}, "decimals": 2, "target": { {{(target is null ? "\"median\": true" : $"\"value\": {target}")}}, "source": "O" },
          "direction": "{{direction}}", {{(band is null ? "" : $"\"band\": {band},")}} "weight": {{weight.ToString(CultureInfo.InvariantCulture)}},
          "information": {{(information ? "true" : "false")}}, "missing": "{{missing}}" {{(later ? $", \"later\": {Text("以后")}" : "")}} }
        """;
}
