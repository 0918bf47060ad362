namespace Gengdu.Reporting.Cycles;

/// <summary>Levels an organisation reports at.</summary>
internal static class Levels
{
    public const string School = "school";
    public const string County = "county";
    public const string City = "city";
    public const string Province = "province";

    public static readonly IReadOnlyList<string> All = [School, County, City, Province];
}
