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

    /// <summary>What the rules of one module may use besides: the past, the register, other schools, and its own cells as lists.</summary>
    public static CelNames InRules(Programme programme, Module module, CelNames names)
    {
        var grades = CelHint.OneOf(programme.Grades.Select(grade => grade.Key))!;
        var earlier = new CelHint
        {
            Members = module.EarlierShape,
            MemberHints = module.Fields.Where(field => !field.IsPersonal).Select(field => (field.Key, Hint: Hint(field, grades))).Where(pair => pair.Hint is not null)
                .ToDictionary(pair => pair.Key, pair => pair.Hint!),
        };
        var measures = programme.Indicators.Where(indicator => indicator.Numerator is not null).Select(indicator => indicator.Id).ToList();
        return new CelNames(names)
            .Declare("previous", static frame => frame.Previous, earlier)
            .Declare("parent", static frame => frame.Parent, earlier)
            .Declare("master", static frame => frame.Master, new CelHint { Members = new CelShape(programme.Master.Select(figure => figure.Key)) })
            .Declare("peers", static frame => frame.Peers, new CelHint
            {
                Members = new CelShape(measures),
                MemberHints = measures.ToDictionary(id => id, _ => new CelHint { Members = PastAndPeers.PeerShape }),
            })
            .Declare("numbers", static frame => frame.Numbers, new CelHint { Entry = Cells })
            .Declare("texts", static frame => frame.Texts, new CelHint { Entry = Cells });
    }

    /// <summary>Keeps with the module what its rules need to know.</summary>
    public static void Note(Module module, string? each, IReadOnlyList<CelExpression> expressions)
    {
        var members = expressions.SelectMany(expression => expression.Members).ToList();
        module.PeerMeasures = [.. module.PeerMeasures.Union(members.Where(pair => pair.Name == "peers").Select(pair => pair.Member))];
        module.ParentFields = [.. module.ParentFields.Union(members.Where(pair => pair.Name == "parent").Select(pair => pair.Member))];
        module.Names = module.Names.Union(expressions.SelectMany(expression => expression.Names)).Append(each is null ? "" : $"{each}s").ToHashSet();
    }

    public static CelNames InCell(CelNames names) => new CelNames(names).Declare("cell", static frame => frame.Cell, Cells);

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

    private static CelHint Cells { get; } = new() { Members = ModuleCells.Shape };

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
