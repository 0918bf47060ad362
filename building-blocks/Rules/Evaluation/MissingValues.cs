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
            if (layout.Fields[slot].Type != "rows" && IsMissing(values[slot], gradeIndex)) return true;
        return false;
    }

    /// <summary>Whether a member that the expression takes of its row or cell, of the past, the register or the peers is not known.</summary>
    public static bool AnyOf(CelFrame frame, ValueLayout layout, IReadOnlyList<(string Name, string Member)> members, int gradeIndex)
    {
        foreach (var (name, member) in members)
        {
            var missing = name switch
            {
                "row" => frame.Row.Kind == CelKind.Map && frame.Row.Map[member].IsNothing,
                "cell" => frame.Cell.Kind == CelKind.Map && frame.Cell.Map[member].IsNothing,
                "master" => frame.Master.Map[member].IsNothing,
                "peers" => frame.Peers.Map[member].Map["median"].IsNothing,
                _ => layout.Fields[layout.SlotOf(member)].Type != "rows" && IsMissing((name == "parent" ? frame.Parent : frame.Previous).Map[member], gradeIndex),
            };
            if (missing) return true;
        }
        return false;
    }

    private static bool IsMissing(CelValue value, int gradeIndex) => value.Kind switch
    {
        CelKind.Map => gradeIndex >= 0 ? value.Map.Values[gradeIndex].Kind == CelKind.Absent : value.Map.Count == 0,
        CelKind.List => value.List.Length == 0,
        _ => value.IsNothing,
    };
}
