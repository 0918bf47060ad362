using Gengdu.Rules.Cel;

namespace Gengdu.Rules;

/// <summary>A value set in a context: the frame expressions run in, with the view in which missing numbers are zero.</summary>
internal sealed class EvaluationFrame
{
    public static readonly CelShape SchoolShape = new("code", "type", "grades", "stages", "urbanRural", "runBy", "isTeachingPoint");
    public static readonly CelShape PeriodShape = new("today", "start", "end", "academicYearStart", "academicYearEnd", "fiscalYear");

    private readonly CelValue[] _plain;
    private CelValue[]? _zero;

    public EvaluationFrame(ValueSet values, EvaluationContext context)
    {
        Context = context;
        Programme = values.Programme;
        _plain = values.Slots;
        Grades = [.. Programme.Grades.Where(grade => context.School.Grades.Contains(grade.Key))];
        Cel = new CelFrame(_plain) { School = School(), Period = Period() };
    }

    public EvaluationContext Context { get; }

    public Programme Programme { get; }

    /// <summary>The school's grades in the programme's order.</summary>
    public Grade[] Grades { get; }

    public CelFrame Cel { get; }

    /// <summary>Gives the rules of a module what belongs to this module: its past, its peers, its cells as lists.</summary>
    public void Enter(Module module)
    {
        var names = module.Names;
        if (names.Contains("master")) Cel.Master = PastAndPeers.Master(Programme, Context);
        if (names.Contains("peers")) Cel.Peers = PastAndPeers.Peers(module, Context);
        if (names.Contains("parent")) Cel.Parent = PastAndPeers.Values(Programme.Layout, module, Context.Parent);
        var (numbers, texts) = (names.Contains("numbers"), names.Contains("texts"));
        if (!numbers && !texts && !names.Contains("previous")) return;
        Cel.Previous = PastAndPeers.Values(Programme.Layout, module, Context.Previous);
        if (numbers) Cel.Numbers = ModuleCells.Of(Programme.Layout, module, _plain, Cel.Previous.Map, field => field.IsNumber);
        if (texts) Cel.Texts = ModuleCells.Of(Programme.Layout, module, _plain, Cel.Previous.Map, field => field.Type == "text");
    }

    /// <summary>Shows expressions the values as they are, or with zero for the missing numbers of these fields.</summary>
    public CelFrame View(bool zero, int[] slots)
    {
        if (!zero)
        {
            Cel.Slots = _plain;
            return Cel;
        }
        _zero ??= new CelValue[_plain.Length];
        foreach (var slot in slots) if (_zero[slot].Kind == CelKind.Absent) _zero[slot] = Zeroed(slot);
        Cel.Slots = _zero;
        return Cel;
    }

    private CelValue Zeroed(int slot)
    {
        var (field, value) = (Programme.Layout.Fields[slot], _plain[slot]);
        if (field.Type == "rows") return CelValue.Of(Array.ConvertAll(value.List, row => CelValue.Of(ZeroedRow(field, row.Map))));
        if (!field.IsNumber) return value;
        if (!field.IsMatrix) return value.Kind == CelKind.Null ? CelValue.Of(0) : value;
        var entries = (CelValue[])value.Map.Values.Clone();
        foreach (var grade in Grades)
        {
            var index = value.Map.Shape.IndexOf(grade.Key);
            if (entries[index].Kind == CelKind.Absent && field.Grades?.Contains(grade.Key) != false) entries[index] = CelValue.Of(0);
        }
        return CelValue.Of(new CelMap(value.Map.Shape, entries));
    }

    private static CelMap ZeroedRow(Field rows, CelMap row)
    {
        var cells = (CelValue[])row.Values.Clone();
        for (var i = 0; i < rows.Columns!.Count; i++)
            if (rows.Columns[i].IsNumber && cells[i + 1].Kind == CelKind.Null) cells[i + 1] = CelValue.Of(0);
        return new CelMap(row.Shape, cells);
    }

    private CelValue School()
    {
        var school = Context.School;
        var grades = Array.ConvertAll(Grades, grade => CelValue.Of(grade.Key));
        var stages = Grades.Select(grade => grade.Stage).Distinct().Select(stage => CelValue.Of(stage)).ToArray();
        return CelValue.Of(new CelMap(SchoolShape,
        [
            CelValue.Of(school.Code), CelValue.Of(school.Type), CelValue.Of(grades), CelValue.Of(stages),
            CelValue.Of(school.UrbanRural), CelValue.Of(school.RunBy), CelValue.Of(school.Type == "teaching-point"),
        ]));
    }

    private CelValue Period()
    {
        var period = Context.Period;
        return CelValue.Of(new CelMap(PeriodShape,
        [
            Iso(period.Today), Iso(period.Start), Iso(period.End), Iso(period.AcademicYearStart), Iso(period.AcademicYearEnd),
            CelValue.Of(period.FiscalYear),
        ]));
    }

    private static CelValue Iso(DateOnly date) => CelValue.Of(PeriodContext.Iso(date));
}
