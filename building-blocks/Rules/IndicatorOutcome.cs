namespace Gengdu.Rules;

/// <summary>One school's part of a figure; without a value <see cref="Reason"/> says why.</summary>
public readonly record struct IndicatorOutcome
{
    /// <summary>The indicator says nothing about this school.</summary>
    public const string DoesNotApply = "does-not-apply";

    /// <summary>A value it needs was not given.</summary>
    public const string Missing = "missing";

    /// <summary>The expression failed or gave no finite number: a bug in the pack.</summary>
    public const string Broken = "broken";

    /// <summary>It is not computed from a school's values (yet).</summary>
    public const string NotComputed = "not-computed";

    /// <summary>Whether numerator and denominator count.</summary>
    public bool HasValue => Reason is null;

    /// <summary>Numerator; 0 without a value.</summary>
    public double Numerator { get; private init; }

    /// <summary>Denominator; 0 without a value.</summary>
    public double Denominator { get; private init; }

    /// <summary>Why there is no value; null when there is one.</summary>
    public string? Reason { get; private init; }

    internal static IndicatorOutcome Of(double numerator, double denominator) => new() { Numerator = numerator, Denominator = denominator };

    internal static IndicatorOutcome Without(string reason) => new() { Reason = reason };
}
