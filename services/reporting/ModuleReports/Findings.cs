using System.Text.Json;
using Gengdu.Reporting.Cycles;
using Gengdu.Rules;
using Gengdu.ServiceDefaults;
using Text = Gengdu.ServiceDefaults.Text;

namespace Gengdu.Reporting.ModuleReports;

/// <summary>Something to correct or explain.</summary>
internal sealed record Finding(string Rule, string Severity, IReadOnlyList<string> At, Text Message, bool Explained);

/// <summary>What the rules say about one module report at one moment.</summary>
internal sealed record Findings(IReadOnlyList<Finding> Results, int Errors, int Warnings, int Unexplained, double Completion)
{
    public static readonly Findings None = new([], 0, 0, 0, 0);

    /// <summary>Runs every field check and rule of the module over its values and the related modules' values.</summary>
    public static Findings Of(ModuleReportDossier dossier, IReadOnlyList<Explanation> explanations, JsonElement values, DateTimeOffset now)
    {
        var programme = dossier.Programme;
        var set = new ValueSet(programme);
        foreach (var related in dossier.Related.EnumerateObject())
        {
            set.Add(related.Name, related.Value);
        }

        set.Add(dossier.Module.Key, values);
        var context = dossier.ContextAt(ChinaTime.DateOf(now));
        var results = RuleEvaluator.Evaluate(programme, dossier.Module.Key, set, context)
            .Select(r => new Finding(r.Rule, r.Severity, r.At, new Text(r.Message.Zh, r.Message.En), r.Severity == "warning" && IsExplained(r, explanations))).ToList();
        return new(results, results.Count(r => r.Severity == "error"), results.Count(r => r.Severity == "warning"),
            results.Count(r => r is { Severity: "warning", Explained: false }), ModuleCompletion.Of(programme, dossier.Module.Key, set, context));
    }

    /// <summary>Errors and unexplained warnings: what stands against completion and submission.</summary>
    public Problem? Blocking() => Errors + Unexplained == 0 ? null : ModuleReportProblems.Blocked(
        [.. Results.Where(r => r.Severity == "error" || r is { Severity: "warning", Explained: false })
            .Select(r => new FieldError(r.At.Count > 0 ? r.At[0] : null, r.Severity == "warning" ? "unexplained" : CodeOf(r.Rule), r.Message) { Rule = r.Rule })]);

    /// <summary>Remarks, marks to follow up, and the explanations that answer a warning of these findings; others are left out of a revision.</summary>
    public IReadOnlyList<Explanation> Answered(IReadOnlyList<Explanation> explanations) =>
        [.. explanations.Where(e => Explanation.IsUnasked(e.Rule) || Results.Any(r => r.Severity == "warning" && r.Rule == e.Rule && r.At.Contains(e.At)))];

    private static bool IsExplained(RuleResult result, IReadOnlyList<Explanation> explanations) =>
        explanations.Any(e => e.Rule == result.Rule && result.At.Contains(e.At));

    private static string CodeOf(string rule) => rule.StartsWith("field:", StringComparison.Ordinal) ? rule["field:".Length..] : "rule";
}
