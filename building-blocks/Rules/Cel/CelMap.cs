namespace Gengdu.Rules.Cel;

/// <summary>The keys of a map in order. Rows of one field and matrices share one shape, so a map is only its values.</summary>
internal sealed class CelShape
{
    private readonly Dictionary<string, int> _indexes;

    public CelShape(params IEnumerable<string> keys)
    {
        Keys = [.. keys];
        _indexes = new Dictionary<string, int>(Keys.Length, StringComparer.Ordinal);
        for (var i = 0; i < Keys.Length; i++) _indexes[Keys[i]] = i;
    }

    public string[] Keys { get; }

    public int IndexOf(string key) => _indexes.TryGetValue(key, out var index) ? index : -1;

    /// <summary>Finds a key without making a string of it.</summary>
    public int IndexOf(ReadOnlySpan<char> key) =>
        _indexes.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(key, out var index) ? index : -1;
}

/// <summary>A map; a value of kind Absent means that the key has no entry.</summary>
internal sealed class CelMap(CelShape shape, CelValue[] values)
{
    public static readonly CelMap Empty = new(new CelShape(), []);

    public CelShape Shape { get; } = shape;

    public CelValue[] Values { get; } = values;

    /// <summary>The entry of this key, or Absent.</summary>
    public CelValue this[string key] => Shape.IndexOf(key) is >= 0 and var index ? Values[index] : default;

    public int Count
    {
        get
        {
            var count = 0;
            foreach (var value in Values) if (value.Kind != CelKind.Absent) count++;
            return count;
        }
    }
}
