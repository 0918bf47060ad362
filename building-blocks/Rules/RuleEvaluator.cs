using System.Globalization;
using Gengdu.Rules.Cel;

namespace Gengdu.Rules;

/// <summary>Runs a module's field checks and rules; web/src/features/forms/engine/rules.ts gives the same results in the same order.</summary>
public static class RuleEvaluator
{
    /// <summary>
    /// Everything to correct or explain in one module: field checks in the order of the fields, then rules in the order of the module
    /// (grades in the programme's order, rows in the document's). Never throws for what a school entered; an empty list means all is well.
    /// </summary>
    /// <param name="programme">The programme of the cycle.</param>
    /// <param name="moduleKey">The module to check.</param>
    /// <param name="values">Values of this module and of its <see cref="Module.RelatedModules"/>.</param>
    /// <param name="context">Organisation and period.</param>
    /// <exception cref="ArgumentException">The programme has no such module.</exception>
    public static IReadOnlyList<RuleResult> Evaluate(Programme programme, string moduleKey, ValueSet values, EvaluationContext context)
    {
        var module = programme.Module(moduleKey) ?? throw new ArgumentException($"no module '{moduleKey}'", nameof(moduleKey));
        var frame = values.FrameFor(context);
        frame.Enter(module);
        var results = new List<RuleResult>();
        FieldChecks.Run(module, values, frame, results);
        foreach (var rule in module.Rules) Run(rule, frame, results);
        return results;
    }

    private static void Run(Rule rule, EvaluationFrame frame, List<RuleResult> results)
    {
        var compiled = rule.Compiled;
        var cel = frame.View(rule.Missing == "zero", compiled.AllSlots);
        (cel.GradeKey, cel.GradeNumber, cel.Row, cel.RowIndex, cel.Cell) = (default, default, default, default, default);
        if (compiled.EachGrade)
        {
            foreach (var grade in frame.Grades)
            {
                (cel.GradeKey, cel.GradeNumber) = (CelValue.Of(grade.Key), CelValue.Of(grade.Number));
                RunOnce(rule, frame, cel, grade, results);
            }
        }
        else if (compiled.RowsSlot >= 0)
        {
            var rows = cel.Slots[compiled.RowsSlot].List;
            for (var i = 0; i < rows.Length; i++)
            {
                (cel.Row, cel.RowIndex) = (rows[i], CelValue.Of(i));
                RunOnce(rule, frame, cel, null, results);
            }
        }
        else if (compiled.EachNumber || compiled.EachText)
        {
            foreach (var cell in (compiled.EachNumber ? cel.Numbers : cel.Texts).List)
            {
                cel.Cell = cell;
                RunOnce(rule, frame, cel, null, results);
            }
        }
        else
        {
            RunOnce(rule, frame, cel, null, results);
        }
    }

    private static void RunOnce(Rule rule, EvaluationFrame frame, CelFrame cel, Grade? grade, List<RuleResult> results)
    {
        var compiled = rule.Compiled;
        var gradeIndex = grade is null ? -1 : frame.Programme.Layout.Grades.IndexOf(grade.Key);
        if (rule.Missing == "skip" && Misses(compiled.Expr, compiled.ExprSlots)) return;
        if (compiled.When is { } when)
        {
            var holds = when.Evaluate(cel);
            if (holds.IsFalse || (holds.Kind != CelKind.Bool && Misses(when, compiled.WhenSlots))) return;
            if (holds.Kind != CelKind.Bool)
            {
                results.Add(Broken(rule, cel, grade));
                return;
            }
        }
        var value = compiled.Expr.Evaluate(cel);
        if (value.IsTrue) return;
        results.Add(value.IsFalse ? Found(rule, cel, grade) : Broken(rule, cel, grade));

        bool Misses(CelExpression expression, int[] slots) =>
            MissingValues.Any(cel.Slots, frame.Programme.Layout, slots, gradeIndex) || MissingValues.AnyOf(cel, frame.Programme.Layout, expression.Members, gradeIndex);
    }

    private static RuleResult Found(Rule rule, CelFrame cel, Grade? grade)
    {
        var compiled = rule.Compiled;
        var values = new Text[compiled.Values.Count];
        for (var i = 0; i < values.Length; i++) values[i] = ValueText.Of(compiled.Values[i].Value.Evaluate(cel));
        var row = cel.Row.Kind == CelKind.Map ? ValueText.Number(cel.RowIndex.Number + 1) : "";
        return new RuleResult(rule.Id, rule.Severity, Addresses(rule, cel), new Text(
            compiled.Zh.Fill(index => values[index].Zh, grade?.Name.Zh ?? "", row),
            compiled.En.Fill(index => values[index].En, grade?.Name.En ?? "", row)));
    }

    private static RuleResult Broken(Rule rule, CelFrame cel, Grade? grade) => new(rule.Id, "broken", Addresses(rule, cel), new Text(
        $"规则 {rule.Id} 无法计算，请告知管理员{(grade is null ? "" : $"（{grade.Name.Zh}）")}。",
        $"Rule {rule.Id} could not be evaluated; please tell the administrator{(grade is null ? "" : $" ({grade.Name.En})")}."));

    private static string[] Addresses(Rule rule, CelFrame cel)
    {
        var addresses = new string[rule.At.Count];
        for (var i = 0; i < addresses.Length; i++)
        {
            addresses[i] = rule.At[i];
            if (cel.GradeKey.Kind == CelKind.String) addresses[i] = addresses[i].Replace("{g}", cel.GradeKey.String, StringComparison.Ordinal);
            if (cel.Cell.Kind == CelKind.Map) addresses[i] = addresses[i].Replace("{cell}", cel.Cell.Map["at"].String, StringComparison.Ordinal);
            if (cel.Row.Kind == CelKind.Map) addresses[i] = addresses[i].Replace("{row}", RowId(cel), StringComparison.Ordinal);
        }
        return addresses;
    }

    private static string RowId(CelFrame cel) =>
        cel.Row.Map["_id"] is { Kind: CelKind.String } id ? id.String : cel.RowIndex.Number.ToString(CultureInfo.InvariantCulture);
}
