using System.Globalization;
using System.Text.Json.Nodes;

namespace Gengdu.Rules.Tests.Agreement;

/// <summary>Random expressions over every operator, macro and function of the subset, right and wrong in their types, with values for their names.</summary>
internal sealed class ExpressionGenerator(int seed)
{
    public static readonly string[] Names = ["a", "b", "s", "t", "p", "q", "n", "m", "e", "l", "z", "rows", "row", "d"];

    private static readonly string[] s_comparisons = ["<", "<=", ">", ">=", "==", "!="];
    private readonly Random _random = new(seed);
    private readonly Stack<string> _locals = new();

    public string Expression() => Any(4);

    public JsonObject Variables() => new()
    {
        ["a"] = Nullable(0.05) ?? Number(),
        ["b"] = Nullable(0.05) ?? Number(),
        ["s"] = Nullable(0.05) ?? Text(),
        ["t"] = Text(),
        ["p"] = _random.Next(2) == 0,
        ["q"] = Nullable(0.05) ?? _random.Next(2) == 0,
        ["n"] = null,
        ["m"] = new JsonObject { ["g1"] = Number(), ["g2"] = Nullable(0.05) ?? Number(), ["x y"] = Number() },
        ["e"] = new JsonObject(),
        ["l"] = new JsonArray([.. Enumerable.Range(0, _random.Next(4)).Select(_ => Nullable(0.05) ?? Number())]),
        ["z"] = new JsonArray(),
        ["rows"] = new JsonArray([.. Enumerable.Range(0, _random.Next(4)).Select(_ => (JsonNode)Row())]),
        ["row"] = Row(),
        ["d"] = Pick("2026-02-28", "2024-02-29", "2026-02-30", "1900-03-01", "x"),
    };

    private JsonObject Row() => new() { ["h"] = Nullable(0.05) ?? Number(), ["k"] = Text(), ["full"] = Nullable(0.05) ?? _random.Next(2) == 0 };

    private JsonNode? Nullable(double share) => _random.NextDouble() < share ? Null() : JsonValue.Create(0.25 * _random.Next(-8, 40));

    private static JsonNode? Null() => null;

    private JsonNode Number() => Pick<double>(0, 1, -1, 0.5, 2.5, 0.1, 0.2, 3, 1e21, -0.0, 1.0 / 3);

    private JsonNode Text() => Pick("", "a", "ab", "甲乙", "g1", "13", "2026-01-31", "a\nb", "\ud83c\udf3e");

    private T Pick<T>(params T[] items) => items[_random.Next(items.Length)];

    private string Any(int depth) => _random.Next(10) switch
    {
        0 or 1 or 2 or 3 or 4 => Bool(depth),
        5 or 6 or 7 => Num(depth),
        8 => Str(depth),
        _ => Collection(depth),
    };

    /// <summary>Mostly of the wanted kind, now and then something else: errors must agree as well.</summary>
    private string Slip(int depth, Func<int, string> wanted) => _random.Next(40) == 0 ? Any(depth) : wanted(depth);

    private string Bool(int depth) => depth <= 0 ? Pick("true", "false", "p", "q", "n == null") : _random.Next(15) switch
    {
        0 or 1 => $"({Slip(depth - 1, Bool)} && {Slip(depth - 1, Bool)})",
        2 or 3 => $"({Slip(depth - 1, Bool)} || {Slip(depth - 1, Bool)})",
        4 => $"!{Slip(depth - 1, Bool)}",
        5 or 6 => $"({Slip(depth - 1, Num)} {Pick(s_comparisons)} {Slip(depth - 1, Num)})",
        7 => $"({Slip(depth - 1, Str)} {Pick(s_comparisons)} {Slip(depth - 1, Str)})",
        8 => $"({Any(depth - 1)} {Pick("==", "!=")} {Any(depth - 1)})",
        9 => $"({Any(depth - 1)} in {Slip(depth - 1, Collection)})",
        10 => Macro(depth, Pick("all", "exists", "exists_one"), Bool),
        11 => $"{Slip(depth - 1, Str)}.{Pick("startsWith", "endsWith", "contains")}({Slip(depth - 1, Str)})",
        12 => $"{Slip(depth - 1, Str)}.matches({Pick("'^a'", "'b$'", "'^[0-9]+$'", "'a.b'", "'\\\\s'", "'^\\\\d{4}-'", "'.'", "r'\\w+'", "'甲|乙'")})",
        13 => $"present({Any(depth - 1)})",
        _ => Pick("has(row.h)", "has(row.nothing)", "has(m.g1)", "has(n.x)", "has(row.x.y)", "has(s.x)"),
    };

    private string Num(int depth) => depth <= 0 ? Pick("a", "b", "0.0", "1.0", "2.5", "-0.1", "1e3", "num(n)") : _random.Next(12) switch
    {
        0 or 1 or 2 => $"({Slip(depth - 1, Num)} {Pick("+", "-", "*", "/")} {Slip(depth - 1, Num)})",
        3 => $"-{Slip(depth - 1, Num)}",
        4 => $"({Slip(depth - 1, Bool)} ? {Slip(depth - 1, Num)} : {Slip(depth - 1, Num)})",
        5 => $"{Pick("sum", "count", "mean")}({Slip(depth - 1, Collection)})",
        6 => $"{Pick("sum", "distinct")}({Pick("rows", "z", "l", "n")}, {Pick("'h'", "'k'", "'full'", "t")})",
        7 => $"{Pick("ceil", "floor", "round", "abs", "num")}({Slip(depth - 1, Num)})",
        8 => $"{Pick("min", "max")}({Slip(depth - 1, Num)}, {Slip(depth - 1, Num)})",
        9 => $"at({Pick("m", "e", "n", "row", "l")}, {Slip(depth - 1, Str)})",
        10 => Pick("m.g1", "m['x y']", "m[t]", "row.h", "l[0.0]", "l[a]", "row['h']", "[1.0, a][0.0]", "l[0.5]"),
        _ => $"days({Pick("d", "'2026-01-01'", "s")}, {Pick("d", "'2027-01-01'", "n")})",
    };

    private string Str(int depth) => depth <= 0 ? Local() ?? Pick("s", "t", "d", "'a'", "\"g1\"", "''", "r'\\d'", "'\\u7532'", "'''x'''") : _random.Next(5) switch
    {
        0 => $"({Slip(depth - 1, Str)} + {Slip(depth - 1, Str)})",
        1 => $"({Slip(depth - 1, Bool)} ? {Slip(depth - 1, Str)} : {Slip(depth - 1, Str)})",
        2 => "row.k",
        _ => Str(0),
    };

    private string Collection(int depth) => depth <= 0 ? Pick("m", "e", "l", "z", "rows", "row", "['a', 'g1']", "[1.0, 2.0]") : _random.Next(7) switch
    {
        0 => $"[{Any(depth - 1)}, {Any(depth - 1)}]",
        1 => $"{{'g1': {Any(depth - 1)}, 'b': {Any(depth - 1)}}}",
        2 => Macro(depth, "map", Num),
        3 => Macro(depth, "filter", Bool),
        4 => $"({Slip(depth - 1, Collection)} + {Slip(depth - 1, Collection)})",
        5 => Mapped(depth),
        _ => Collection(0),
    };

    private string Macro(int depth, string name, Func<int, string> body)
    {
        var range = Slip(depth - 1, Collection);
        return With(local => $"{range}.{name}({local}, {(_random.Next(3) == 0 ? OverRow(local) : Slip(depth - 1, body))})");
    }

    private string Mapped(int depth)
    {
        var range = Slip(depth - 1, Collection);
        return With(local => $"{range}.map({local}, {Slip(depth - 1, Bool)}, {Slip(depth - 1, Any)})");
    }

    private string OverRow(string local) => Pick($"{local}.h > {_random.Next(3)}.5", $"{local}.full == true", $"{local} != null", $"m[{local}] > 0.5", $"{local} >= a");

    private string With(Func<string, string> inner)
    {
        var local = string.Create(CultureInfo.InvariantCulture, $"v{_locals.Count}");
        _locals.Push(local);
        var text = inner(local);
        _locals.Pop();
        return text;
    }

    private string? Local() => _locals.Count > 0 && _random.Next(3) == 0 ? _locals.Peek() : null;
}
