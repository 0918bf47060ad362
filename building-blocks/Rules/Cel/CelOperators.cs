namespace Gengdu.Rules.Cel;

/// <summary>What the operators do with values at run time.</summary>
internal static class CelOperators
{
    public static CelValue Refuse(CelValue value, string reason) => value.IsError ? value : CelValue.Fail(reason);

    public static Func<CelValue, CelValue, CelValue> For(CelTokenKind sign) => sign switch
    {
        CelTokenKind.Equal => static (a, b) => CelValue.Of(AreEqual(a, b)),
        CelTokenKind.NotEqual => static (a, b) => CelValue.Of(!AreEqual(a, b)),
        CelTokenKind.In => In,
        CelTokenKind.Plus => Add,
        CelTokenKind.Minus => static (a, b) => Numbers(a, b) ? CelValue.Of(a.Number - b.Number) : CelValue.Fail("'-' needs numbers"),
        CelTokenKind.Star => static (a, b) => Numbers(a, b) ? CelValue.Of(a.Number * b.Number) : CelValue.Fail("'*' needs numbers"),
        CelTokenKind.Slash => static (a, b) => Numbers(a, b) ? CelValue.Of(a.Number / b.Number) : CelValue.Fail("'/' needs numbers"),
        CelTokenKind.Less => static (a, b) =>
            Numbers(a, b) ? CelValue.Of(a.Number < b.Number) : Ordered(a, b, out var order) ? CelValue.Of(order < 0) : Incomparable,
        CelTokenKind.LessOrEqual => static (a, b) =>
            Numbers(a, b) ? CelValue.Of(a.Number <= b.Number) : Ordered(a, b, out var order) ? CelValue.Of(order <= 0) : Incomparable,
        CelTokenKind.Greater => static (a, b) =>
            Numbers(a, b) ? CelValue.Of(a.Number > b.Number) : Ordered(a, b, out var order) ? CelValue.Of(order > 0) : Incomparable,
        CelTokenKind.GreaterOrEqual => static (a, b) =>
            Numbers(a, b) ? CelValue.Of(a.Number >= b.Number) : Ordered(a, b, out var order) ? CelValue.Of(order >= 0) : Incomparable,
        _ => throw new ArgumentOutOfRangeException(nameof(sign)),
    };

    private static CelValue Incomparable => CelValue.Fail("values of these types can't be compared");

    private static bool Numbers(CelValue a, CelValue b) => a.Kind == CelKind.Double && b.Kind == CelKind.Double;

    private static bool Ordered(CelValue a, CelValue b, out int order)
    {
        order = 0;
        if (a.Kind != b.Kind) return false;
        if (a.Kind == CelKind.String) order = string.CompareOrdinal(a.String, b.String);
        else if (a.Kind == CelKind.Bool) order = a.Number.CompareTo(b.Number);
        else return false;
        return true;
    }

    private static CelValue Add(CelValue a, CelValue b)
    {
        if (Numbers(a, b)) return CelValue.Of(a.Number + b.Number);
        if (a.Kind == CelKind.String && b.Kind == CelKind.String) return CelValue.Of(a.String + b.String);
        return a.Kind == CelKind.List && b.Kind == CelKind.List ? CelValue.Of([.. a.List, .. b.List]) : CelValue.Fail("'+' needs two numbers, strings or lists");
    }

    private static CelValue In(CelValue value, CelValue container)
    {
        if (container.Kind == CelKind.Map)
            return CelValue.Of(value.Kind == CelKind.String && container.Map[value.String].Kind != CelKind.Absent);
        if (container.Kind != CelKind.List) return CelValue.Fail("'in' needs a list or a map");
        foreach (var element in container.List) if (AreEqual(value, element)) return CelValue.True;
        return CelValue.False;
    }

    public static bool AreEqual(CelValue a, CelValue b)
    {
        if (a.Kind != b.Kind) return false;
        return a.Kind switch
        {
            CelKind.Double or CelKind.Bool => a.Number == b.Number,
            CelKind.String => a.String == b.String,
            CelKind.List => ReferenceEquals(a.Reference, b.Reference) || AreEqual(a.List, b.List),
            CelKind.Map => ReferenceEquals(a.Reference, b.Reference) || AreEqual(a.Map, b.Map),
            _ => true,
        };
    }

    private static bool AreEqual(CelValue[] a, CelValue[] b)
    {
        if (a.Length != b.Length) return false;
        for (var i = 0; i < a.Length; i++) if (!AreEqual(a[i], b[i])) return false;
        return true;
    }

    private static bool AreEqual(CelMap a, CelMap b)
    {
        if (a.Count != b.Count) return false;
        for (var i = 0; i < a.Values.Length; i++)
            if (a.Values[i].Kind != CelKind.Absent && !AreEqual(a.Values[i], b[a.Shape.Keys[i]])) return false;
        return true;
    }

    public static CelValue Member(CelValue target, string member)
    {
        if (target.Kind == CelKind.Map && target.Map[member] is { Kind: not CelKind.Absent } value) return value;
        return target.IsError ? target : CelValue.Fail($"no member '{member}'");
    }

    public static CelValue Element(CelValue container, CelValue key)
    {
        if (key.IsError) return key;
        if (container.Kind == CelKind.Map && key.Kind == CelKind.String) return Member(container, key.String);
        if (container.Kind == CelKind.List && key.Kind == CelKind.Double && key.Number >= 0 && key.Number < container.List.Length
            && Math.Floor(key.Number) == key.Number) return container.List[(int)key.Number];
        return CelValue.Fail("no element there");
    }
}
