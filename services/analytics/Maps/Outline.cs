namespace Gengdu.Analytics.Maps;

/// <summary>A point, in degrees east and north.</summary>
internal readonly record struct Position(double X, double Y);

/// <summary>One county as a file has it: polygons, each with its outer ring first and its holes after it.</summary>
/// <param name="Code">Six digits.</param>
internal sealed record Outline(string Code, List<List<List<Position>>> Polygons)
{
    public IEnumerable<List<Position>> Rings => Polygons.SelectMany(rings => rings);
}
