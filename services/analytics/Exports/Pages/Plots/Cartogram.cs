using System.Globalization;

namespace Gengdu.Analytics.Exports.Pages.Plots;

/// <summary>A division's place on the map of tiles.</summary>
internal sealed record Tile(string Code, string Label, int Column, int Row);

/// <summary>Where each unit and each county lies among equal tiles (data/cartogram.csv): no boundaries, and the small is as visible as the large.</summary>
internal static class Cartogram
{
    private static readonly ILookup<string, Tile> s_tiles = Read();

    /// <summary>The 14 units of the city level.</summary>
    public static IReadOnlyList<Tile> Units { get; } = [.. s_tiles["city"]];

    /// <summary>The 167 counties.</summary>
    public static IReadOnlyList<Tile> Counties { get; } = [.. s_tiles["county"]];

    /// <summary>What each is called where there is little room.</summary>
    public static IReadOnlyDictionary<string, string> Labels { get; } = Units.Concat(Counties).DistinctBy(tile => tile.Code).ToDictionary(tile => tile.Code, tile => tile.Label);

    private static ILookup<string, Tile> Read()
    {
        using var reader = new StreamReader(typeof(Cartogram).Assembly.GetManifestResourceStream("cartogram.csv")!);
        // A heading first.
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Skip(1).Select(line => line.Split(','))
            .ToLookup(cells => cells[0], cells => new Tile(cells[1], cells[2], int.Parse(cells[3], CultureInfo.InvariantCulture), int.Parse(cells[4], CultureInfo.InvariantCulture)));
    }
}
