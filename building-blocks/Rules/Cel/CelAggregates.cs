namespace Gengdu.Rules.Cel;

/// <summary>Sums and counts over matrices, lists and columns of rows; entries that are missing are passed over.</summary>
internal static class CelAggregates
{
    public static CelValue Sum(CelValue values) => Fold(values, static (sum, _) => sum);

    public static CelValue Mean(CelValue values) => Fold(values, static (sum, count) => count == 0 ? 0 : sum / count);

    public static CelValue Count(CelValue values)
    {
        if (Items(values) is not { } items) return CelValue.Fail("a list or a map is needed");
        var count = 0;
        foreach (var item in items) if (!item.IsNothing) count++;
        return CelValue.Of(count);
    }

    public static CelValue SumColumn(CelValue rows, CelValue column)
    {
        var sum = 0d;
        if (rows.Kind != CelKind.List || column.Kind != CelKind.String) return CelValue.Fail("sum() needs rows and a column");
        foreach (var row in rows.List)
        {
            if (row.Kind != CelKind.Map) return CelValue.Fail("sum() needs rows");
            var cell = row.Map[column.String];
            if (cell.IsNothing) continue;
            if (cell.Kind != CelKind.Double) return CelValue.Fail("sum() needs numbers");
            sum += cell.Number;
        }
        return CelValue.Of(sum);
    }

    public static CelValue DistinctColumn(CelValue rows, CelValue column)
    {
        if (rows.Kind != CelKind.List || column.Kind != CelKind.String) return CelValue.Fail("distinct() needs rows and a column");
        var seen = new HashSet<(CelKind, double, object?)>();
        foreach (var row in rows.List)
        {
            if (row.Kind != CelKind.Map) return CelValue.Fail("distinct() needs rows");
            var cell = row.Map[column.String];
            if (cell.IsNothing) continue;
            if (cell.Kind is not (CelKind.Double or CelKind.String or CelKind.Bool)) return CelValue.Fail("distinct() needs plain values");
            seen.Add((cell.Kind, cell.Number, cell.Reference));
        }
        return CelValue.Of(seen.Count);
    }

    private static CelValue[]? Items(CelValue values) => values.Kind switch
    {
        CelKind.List => values.List,
        CelKind.Map => values.Map.Values,
        _ => null,
    };

    private static CelValue Fold(CelValue values, Func<double, int, double> result)
    {
        if (Items(values) is not { } items) return CelValue.Fail("a list or a map is needed");
        var (sum, count) = (0d, 0);
        foreach (var item in items)
        {
            if (item.IsNothing) continue;
            if (item.Kind != CelKind.Double) return CelValue.Fail("numbers are needed");
            sum += item.Number;
            count++;
        }
        return CelValue.Of(result(sum, count));
    }
}
