using System.Globalization;

namespace Gengdu.Province.Play;

/// <summary>A slip that people make, and the module it is made in.</summary>
internal sealed record Mistake(string Module, Func<Dictionary<string, object?>, List<object>> Changes);

/// <summary>Slips that a blocking rule must catch.</summary>
internal static class Mistakes
{
    private static readonly Mistake[] All =
    [
        new("basic-information", _ => [new { at = "boarders", value = 39_999 }]),
        new("capital-investment", v => [new { at = "src_other", value = Number(v["src_other"]) + 5000 }]),
        new("safety", v => [new { at = "hazards_fixed", value = Number(v["hazards_found"]) + 3 }]),
        new("evaluation", v => [new { at = "archived", value = Number(v["recorded"]) + 1 }]),
        new("teaching-staff", _ => [new { at = "related_major", value = 599 }]),
        new("collaboration", v => [new { at = "survey_ok", value = Number(v["survey_n"]) + 10 }]),
    ];

    public static Mistake Any(Random random) => All[random.Next(All.Length)];

    private static double Number(object? value) => Convert.ToDouble(value ?? 0, CultureInfo.InvariantCulture);
}
