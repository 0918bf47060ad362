using Gengdu.ServiceDefaults;

namespace Gengdu.Analytics.OpenFigures;

/// <summary>What a cycle, its places and its indicators were called when a publication was made.</summary>
internal sealed record OpenNames(OpenCycle Cycle, IReadOnlyList<PlacedName> Places, IReadOnlyList<OpenIndicator> Indicators)
{
    /// <summary>A place by its code; the province without one.</summary>
    public PlacedName? Find(string? code) => Places.FirstOrDefault(place => code is null ? place.Place.Parent is null : place.Place.Code == code);

    public IEnumerable<PlacedName> Below(PlacedName place) => Places.Where(below => below.Place.Parent == place.Place.Code);
}

/// <summary>A place with its path in the cycle's tree, which is not told.</summary>
internal sealed record PlacedName(string Path, OpenPlace Place);

/// <summary>The cycle.</summary>
/// <param name="PeriodKey">Of the period it reports on.</param>
public sealed record OpenCycle(Text Name, string PeriodKey, DateOnly Start, DateOnly End);

/// <summary>A province, city or county.</summary>
/// <param name="Code">Administrative code.</param>
/// <param name="Level">"province", "city" or "county"; a city that is its own county is a county.</param>
/// <param name="Parent">Code of the place above; null of the province.</param>
public sealed record OpenPlace(string Code, string Level, Text Name, string? Parent);

/// <summary>What is measured.</summary>
/// <param name="Area">Key of the area of requirement.</param>
/// <param name="AreaName">Its name.</param>
/// <param name="Direction">"up", "down" or "band".</param>
public sealed record OpenIndicator(string Id, Text Name, Text? Unit, int Decimals, string Area, Text AreaName, string Direction);
