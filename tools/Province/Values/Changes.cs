namespace Gengdu.Province.Values;

/// <summary>A values document as the cell changes that a browser would send.</summary>
internal static class Changes
{
    public static List<object> Of(IReadOnlyDictionary<string, object?> values)
    {
        var changes = new List<object>();
        foreach (var (key, value) in values)
        {
            switch (value)
            {
                case null:
                    break;
                case Dictionary<string, object?> grades:
                    changes.AddRange(grades.Select(g => new { at = $"{key}/{g.Key}", value = g.Value }));
                    break;
                case IReadOnlyList<Dictionary<string, object?>> rows:
                    changes.AddRange(rows.Select((row, i) => new { at = $"{key}/r{i + 1}", value = Cells(row) }));
                    break;
                case object[] rows when rows.All(r => r is Dictionary<string, object?>):
                    changes.AddRange(rows.Cast<Dictionary<string, object?>>().Select((row, i) => new { at = $"{key}/r{i + 1}", value = Cells(row) }));
                    break;
                default:
                    changes.Add(new { at = key, value });
                    break;
            }
        }

        return changes;
    }

    private static Dictionary<string, object?> Cells(Dictionary<string, object?> row) => row.Where(c => c.Value is not null).ToDictionary();
}
