using Gengdu.Analytics.Programmes;
using Gengdu.Rules;

namespace Gengdu.Analytics.Dashboards;

/// <summary>What one place has to show for one indicator, before it is rated.</summary>
/// <param name="Due">Whether it applies here at all.</param>
/// <param name="Numerator">Null without data.</param>
/// <param name="Denominator">Null without data.</param>
/// <param name="Target">In the unit shown; null when there is nothing to compare with here.</param>
internal readonly record struct Measured(bool Due, decimal? Numerator, decimal? Denominator, double? Target)
{
    /// <summary>The unrounded value; null without data or over a denominator of zero.</summary>
    public double? Value(Indicator indicator) =>
        Numerator is { } numerator && Denominator is { } denominator && denominator != 0 ? (double)(numerator / denominator) * indicator.Factor : null;
}

/// <summary>Lights, scores and the composite index: value against target, weighted, missing counted as zero.</summary>
internal static class Rating
{
    // Floating point must not turn 100 % into "nearly".
    private const double Hair = 1e-9;

    /// <summary>0 to 1: min(1, value / target), target / value where less is better, distance to the band.</summary>
    public static double Score(Indicator indicator, double value, double target) => indicator.Direction switch
    {
        "band" when indicator.Band is [var low, var high] =>
            value < low ? Share(value, low) : value > high ? Share(high, value) : 1,
        "down" => value <= target ? 1 : Share(target, value),
        _ => Share(value, target),
    };

    public static string Light(double? score) => score switch
    {
        null => "none",
        >= 1 - Hair => "green",
        >= 0.8 - Hair => "amber",
        _ => "red",
    };

    /// <summary>Light of a single figure; "none" where there is no data: missing is not bad.</summary>
    public static string Light(Indicator indicator, Measured measured) =>
        !indicator.Information && measured.Target is { } target && measured.Value(indicator) is { } value ? Light(Score(indicator, value, target)) : "none";

    public static decimal? Shown(Indicator indicator, Measured measured) =>
        measured.Value(indicator) is { } value ? Math.Round((decimal)value, indicator.Decimals, MidpointRounding.AwayFromZero) : null;

    /// <summary>Area scores in the programme's order, and the index over them.</summary>
    public static (IReadOnlyList<AreaResponse> Areas, IndexResponse Index) Rate(Programme programme, Func<Indicator, Measured> measured)
    {
        var areas = new List<AreaResponse>();
        var (sum, weights) = (0.0, 0.0);
        foreach (var area in programme.Areas)
        {
            var (score, weight) = (0.0, 0.0);
            foreach (var indicator in programme.Indicators)
            {
                if (indicator.Area == area.Key && Rated(indicator, measured(indicator)) is { } rated)
                {
                    score += indicator.Weight * rated;
                    weight += indicator.Weight;
                }
            }

            double? mean = weight > 0 ? score / weight : null;
            areas.Add(new(area.Key, Points(mean), Light(mean)));
            (sum, weights) = mean is { } some ? (sum + (area.Weight * some), weights + area.Weight) : (sum, weights);
        }

        double? index = weights > 0 ? sum / weights : null;
        return (areas, new(Points(index), Light(index)));
    }

    /// <summary>
    /// 0 to 1. Null leaves the indicator out: it is not computed yet, for information, without a target here, or does not apply
    /// (a hazard fix rate where no hazard was found). Where it applies, no data is a zero.
    /// </summary>
    public static double? Rated(Indicator indicator, Measured measured) =>
        indicator.Later is not null || indicator.Information || indicator.Weight == 0 || !measured.Due || measured.Target is not { } target ? null
        : measured.Value(indicator) is { } value ? Score(indicator, value, target)
        : measured is { Numerator: 0, Denominator: 0 } ? null
        : 0;

    private static double Share(double part, double whole) => whole > 0 ? Math.Clamp(part / whole, 0, 1) : 1;

    private static decimal? Points(double? score) => score is { } some ? Math.Round((decimal)some * 100, 1, MidpointRounding.AwayFromZero) : null;
}
