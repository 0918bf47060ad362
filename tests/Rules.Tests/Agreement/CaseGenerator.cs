using System.Globalization;
using System.Text.Json.Nodes;

namespace Gengdu.Rules.Tests.Agreement;

/// <summary>
/// Random but repeatable values for a module: plausible ones, so that rules get past their conditions, mixed with what people and
/// clients get wrong: missing, zero, at and beyond the limits, of another type, for a grade the school has not.
/// </summary>
internal sealed class CaseGenerator(Programme programme, int seed)
{
    private readonly Random _random = new(seed);
    // Of their own: another figure in the pack leaves every other value of a case as it was.
    private readonly Random _registers = new(seed + 1);
    private double _sloppiness;
    private bool _rounds;
    private double _coarse;

    public GeneratedCase Next(IEnumerable<string> moduleKeys)
    {
        // Every third case is as a careful school would fill it in: otherwise something is always missing and rules are skipped.
        _sloppiness = _random.Next(3) switch { 0 => 0, 1 => 0.05, _ => 0.3 };
        _rounds = _random.Next(6) == 0;
        _coarse = _random.Next(2) == 0 ? 10 : 1000;
        var school = School();
        var values = moduleKeys.ToDictionary(key => key, key => Document(programme.Module(key)!, school));
        var own = values.Count == 0 ? null : programme.Module(values.Keys.First());
        return new GeneratedCase(values, new EvaluationContext(school, Period())
        {
            Previous = own is null ? null : Earlier(own, school, values[own.Key]),
            Parent = own is null ? null : Earlier(own, school, values[own.Key]),
            Master = _registers.Next(4) == 0 ? null : programme.Master.Where(_ => _registers.Next(6) > 0).ToDictionary(figure => figure.Key, _ => Math.Round(Math.Pow(_registers.NextDouble(), 2) * (_registers.Next(10) == 0 ? 50 : 1) * 200)),
            Peers = _random.Next(4) == 0 ? null : programme.Indicators.Where(_ => _random.Next(6) > 0).ToDictionary(indicator => indicator.Id, _ => Peers()),
        });
    }

    /// <summary>Nothing, another document, or nearly the same one: people do copy last year's.</summary>
    private System.Text.Json.JsonElement? Earlier(Module module, SchoolContext school, JsonObject now)
    {
        if (_random.Next(5) == 0) return null;
        var document = Document(module, school);
        if (_random.Next(2) == 0)
        {
            foreach (var (key, value) in now) if (_random.Next(12) > 0) document[key] = value?.DeepClone();
        }
        return System.Text.Json.JsonSerializer.SerializeToElement(document);
    }

    private PeerStatistics Peers()
    {
        var middle = Math.Round(Small() * 20, 2);
        return new(_random.Next(6, 60), middle, middle * 0.7, middle * 1.4, middle * 1.1, Math.Round(Small() * 2, 2));
    }

    private SchoolContext School()
    {
        if (_random.Next(12) == 0) return new SchoolContext("130102", null, []);
        var type = Pick(programme.SchoolTypes);
        string[] grades = [.. type.Grades.Where(_ => _random.Next(8) != 0)];
        return new SchoolContext(
            $"13{_random.Next(1_000_000):000000}", type.Key, grades, Pick<string?>(["urban", "town", "rural", null]), Pick<string?>(["private", "education-department", null]));
    }

    private PeriodContext Period()
    {
        var (start, end) = _random.Next(2) == 0 ? (new DateOnly(2026, 9, 1), new DateOnly(2027, 1, 20)) : (new DateOnly(2025, 9, 1), new DateOnly(2026, 8, 31));
        return new PeriodContext(start.AddDays(_random.Next(400)), start, end, new DateOnly(start.Year, 9, 1), new DateOnly(start.Year + 1, 8, 31), start.Year);
    }

    private JsonObject Document(Module module, SchoolContext school)
    {
        var document = new JsonObject();
        foreach (var field in module.Fields)
        {
            if (_random.NextDouble() < _sloppiness * 0.6) continue;
            document[field.Key] = Wrong(0.1) ? Garbage() : Value(field, school);
        }
        return document;
    }

    private JsonNode? Value(Field field, SchoolContext school)
    {
        if (field.IsMatrix) return Matrix(field, school);
        if (field.Type != "rows") return Cell(field);
        var rows = new JsonArray();
        for (var i = _random.Next(5); i > 0; i--) rows.Add((JsonNode)Row(field, rows.Count));
        return rows;
    }

    private JsonObject Row(Field field, int index)
    {
        var row = new JsonObject();
        if (!Wrong(0.1)) row["_id"] = $"r{(Wrong(0.1) ? 0 : index)}";
        foreach (var column in field.Columns!) if (!Wrong(0.6)) row[column.Key] = Wrong(0.1) ? Garbage() : Cell(column);
        return row;
    }

    private JsonObject Matrix(Field field, SchoolContext school)
    {
        var entries = new JsonObject();
        // Out of order on purpose: documents come back from jsonb in its own order of keys.
        foreach (var grade in programme.Grades.OrderBy(_ => _random.Next()))
        {
            var asked = school.Grades.Contains(grade.Key) && field.Grades?.Contains(grade.Key) != false;
            if (asked ? !Wrong(0.4) : Wrong(0.2)) entries[grade.Key] = Wrong(0.1) ? Garbage() : Cell(field);
        }
        if (Wrong(0.1)) entries["g99"] = Cell(field);
        if (Wrong(0.1)) entries["12"] = Cell(field);
        return entries;
    }

    private JsonNode? Cell(Field field) => field.Type switch
    {
        "integer" => Wrong(0.3) ? Edge(field) : _rounds ? 10 * Math.Round(Small() * 40) : Math.Round(Small() * 40),
        "decimal" => Wrong(0.3) ? Edge(field) : _rounds ? _coarse * Math.Round(Small() * 60) : Math.Round(Small() * 60, 2),
        "boolean" => _random.Next(3) > 0,
        "choice" => Wrong(0.2) ? "no-such-option" : Pick(field.Options!).Key,
        "choices" => new JsonArray([.. field.Options!.Where(_ => _random.Next(3) == 0).Select(option => JsonValue.Create(option.Key))]),
        "date" => Wrong(0.2) ? Pick(["2026-02-30", "2026/01/02", "", "0000-01-01"]) : new DateOnly(2025, 6, 1).AddDays(_random.Next(900)).ToString("O", CultureInfo.InvariantCulture),
        _ => Pick(["", "a", "正常的文字", "13010200001", "3213000001", new string('字', 300), "line\nbreak", "\ud83c\udf3e emoji", "13812345678"]),
    };

    private JsonNode Edge(Field field) => Pick<double>(
        [0, 0, 1, -1, 0.5, 100, 12345.678, 1e15, 1e22, field.Min ?? 0, field.Max ?? 100, (field.Min ?? 0) - 0.01, (field.Max ?? 100) + 1, 0.1 + 0.2, -0.0]);

    private JsonNode? Garbage() => _random.Next(8) switch
    {
        0 => null,
        1 => "text",
        2 => true,
        3 => -3.5,
        4 => new JsonArray(1, "a", null),
        5 => new JsonObject { ["g1"] = "x", ["g2"] = null },
        6 => new JsonArray(new JsonObject { ["_id"] = "" }, new JsonObject { ["_id"] = 4 }),
        _ => "",
    };

    /// <summary>Mostly small, sometimes large: sums and comparisons then go both ways.</summary>
    private double Small() => Math.Pow(_random.NextDouble(), 2) * (_random.Next(10) == 0 ? 50 : 1);

    private bool Wrong(double share) => _random.NextDouble() < share * _sloppiness * 3;

    private T Pick<T>(IReadOnlyList<T> items) => items[_random.Next(items.Count)];
}
