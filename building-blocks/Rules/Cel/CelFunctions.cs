using System.Collections.Frozen;
using System.Globalization;

namespace Gengdu.Rules.Cel;

/// <summary>A function of one or two arguments; arguments are never errors when it is called.</summary>
internal sealed record CelFunction(CelType Type, Func<CelValue, CelValue>? One = null, Func<CelValue, CelValue, CelValue>? Two = null)
{
    public int Arity => One is null ? 2 : 1;
}

/// <summary>
/// The functions packs may call beside CEL's operators. web/src/features/forms/engine/functions.ts is the twin: change both,
/// the agreement test compares them.
/// </summary>
internal static class CelFunctions
{
    public static readonly FrozenDictionary<string, CelFunction[]> ByName = new Dictionary<string, CelFunction[]>
    {
        ["sum"] = [Number(CelAggregates.Sum), new(CelType.Double, Two: CelAggregates.SumColumn)],
        ["count"] = [Number(CelAggregates.Count)],
        ["mean"] = [Number(CelAggregates.Mean)],
        ["distinct"] = [new(CelType.Double, Two: CelAggregates.DistinctColumn)],
        ["at"] = [new(CelType.Dynamic, Two: At)],
        ["num"] = [Number(static value => value.Kind == CelKind.Null ? CelValue.Of(0) : NumberOnly(value, static x => x))],
        ["present"] = [new(CelType.Bool, IsPresent)],
        ["ceil"] = [Number(static value => NumberOnly(value, Math.Ceiling))],
        ["floor"] = [Number(static value => NumberOnly(value, Math.Floor))],
        // Half up, not half to even: Math.Round and JavaScript's Math.round differ, floor(x + 0.5) doesn't.
        ["round"] = [Number(static value => NumberOnly(value, static x => Math.Floor(x + 0.5)))],
        ["abs"] = [Number(static value => NumberOnly(value, Math.Abs))],
        ["min"] = [new(CelType.Double, Two: static (a, b) => NumbersOnly(a, b, Math.Min))],
        ["max"] = [new(CelType.Double, Two: static (a, b) => NumbersOnly(a, b, Math.Max))],
        ["days"] = [new(CelType.Double, Two: Days)],
    }.ToFrozenDictionary();

    public static readonly FrozenDictionary<string, Func<string, string, CelValue>> TextTests = new Dictionary<string, Func<string, string, CelValue>>
    {
        ["startsWith"] = static (text, part) => CelValue.Of(text.StartsWith(part, StringComparison.Ordinal)),
        ["endsWith"] = static (text, part) => CelValue.Of(text.EndsWith(part, StringComparison.Ordinal)),
        ["contains"] = static (text, part) => CelValue.Of(text.Contains(part, StringComparison.Ordinal)),
    }.ToFrozenDictionary();

    public static bool TryDate(string text, out DateOnly date) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out date);

    /// <summary>Whether something was entered: not null, and no empty text, list or map.</summary>
    public static CelValue IsPresent(CelValue value) => CelValue.Of(value.Kind switch
    {
        CelKind.Absent or CelKind.Null => false,
        CelKind.String => value.String.Length > 0,
        CelKind.List => value.List.Length > 0,
        CelKind.Map => value.Map.Count > 0,
        _ => true,
    });

    private static CelFunction Number(Func<CelValue, CelValue> apply) => new(CelType.Double, apply);

    private static CelValue NumberOnly(CelValue value, Func<double, double> apply) =>
        value.Kind == CelKind.Double ? CelValue.Of(apply(value.Number)) : CelValue.Fail("a number is needed");

    private static CelValue NumbersOnly(CelValue a, CelValue b, Func<double, double, double> apply) =>
        a.Kind == CelKind.Double && b.Kind == CelKind.Double ? CelValue.Of(apply(a.Number, b.Number)) : CelValue.Fail("numbers are needed");

    private static CelValue At(CelValue map, CelValue key)
    {
        if (map.Kind == CelKind.Null) return CelValue.Null;
        if (map.Kind != CelKind.Map || key.Kind != CelKind.String) return CelValue.Fail("at() needs a map and a string");
        return map.Map[key.String] is { Kind: not CelKind.Absent } value ? value : CelValue.Null;
    }

    private static CelValue Days(CelValue from, CelValue to)
    {
        if (from.Kind != CelKind.String || to.Kind != CelKind.String || !TryDate(from.String, out var start) || !TryDate(to.String, out var end))
            return CelValue.Fail("days() needs two dates");
        return CelValue.Of(end.DayNumber - start.DayNumber);
    }
}
