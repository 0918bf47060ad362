using System.Globalization;
using System.Text.Json.Nodes;
using Gengdu.Province.Api;

namespace Gengdu.Province.Play;

/// <summary>
/// Adds up what was signed, in plain code that shares nothing with the platform's rules or roll-ups, and compares with the
/// province's page: counts of module reports, and numerators and denominators of eight indicators, to the last digit.
/// </summary>
internal sealed class Recount(Session owner, Cycle cycle, Signed signed)
{
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var expected = Sums();
        var me = await owner.GetAsync("/api/identity/me", cancellationToken);
        var province = me["assignments"]!.AsArray().Select(a => a!["organisation"]!).First(o => o["code"]!.GetValue<string>() == "130000")["id"]!.GetValue<Guid>();
        var differences = new List<string>();
        var started = TimeProvider.System.GetTimestamp();
        for (var i = 0; i < 240; i++)
        {
            var page = await owner.GetAsync($"/api/analytics/dashboards/nodes/{province}?cycleId={cycle.Id}", cancellationToken);
            differences = Compare(page, expected);
            if (differences.Count == 0)
            {
                Console.WriteLine($"  recount: {signed.Values.Count:N0} signed module reports and {expected.Count} indicators agree with the province page to the last digit "
                    + $"({TimeProvider.System.GetElapsedTime(started).TotalSeconds:F1} s after the last act)");
                return;
            }

            await Task.Delay(500, cancellationToken);
        }

        throw new InvalidOperationException($"The province page differs from the recount after two minutes: {string.Join("; ", differences)}");
    }

    private List<string> Compare(JsonNode page, Dictionary<string, (decimal Numerator, decimal Denominator)> expected)
    {
        var differences = new List<string>();
        var counted = page["completeness"]!["submitted"]!.GetValue<int>();
        // Department forms are on the roster too, and the province's own page counts all of them.
        if (counted != signed.Values.Count)
        {
            differences.Add($"submitted: page {counted}, recount {signed.Values.Count}");
        }

        foreach (var figure in page["indicators"]!.AsArray())
        {
            if (!expected.TryGetValue(figure!["id"]!.GetValue<string>(), out var sum))
            {
                continue;
            }

            var (numerator, denominator) = (figure["numerator"]?.GetValue<decimal>() ?? 0, figure["denominator"]?.GetValue<decimal>() ?? 0);
            if (numerator != sum.Numerator || denominator != sum.Denominator)
            {
                differences.Add($"{figure["id"]}: page {numerator}/{denominator}, recount {sum.Numerator}/{sum.Denominator}");
            }
        }

        return differences;
    }

    private Dictionary<string, (decimal Numerator, decimal Denominator)> Sums()
    {
        var schools = signed.Values.Keys.Select(k => k.Code).Distinct().Select(code => new Modules(code, signed)).Where(m => m.Has("basic-information")).ToList();
        return new()
        {
            ["K03"] = Sum(schools, "curriculum", m => (m.Grades("classes").Sum(g => g.Value * m.Grade("curriculum", "weekly_hours", g.Key)), m.Grades("classes").Values.Sum())),
            ["K08"] = Sum(schools, "curriculum", m => (m.Number("curriculum", "week_participants"), m.Pupils)),
            ["K17"] = Sum(schools, "teaching-staff", m => (m.Number("teaching-staff", "trained"), m.Number("teaching-staff", "ft_labor") + m.Number("teaching-staff", "pt_labor"))),
            // One visit a pupil and year: the demo's cycle is a semester and owes half of it.
            ["K24"] = Sum(schools, "practice-places", m => (m.Number("practice-places", "base_visits"), m.Pupils * 0.5m)),
            ["K26"] = Sum(schools, "practice-places", m => (m.Number("practice-places", "equip_value"), m.Pupils)),
            ["K27"] = Sum(schools, "capital-investment", m => (m.Number("capital-investment", "spend_total"), m.Pupils)),
            ["K31"] = Sum(schools, "safety", m => (m.Number("safety", "insured"), m.Pupils)),
            ["K34"] = Sum(schools, "evaluation", m => (m.Number("evaluation", "recorded"), m.Pupils)),
        };
    }

    private static (decimal, decimal) Sum(IEnumerable<Modules> schools, string module, Func<Modules, (decimal, decimal)> of)
    {
        var (numerator, denominator) = (0m, 0m);
        foreach (var school in schools.Where(s => s.Has(module)))
        {
            var (n, d) = of(school);
            (numerator, denominator) = (numerator + n, denominator + d);
        }

        return (numerator, denominator);
    }

    private sealed record Modules(string Code, Signed Signed)
    {
        public decimal Pupils => Grades("students").Values.Sum();

        public bool Has(string module) => Signed.Values.ContainsKey((Code, module));

        public Dictionary<string, object?> Of(string module) => Signed.Values[(Code, module)];

        public decimal Number(string module, string field) => Convert.ToDecimal(Of(module)[field] ?? 0, CultureInfo.InvariantCulture);

        public Dictionary<string, decimal> Grades(string field) =>
            ((Dictionary<string, object?>)Of("basic-information")[field]!).ToDictionary(g => g.Key, g => Convert.ToDecimal(g.Value, CultureInfo.InvariantCulture));

        public decimal Grade(string module, string field, string grade) =>
            Convert.ToDecimal(((Dictionary<string, object?>)Of(module)[field]!).GetValueOrDefault(grade) ?? 0, CultureInfo.InvariantCulture);
    }
}
