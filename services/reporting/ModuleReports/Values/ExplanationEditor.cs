using Gengdu.Rules;
using Gengdu.ServiceDefaults;
using Text = Gengdu.ServiceDefaults.Text;

namespace Gengdu.Reporting.ModuleReports.Values;

/// <summary>Adds, replaces and takes back explanations of warnings, remarks, and marks of what is to be followed up.</summary>
internal static class ExplanationEditor
{
    private const int MaxText = 2000;
    private const int MaxAddress = 200;
    private const int MaxExplanations = 1000;

    public static (IReadOnlyList<Explanation> Explanations, IReadOnlyList<FieldError> Errors) Apply(
        Module module, IReadOnlyList<Explanation> present, IReadOnlyList<Explanation> changes)
    {
        if (changes.Count == 0)
        {
            return (present, []);
        }

        var errors = new List<FieldError>();
        var kept = present.ToDictionary(e => (e.Rule, e.At));
        for (var i = 0; i < changes.Count; i++)
        {
            var change = changes[i];
            var text = change.Text.Trim();
            if (Explanation.IsUnasked(change.Rule) && text.Length > 0 && module.Field(change.At.Split('/')[0]) is null)
            {
                Refuse(i, "unknown-cell", "本模块没有这个单元格", "This module has no such cell");
            }
            else if (Explanation.IsUnasked(change.Rule) && text.Length > 0 && PersonalCells.IsPersonal(module, change.At))
            {
                // It would outlive the value it speaks of: an erasure knows cells, not words.
                Refuse(i, "personal", "个人信息一栏不能加备注或待核实标记", "A personal value takes no remark and no mark to follow up");
            }
            else if (!Explanation.IsUnasked(change.Rule) && module.Rules.FirstOrDefault(r => r.Id == change.Rule) is not { Severity: "warning" })
            {
                Refuse(i, "unknown-rule", $"规则 {Short(change.Rule)} 不是本模块需要说明的提示", $"Rule {Short(change.Rule)} is no warning of this module");
            }
            else if (change.At.Length is 0 or > MaxAddress || change.At.Contains('\0', StringComparison.Ordinal))
            {
                Refuse(i, "unknown-cell", "请给出提示所在的单元格", "Name the cell the warning stands at");
            }
            else if (text.Length > MaxText || text.Contains('\0', StringComparison.Ordinal))
            {
                Refuse(i, "length", $"说明最多 {MaxText} 字", $"An explanation has at most {MaxText} characters");
            }
            else if (text.Length == 0)
            {
                kept.Remove((change.Rule, change.At));
            }
            else
            {
                kept[(change.Rule, change.At)] = change with { Text = text };
            }
        }

        if (kept.Count > MaxExplanations)
        {
            Refuse(0, "length", $"最多 {MaxExplanations} 条说明", $"At most {MaxExplanations} explanations");
        }

        return ([.. kept.Values], errors);

        void Refuse(int index, string code, string zh, string en) => errors.Add(new($"explanations/{index}", code, new Text(zh, en)));
    }

    private static string Short(string rule) => rule.Length > 20 ? rule[..20] : rule;
}
