using System.Text.RegularExpressions;
using Gengdu.Rules.Cel;

namespace Gengdu.Rules.Packs;

/// <summary>Compiles one rule and checks the addresses and placeholders it uses.</summary>
internal static partial class RuleLinker
{
    public static void Link(Programme programme, Module module, Rule rule, CelNames names, ExpressionLinker linker)
    {
        if (rule.Severity is not ("error" or "warning" or "info")) linker.Say("severity", "severity must be error, warning or info");
        if (rule.Missing is not ("skip" or "zero" or "run")) linker.Say("missing", "missing must be skip, zero or run");
        var rows = rule.Each?.StartsWith("row:", StringComparison.Ordinal) == true ? programme.Field(rule.Each[4..]) : null;
        if (rule.Each is not (null or "grade" or "number" or "text") && rows?.Type != "rows") linker.Say("each", "each must be \"grade\", \"number\", \"text\" or \"row:\" and a field of rows");
        var scope = rule.Each switch
        {
            "grade" => PackNames.InGrade(programme, names),
            "number" or "text" => PackNames.InCell(names),
            _ => rows?.Columns is null ? names : PackNames.InRow(rows, names),
        };

        var expr = linker.Compile("expr", rule.Expr, scope, CelTypeKind.Bool);
        var when = rule.When is null ? null : linker.Compile("when", rule.When, scope, CelTypeKind.Bool);
        var values = new List<(string Name, CelExpression Value)>();
        foreach (var (name, text) in rule.Values ?? new Dictionary<string, string>())
            if (linker.Compile($"values/{name}", text, scope, CelTypeKind.Dynamic) is { } value) values.Add((name, value));
        for (var i = 0; i < rule.At.Count; i++) CheckAddress(programme, rule, rule.At[i], $"at/{i}", linker);
        if (rule.At.Count == 0) linker.Say("at", "at least one cell is needed");
        var placeholders = rule.Values?.Keys.ToArray() ?? [];
        var (zh, en) = (Template("message/zh", rule.Message.Zh, placeholders, linker), Template("message/en", rule.Message.En, placeholders, linker));
        if (expr is null || zh is null || en is null) return;

        rule.Fields = PackLinker.Fields(programme, [expr, when, .. values.Select(value => value.Value)]);
        if (rows is not null && !rule.Fields.Contains(rows.Key)) rule.Fields = [.. rule.Fields, rows.Key];
        CelExpression[] all = [expr, .. when is null ? [] : new[] { when }, .. values.Select(value => value.Value)];
        PackNames.Note(module, rule.Each, all);
        rule.Compiled = new CompiledRule(
            expr, when, values, zh, en,
            PackLinker.Slots(programme, PackLinker.Fields(programme, expr)),
            PackLinker.Slots(programme, PackLinker.Fields(programme, when)),
            PackLinker.Slots(programme, rule.Fields),
            rule.Each == "grade",
            rows is null ? -1 : programme.Layout.SlotOf(rows.Key),
            rule.Each == "number",
            rule.Each == "text");
    }

    private static MessageTemplate? Template(string member, string text, string[] placeholders, ExpressionLinker linker)
    {
        try
        {
            return new MessageTemplate(text, placeholders);
        }
        catch (FormatException wrong)
        {
            linker.Say(member, wrong.Message);
            return null;
        }
    }

    private static void CheckAddress(Programme programme, Rule rule, string address, string member, ExpressionLinker linker)
    {
        if (address == "{cell}")
        {
            if (rule.Each is not ("number" or "text")) linker.Say(member, "'{cell}' needs each \"number\" or \"text\"");
            return;
        }
        var parts = address.Split('/');
        if (programme.Field(parts[0]) is not { } field)
        {
            linker.Say(member, $"unknown field '{parts[0]}'");
            return;
        }
        var fits = field switch
        {
            { IsMatrix: true } => parts.Length == 1 || (parts.Length == 2 && (parts[1] == "{g}" ? rule.Each == "grade" : programme.Layout.Grades.IndexOf(parts[1]) >= 0)),
            { Type: "rows" } => parts.Length == 1 || (rule.Each == $"row:{field.Key}" && parts[1] == "{row}"
                && (parts.Length == 2 || (parts.Length == 3 && field.Columns!.Any(column => column.Key == parts[2])))),
            _ => parts.Length == 1,
        };
        if (!fits || Placeholder().Matches(address).Any(match => match.Value is not ("{g}" or "{row}")))
            linker.Say(member, $"'{address}' is no cell of the field '{field.Key}' in this rule");
    }

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Placeholder();
}
