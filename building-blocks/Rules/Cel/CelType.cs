namespace Gengdu.Rules.Cel;

internal enum CelTypeKind
{
    /// <summary>Known at run time only: everything a form holds.</summary>
    Dynamic,
    Null,
    Bool,
    Double,
    String,
    List,
    Map,
}

/// <summary>
/// What is known of a value before evaluation. The browser's library refuses some expressions for their types at compile time
/// (null beside a number in a ternary, a number in a list of strings); this says no to the same ones, so a pack that loads here runs there.
/// </summary>
internal sealed record CelType(CelTypeKind Kind, CelType? Element = null)
{
    public static readonly CelType Dynamic = new(CelTypeKind.Dynamic);
    public static readonly CelType Null = new(CelTypeKind.Null);
    public static readonly CelType Bool = new(CelTypeKind.Bool);
    public static readonly CelType Double = new(CelTypeKind.Double);
    public static readonly CelType String = new(CelTypeKind.String);

    public bool IsDynamic => Kind == CelTypeKind.Dynamic;

    public bool MayBe(CelTypeKind kind) => Kind == kind || Kind == CelTypeKind.Dynamic;

    public static CelType ListOf(CelType element) => new(CelTypeKind.List, element);

    public static CelType MapOf(CelType element) => new(CelTypeKind.Map, element);

    public static CelType Of(CelValue literal) => literal.Kind switch
    {
        CelKind.Bool => Bool,
        CelKind.Double => Double,
        CelKind.String => String,
        _ => Null,
    };

    /// <summary>Whether values of both types may meet in ==, &lt;, + or in.</summary>
    public bool Fits(CelType other)
    {
        if (IsDynamic || other.IsDynamic) return true;
        return Kind == other.Kind && (Element is null || Element.Fits(other.Element!));
    }

    /// <summary>The type of a value that is one or the other, or null when the two can't stand in one place.</summary>
    public CelType? Unify(CelType other)
    {
        if (Equals(other) || IsDynamic) return this;
        if (other.IsDynamic) return other;
        if (Kind != other.Kind || Element is null) return null;
        return Element.Unify(other.Element!) is { } element ? new CelType(Kind, element) : null;
    }

    public override string ToString() => Kind switch
    {
        CelTypeKind.List => $"list of {Element}",
        CelTypeKind.Map => $"map of {Element}",
        CelTypeKind.Dynamic => "value",
        CelTypeKind.Double => "number",
        _ => Kind.ToString().ToLowerInvariant(),
    };
}
