using System.Globalization;
using System.Text.Json.Nodes;
using Gengdu.Rules;

namespace Gengdu.Analytics.Tests.Figures;

/// <summary>Answers as people give them, and worse: left out, zero, of another type, for grades a school does not have.</summary>
internal static class RandomAnswers
{
    public static JsonObject Of(Random random, Module module, IReadOnlyList<string> grades)
    {
        var values = new JsonObject();
        foreach (var field in module.Fields.Where(_ => random.Next(25) > 0))
        {
            values[field.Key] = !field.IsMatrix ? Cell(random, field) : new JsonObject(grades.Append(random.Next(20) == 0 ? "g12" : grades[0]).Distinct()
                .Where(grade => field.Grades?.Contains(grade) != false && random.Next(20) > 0).Select(grade => KeyValuePair.Create(grade, Cell(random, field))));
        }

        return values;
    }

    private static JsonNode? Cell(Random random, Field field) => random.Next(40) switch
    {
        0 => null,
        1 => "one hundred",
        _ => field.Type switch
        {
            "integer" => random.Next(4) == 0 ? random.Next(0, 4) : random.Next(0, 400),
            // Lessons and amounts: tenths and hundredths are where doubles lose their last digit.
            "decimal" => random.Next(3) == 0 ? random.Next(0, 50) / 10m : random.Next(0, 9_000_000) / 100m,
            "boolean" => random.Next(5) > 0,
            "date" => new DateOnly(2024, 1, 1).AddDays(random.Next(1500)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            "choice" => field.Options![random.Next(field.Options.Count)].Key,
            "choices" => new JsonArray([.. field.Options!.Where(_ => random.Next(3) == 0).Select(option => (JsonNode)option.Key)]),
            "rows" => new JsonArray([.. Enumerable.Range(0, random.Next(4)).Select(i => (JsonNode)Row(random, field, i))]),
            _ => "文字",
        },
    };

    private static JsonObject Row(Random random, Field field, int number)
    {
        var row = new JsonObject { ["_id"] = $"r{number}" };
        foreach (var column in field.Columns!.Where(_ => random.Next(12) > 0))
        {
            row[column.Key] = Cell(random, column);
        }

        return row;
    }
}
