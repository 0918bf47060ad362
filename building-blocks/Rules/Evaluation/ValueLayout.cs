using Gengdu.Rules.Cel;

namespace Gengdu.Rules;

/// <summary>Where each field of a programme lives while rules run, and which shape matrices and rows have.</summary>
internal sealed class ValueLayout
{
    private readonly Module[] _modules;
    private readonly CelShape?[] _rows;
    private readonly CelValue[] _empty;

    public ValueLayout(Programme programme)
    {
        Fields = [.. programme.Modules.SelectMany(module => module.Fields)];
        FieldShape = new CelShape(Fields.Select(field => field.Key));
        _modules = [.. programme.Modules.SelectMany(module => module.Fields.Select(_ => module))];
        Grades = new CelShape(programme.Grades.Select(grade => grade.Key));
        _rows = [.. Fields.Select(field => field.Type == "rows" ? RowShape(field) : null)];
        var noEntries = CelValue.Of(new CelMap(Grades, new CelValue[Grades.Keys.Length]));
        _empty = [.. Fields.Select(field => field switch
        {
            { IsMatrix: true } => noEntries,
            { Type: "rows" or "choices" } => CelValue.EmptyList,
            _ => CelValue.Null,
        })];
    }

    public Field[] Fields { get; }

    public CelShape Grades { get; }

    public CelShape FieldShape { get; }

    public int SlotOf(string fieldKey) => FieldShape.IndexOf(fieldKey);

    public Module ModuleAt(int slot) => _modules[slot];

    public CelShape RowShapeAt(int slot) => _rows[slot]!;

    public CelValue EmptyAt(int slot) => _empty[slot];

    public CelValue[] EmptySlots() => (CelValue[])_empty.Clone();

    public static CelShape RowShape(Field rows) => new(["_id", .. rows.Columns!.Select(column => column.Key)]);
}
