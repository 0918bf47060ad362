using System.Diagnostics;

namespace Gengdu.Rules.Cel;

internal enum CelKind : byte
{
    /// <summary>No entry at all: an unasked cell of a matrix, a slot never filled.</summary>
    Absent,
    Null,
    Bool,
    Double,
    String,
    List,
    Map,

    /// <summary>A failed evaluation. A value, not an exception: &amp;&amp;, || and the quantifiers absorb errors all the time.</summary>
    Error,
}

/// <summary>A value of an expression, without boxing numbers.</summary>
[DebuggerDisplay("{Kind} {Number} {Reference}")]
internal readonly struct CelValue
{
    public static readonly CelValue Null = new(CelKind.Null, 0, null);
    public static readonly CelValue True = new(CelKind.Bool, 1, null);
    public static readonly CelValue False = new(CelKind.Bool, 0, null);
    public static readonly CelValue EmptyList = new(CelKind.List, 0, Array.Empty<CelValue>());
    public static readonly CelValue EmptyMap = new(CelKind.Map, 0, CelMap.Empty);

    private CelValue(CelKind kind, double number, object? reference) => (Kind, Number, Reference) = (kind, number, reference);

    public CelKind Kind { get; }

    public double Number { get; }

    public object? Reference { get; }

    public bool IsTrue => Kind == CelKind.Bool && Number != 0;

    public bool IsFalse => Kind == CelKind.Bool && Number == 0;

    public bool IsError => Kind == CelKind.Error;

    /// <summary>Null or no entry.</summary>
    public bool IsNothing => Kind <= CelKind.Null;

    public string String => (string)Reference!;

    public CelValue[] List => (CelValue[])Reference!;

    public CelMap Map => (CelMap)Reference!;

    public static CelValue Of(double value) => new(CelKind.Double, value, null);

    public static CelValue Of(bool value) => value ? True : False;

    public static CelValue Of(string? value) => value is null ? Null : new(CelKind.String, 0, value);

    public static CelValue Of(CelValue[] value) => new(CelKind.List, 0, value);

    public static CelValue Of(CelMap value) => new(CelKind.Map, 0, value);

    public static CelValue Fail(string reason) => new(CelKind.Error, 0, reason);
}
