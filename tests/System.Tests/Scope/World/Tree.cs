namespace Gengdu.System.Tests.Scope.World;

/// <summary>
/// The tree by short names: P, its cities A B C, their counties A1 … C3, their schools A1S1 … C3S4. What lies under what is
/// computed here from the names alone, not with the code that is tested.
/// </summary>
internal static class Tree
{
    public const string Province = "P";
    public static readonly IReadOnlyList<string> Cities = ["A", "B", "C"];
    public static readonly IReadOnlyList<string> Counties = [.. Cities.SelectMany(city => Enumerable.Range(1, 3).Select(n => $"{city}{n}"))];
    public static readonly IReadOnlyList<string> Schools = [.. Counties.SelectMany(county => Enumerable.Range(1, 4).Select(n => $"{county}S{n}"))];
    public static readonly IReadOnlyList<string> All = [Province, .. Cities, .. Counties, .. Schools];

    public static string Level(string place) => place == Province ? "province" : place.Length switch { 1 => "city", 2 => "county", _ => "school" };

    public static string? Parent(string place) => Level(place) switch { "province" => null, "city" => Province, "county" => place[..1], _ => place[..2] };

    public static bool IsWithin(string place, string top) => top == Province || place.StartsWith(top, StringComparison.Ordinal);

    /// <summary>Divisions have six digits, schools ten; all of Hebei's.</summary>
    public static string Code(string place) => Level(place) switch
    {
        "province" => "130000",
        "city" => $"13{City(place)}00",
        "county" => $"13{City(place)}0{place[1]}",
        _ => $"2113{City(place)}{place[1]}{place[3]}00",
    };

    /// <summary>The places from which somebody at this place is asked for: one for each way of being related.</summary>
    public static IReadOnlyList<(string Relation, string Place)> Relations(string place)
    {
        var (city, other) = (place[..1], place.StartsWith('A') ? "B1S1" : "A1S1");
        return Level(place) switch
        {
            "province" => [("self", place), ("child", "A"), ("grandchild", "A1"), ("great-grandchild", "A1S1"), ("other", "B1S1")],
            "city" => [("self", place), ("parent", Province), ("sibling", place == "A" ? "B" : "A"), ("child", $"{place}1"), ("grandchild", $"{place}1S1"), ("other-city", other)],
            "county" => [("self", place), ("parent", city), ("sibling", Next(place)), ("child", $"{place}S1"), ("cousin", $"{Next(place)}S1"), ("other-city", other)],
            _ => [("self", place), ("parent", place[..2]), ("grandparent", city), ("sibling", $"{place[..2]}S{(place[3] == '1' ? 2 : 1)}"), ("cousin", $"{Next(place[..2])}S1"), ("other-city", other)],
        };
    }

    private static string Next(string county) => $"{county[..1]}{(county[1] == '1' ? 2 : 1)}";

    private static string City(string place) => $"0{place[0] - 'A' + 1}";
}
