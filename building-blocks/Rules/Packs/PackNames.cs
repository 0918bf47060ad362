using Gengdu.Rules.Cel;

namespace Gengdu.Rules.Packs;

/// <summary>The names a pack's expressions may use, with what the pack says about their values.</summary>
internal static class PackNames
{
    /// <summary>What every expression may use: each field, the school, the period.</summary>
    public static CelNames Of(Programme programme)
    {
        var grades = CelHint.OneOf(programme.Grades.Select(grade => grade.Key))!;
        var school = new Dictionary<string, CelHint>
        {
            ["type"] = CelHint.OneOf(programme.SchoolTypes.Select(type => type.Key))!,
            ["grades"] = new() { Entry = grades },
            ["stages"] = new() { Entry = CelHint.OneOf(programme.Grades.Select(grade => grade.Stage).Distinct()) },
            ["urbanRural"] = CelHint.OneOf(["urban", "town", "rural"])!,
        };
        var names = new CelNames()
            .Declare("school", static frame => frame.School, new CelHint { Members = EvaluationFrame.SchoolShape, MemberHints = school })
            .Declare("period", static frame => frame.Period, new CelHint { Members = EvaluationFrame.PeriodShape });
        for (var i = 0; i < programme.Layout.Fields.Length; i++)
        {
            var slot = i;
            names.Declare(programme.Layout.Fields[i].Key, frame => frame.Slots[slot], Hint(programme.Layout.Fields[i], grades));
        }
        return names;
    }

    public static CelNames InGrade(Programme programme, CelNames names) => new CelNames(names)
        .Declare("g", static frame => frame.GradeKey, CelHint.OneOf(programme.Grades.Select(grade => grade.Key)))
        .Declare("grade", static frame => frame.GradeNumber);

    public static CelNames InRow(Field rows, CelNames names) => new CelNames(names)
        .Declare("row", static frame => frame.Row, Row(rows))
        .Declare("rowIndex", static frame => frame.RowIndex);

    private static CelHint? Hint(Field field, CelHint grades)
    {
        if (field.IsMatrix) return new CelHint { Key = grades, Entry = Cell(field) };
        return field is { Type: "rows", Columns: not null } ? new CelHint { Entry = Row(field) } : Cell(field);
    }

    private static CelHint? Cell(Field field)
    {
        var options = CelHint.OneOf(field.Options?.Select(option => option.Key));
        return field.Type == "choices" ? new CelHint { Entry = options } : options;
    }

    private static CelHint Row(Field rows) => new()
    {
        Members = ValueLayout.RowShape(rows),
        MemberHints = rows.Columns!.Where(column => column.Options is not null).ToDictionary(column => column.Key, column => Cell(column)!),
    };
}
