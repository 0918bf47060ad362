using System.Text.RegularExpressions;
using Gengdu.Rules;

namespace Gengdu.Reporting.ModuleReports;

/// <summary>Warnings that hold a value against the school's own past or against schools like it: what a reviewer looks at first.</summary>
internal static partial class Outliers
{
    public static int In(Module module, IReadOnlyList<Finding> results) =>
        results.Count(result => result.Severity == "warning" && module.Rules.Any(rule => rule.Id == result.Rule && Others().IsMatch(rule.Expr)));

    [GeneratedRegex(@"\b(previous|peers)\b", RegexOptions.CultureInvariant)]
    private static partial Regex Others();
}
