using System.Text.Json;

namespace Gengdu.Rules;

/// <summary>How far a module is filled in.</summary>
public static class ModuleCompletion
{
    /// <summary>
    /// Share (0 to 1) of the required cells that have a value: shown fields, asked grades, at least one row where rows are required.
    /// 1 when nothing is required. Says nothing about errors.
    /// </summary>
    public static double Of(Programme programme, string moduleKey, ValueSet values, EvaluationContext context)
    {
        var module = programme.Module(moduleKey) ?? throw new ArgumentException($"no module '{moduleKey}'", nameof(moduleKey));
        var frame = values.FrameFor(context);
        var (asked, filled) = (0, 0);
        foreach (var field in module.Fields)
        {
            if (!field.Required || field.ReadOnly || !field.Checker.IsShown(frame.View(zero: false, []))) continue;
            var document = values.DocumentAt(programme.Layout.SlotOf(field.Key));
            if (!field.IsMatrix)
            {
                asked++;
                var isEmptyRows = document.ValueKind == JsonValueKind.Array && document.GetArrayLength() == 0;
                if (!isEmptyRows && !field.Checker.IsMissing(document)) filled++;
                continue;
            }
            foreach (var grade in frame.Grades)
            {
                if (field.Grades?.Contains(grade.Key) == false) continue;
                asked++;
                if (document.ValueKind == JsonValueKind.Object && document.TryGetProperty(grade.Key, out var cell) && !field.Checker.IsMissing(cell)) filled++;
            }
        }
        return asked == 0 ? 1 : (double)filled / asked;
    }
}
