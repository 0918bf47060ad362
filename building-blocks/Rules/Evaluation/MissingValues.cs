using Gengdu.Rules.Cel;

namespace Gengdu.Rules;

/// <summary>Whether something an expression reads was not given.</summary>
internal static class MissingValues
{
    /// <param name="values">Values in the view the expression runs in.</param>
    /// <param name="layout">Layout of the programme.</param>
    /// <param name="slots">Fields the expression reads.</param>
    /// <param name="gradeIndex">Index of the grade it runs for, or -1: then a matrix is missing when it has no entry at all.</param>
    public static bool Any(CelValue[] values, ValueLayout layout, int[] slots, int gradeIndex)
    {
        foreach (var slot in slots)
        {
            var value = values[slot];
            if (layout.Fields[slot].Type == "rows") continue;
            var missing = value.Kind switch
            {
                CelKind.Map => gradeIndex >= 0 ? value.Map.Values[gradeIndex].Kind == CelKind.Absent : value.Map.Count == 0,
                CelKind.List => value.List.Length == 0,
                _ => value.IsNothing,
            };
            if (missing) return true;
        }
        return false;
    }

    /// <summary>Whether a cell of the row that the expression names is empty.</summary>
    public static bool AnyOf(CelValue row, IReadOnlyList<string> members)
    {
        if (row.Kind != CelKind.Map) return false;
        foreach (var member in members) if (row.Map[member].IsNothing) return true;
        return false;
    }
}
