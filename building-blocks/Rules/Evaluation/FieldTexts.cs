namespace Gengdu.Rules;

/// <summary>What field checks tell people; fieldTexts.ts says the same, word for word.</summary>
internal static class FieldTexts
{
    public static Text Label(Field field, Grade grade) => new($"{field.Name.Zh}（{grade.Name.Zh}）", $"{field.Name.En} ({grade.Name.En})");

    public static Text Label(Field column, int row)
    {
        var number = ValueText.Number(row + 1);
        return new Text($"{column.Name.Zh}（第{number}行）", $"{column.Name.En} (row {number})");
    }

    public static (string, Text) Required(Text label) => ("required", new Text($"请填写“{label.Zh}”。", $"Please fill in \"{label.En}\"."));

    public static (string, Text) Type(Field field, Text label)
    {
        var (zh, en) = field.Type switch
        {
            "integer" => ("应为整数", "must be a whole number"),
            "decimal" => ("应为数字", "must be a number"),
            "boolean" => ("应为是或否", "must be yes or no"),
            "date" => ("应为日期（年-月-日）", "must be a date (YYYY-MM-DD)"),
            "choice" => ("应为一个选项", "must be one of the options"),
            "choices" => ("应为若干不重复的选项", "must be options, each at most once"),
            "rows" => ("应为若干行，每行有自己的编号", "must be rows, each with its own id"),
            _ => ("应为文字", "must be text"),
        };
        return ("type", new Text($"“{label.Zh}”{zh}。", $"\"{label.En}\" {en}."));
    }

    public static (string, Text) NotByGrade(Text label) =>
        ("type", new Text($"“{label.Zh}”应按年级填写。", $"\"{label.En}\" must be given by grade."));

    public static (string, Text) Range(Field field, Text label, double value)
    {
        var number = ValueText.Number(value);
        var (zh, en) = (field.Min, field.Max) switch
        {
            ({ } min, { } max) => ($"应在 {ValueText.Number(min)} 与 {ValueText.Number(max)} 之间", $"must lie between {ValueText.Number(min)} and {ValueText.Number(max)}"),
            ({ } min, null) => ($"应不小于 {ValueText.Number(min)}", $"must not be less than {ValueText.Number(min)}"),
            (_, var max) => ($"应不大于 {ValueText.Number(max!.Value)}", $"must not be more than {ValueText.Number(max.Value)}"),
        };
        return ("range", new Text($"“{label.Zh}”为 {number}，{zh}。", $"\"{label.En}\" is {number}: it {en}."));
    }

    public static (string, Text) Step(Text label, double step)
    {
        var number = ValueText.Number(step);
        return ("step", new Text($"“{label.Zh}”应为 {number} 的整数倍。", $"\"{label.En}\" must be a multiple of {number}."));
    }

    public static (string, Text) Option(Text label, string key) =>
        ("option", new Text($"“{label.Zh}”没有选项“{key}”。", $"\"{label.En}\" has no option \"{key}\"."));

    public static (string, Text) Length(Text label, int most, int length) =>
        ("length", new Text($"“{label.Zh}”最多 {ValueText.Number(most)} 字，现为 {ValueText.Number(length)} 字。",
            $"\"{label.En}\" may have {ValueText.Number(most)} characters at most, it has {ValueText.Number(length)}."));

    public static (string, Text) RowCount(Text label, int most, int count) =>
        ("length", new Text($"“{label.Zh}”最多 {ValueText.Number(most)} 行，现为 {ValueText.Number(count)} 行。",
            $"\"{label.En}\" may have {ValueText.Number(most)} rows at most, it has {ValueText.Number(count)}."));

    public static (string, Text) Pattern(Text label) =>
        ("pattern", new Text($"“{label.Zh}”格式不正确。", $"\"{label.En}\" has the wrong format."));

    public static (string, Text) NotForGrade(Text name, Text grade) =>
        ("grade", new Text($"“{name.Zh}”不适用于{grade.Zh}，请清空。", $"\"{name.En}\" does not apply to {grade.En}: please clear it."));
}
