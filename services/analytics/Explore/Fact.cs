namespace Gengdu.Analytics.Explore;

/// <summary>What schools that have something in common gave to one indicator of one cycle.</summary>
/// <param name="Keys">By dimension, cycle and indicator included.</param>
internal sealed record Fact(IReadOnlyDictionary<string, string> Keys, Sums Sums);

/// <summary>What can be added: ratios go up as sum of numerators over sum of denominators.</summary>
/// <param name="Due">Schools it applies to; module reports where the indicator is counted from the roster.</param>
internal readonly record struct Sums(decimal Numerator, decimal Denominator, int Due, int Reported, int Approved)
{
    public static Sums operator +(Sums one, Sums other) =>
        new(one.Numerator + other.Numerator, one.Denominator + other.Denominator, one.Due + other.Due, one.Reported + other.Reported, one.Approved + other.Approved);

    public static Sums operator -(Sums one, Sums other) =>
        new(one.Numerator - other.Numerator, one.Denominator - other.Denominator, one.Due - other.Due, one.Reported - other.Reported, one.Approved - other.Approved);
}
