namespace Gengdu.Rules.Cel;

/// <summary>The loops behind all, exists, exists_one, filter and map.</summary>
internal static class CelMacros
{
    public static CelValue[] Keys(CelMap map)
    {
        var keys = new CelValue[map.Count];
        var next = 0;
        for (var i = 0; i < map.Values.Length; i++)
            if (map.Values[i].Kind != CelKind.Absent) keys[next++] = CelValue.Of(map.Shape.Keys[i]);
        return keys;
    }

    /// <summary>all (decided by false) and exists (decided by true); an error counts only when nothing decides.</summary>
    public static CelValue Quantify(CelFrame frame, CelValue[] items, int local, CelEvaluator predicate, bool decisive)
    {
        var failure = default(CelValue);
        foreach (var item in items)
        {
            frame.Locals[local] = item;
            var value = predicate(frame);
            if (value.Kind != CelKind.Bool) failure = failure.IsError ? failure : CelOperators.Refuse(value, "a predicate must be true or false");
            else if (value.IsTrue == decisive) return value;
        }
        return failure.IsError ? failure : CelValue.Of(!decisive);
    }

    public static CelValue ExistsOne(CelFrame frame, CelValue[] items, int local, CelEvaluator predicate)
    {
        var count = 0;
        foreach (var item in items)
        {
            frame.Locals[local] = item;
            var value = predicate(frame);
            if (value.Kind != CelKind.Bool) return CelOperators.Refuse(value, "a predicate must be true or false");
            if (value.IsTrue) count++;
        }
        return CelValue.Of(count == 1);
    }

    public static CelValue Collect(CelFrame frame, CelValue[] items, int local, CelEvaluator? predicate, CelEvaluator? transform)
    {
        var result = new List<CelValue>(items.Length);
        foreach (var item in items)
        {
            frame.Locals[local] = item;
            if (predicate is not null)
            {
                var keep = predicate(frame);
                if (keep.Kind != CelKind.Bool) return CelOperators.Refuse(keep, "a predicate must be true or false");
                if (keep.IsFalse) continue;
            }
            var value = transform is null ? item : transform(frame);
            if (value.IsError) return value;
            result.Add(value);
        }
        return CelValue.Of([.. result]);
    }
}
