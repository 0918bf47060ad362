namespace Gengdu.Analytics.Explore;

/// <summary>One row's or column's heading: a key for each dimension of its axis, null where all of them are summed up.</summary>
internal sealed record Heading(IReadOnlyList<string?> Keys)
{
    public bool Total => Keys.Any(key => key is null);
}

/// <summary>Facts laid out in rows and columns, with subtotals and totals wherever adding up says something.</summary>
internal sealed record Pivot(IReadOnlyList<Heading> Rows, IReadOnlyList<Heading> Columns, IReadOnlyDictionary<(int Row, int Column), Sums> Cells)
{
    /// <param name="facts">Each with a key for every dimension of both axes.</param>
    /// <param name="rows">Dimensions of the rows, outermost first.</param>
    /// <param name="columns">Dimensions of the columns.</param>
    /// <param name="order">Where a key stands among those of its dimension.</param>
    public static Pivot Lay(IEnumerable<Fact> facts, IReadOnlyList<string> rows, IReadOnlyList<string> columns, Func<string, string, int> order)
    {
        var sums = new Dictionary<(Keys Row, Keys Column), Sums>();
        foreach (var fact in facts)
        {
            var across = With(fact, columns).ToList();
            foreach (var down in With(fact, rows))
            {
                foreach (var column in across)
                {
                    sums[(down, column)] = sums.GetValueOrDefault((down, column)) + fact.Sums;
                }
            }
        }

        var (rowsAt, columnsAt) = (Places(sums.Keys.Select(key => key.Row), rows, order), Places(sums.Keys.Select(key => key.Column), columns, order));
        return new(
            [.. rowsAt.Keys.Select(keys => new Heading(keys.Of))], [.. columnsAt.Keys.Select(keys => new Heading(keys.Of))],
            sums.ToDictionary(pair => (rowsAt[pair.Key.Row], columnsAt[pair.Key.Column]), pair => pair.Value));
    }

    /// <summary>Its own place on an axis, and every subtotal that it is part of: from within outwards, leaving alone what does not add up.</summary>
    private static IEnumerable<Keys> With(Fact fact, IReadOnlyList<string> dimensions)
    {
        var own = dimensions.Select(dimension => (string?)fact.Keys[dimension]).ToArray();
        yield return new(own);
        for (var from = dimensions.Count - 1; from >= 0; from--)
        {
            if (Asked.AddsUp(dimensions[from]))
            {
                yield return new([.. own.Select((key, at) => at >= from && Asked.AddsUp(dimensions[at]) ? null : key)]);
            }
        }
    }

    // A total stands behind what it sums up.
    private static OrderedDictionary<Keys, int> Places(IEnumerable<Keys> found, IReadOnlyList<string> dimensions, Func<string, string, int> order)
    {
        var sorted = found.Distinct().OrderBy(_ => 0);
        for (var at = 0; at < dimensions.Count; at++)
        {
            var (here, dimension) = (at, dimensions[at]);
            sorted = sorted.ThenBy(keys => keys.Of[here] is { } key ? order(dimension, key) : int.MaxValue);
        }

        var places = new OrderedDictionary<Keys, int>();
        foreach (var keys in sorted)
        {
            places.Add(keys, places.Count);
        }

        return places;
    }

    /// <summary>Keys that are the same when each of them is.</summary>
    private readonly struct Keys(string?[] of) : IEquatable<Keys>
    {
        public string?[] Of { get; } = of;

        public bool Equals(Keys other) => Of.AsSpan().SequenceEqual(other.Of);

        public override bool Equals(object? obj) => obj is Keys other && Equals(other);

        public override int GetHashCode()
        {
            var hash = default(HashCode);
            foreach (var key in Of)
            {
                hash.Add(key, StringComparer.Ordinal);
            }

            return hash.ToHashCode();
        }
    }
}
