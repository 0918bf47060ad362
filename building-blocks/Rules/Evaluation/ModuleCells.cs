using System.Globalization;
using Gengdu.Rules.Cel;

namespace Gengdu.Rules;

/// <summary>
/// The cells of a module that people typed, in a list: for rules about all numbers (copied, rounded) or all texts (a telephone
/// number among them). Fields the system sets are left out, and personal ones: what is in them belongs there.
/// </summary>
internal static class ModuleCells
{
    public static readonly CelShape Shape = new("at", "value", "before");

    public static CelValue Of(ValueLayout layout, Module module, CelValue[] slots, CelMap previous, Func<Field, bool> wanted)
    {
        var cells = new List<CelValue>();
        foreach (var field in module.Fields)
        {
            if (field.ReadOnly || field.IsPersonal) continue;
            var (value, before) = (slots[layout.SlotOf(field.Key)], previous[field.Key]);
            if (field.Type == "rows") AddRows(field, value.List, before.List, wanted, cells);
            else if (!wanted(field)) continue;
            else if (field.IsMatrix) AddGrades(field, value.Map, before.Map, cells);
            else Add(field.Key, value, before, cells);
        }
        return CelValue.Of([.. cells]);
    }

    private static void AddGrades(Field field, CelMap entries, CelMap before, List<CelValue> cells)
    {
        for (var i = 0; i < entries.Values.Length; i++) Add($"{field.Key}/{entries.Shape.Keys[i]}", entries.Values[i], before.Values[i], cells);
    }

    private static void AddRows(Field field, CelValue[] rows, CelValue[] before, Func<Field, bool> wanted, List<CelValue> cells)
    {
        for (var i = 0; i < rows.Length; i++)
        {
            var id = rows[i].Map["_id"];
            var earlier = id.Kind == CelKind.String ? Array.Find(before, row => row.Map["_id"] is { Kind: CelKind.String } known && known.String == id.String) : default;
            foreach (var column in field.Columns!)
            {
                if (column.IsPersonal || !wanted(column)) continue;
                var address = $"{field.Key}/{(id.Kind == CelKind.String ? id.String : i.ToString(CultureInfo.InvariantCulture))}/{column.Key}";
                Add(address, rows[i].Map[column.Key], earlier.Kind == CelKind.Map ? earlier.Map[column.Key] : CelValue.Null, cells);
            }
        }
    }

    private static void Add(string at, CelValue value, CelValue before, List<CelValue> cells)
    {
        if (!value.IsNothing) cells.Add(CelValue.Of(new CelMap(Shape, [CelValue.Of(at), value, before.IsNothing ? CelValue.Null : before])));
    }
}
