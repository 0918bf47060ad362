namespace Gengdu.Rules;

/// <summary>A text a person reads: always Chinese and English, Chinese first.</summary>
public sealed record Text(string Zh, string En);

/// <summary>An area of requirement, with its weight in the composite index.</summary>
public sealed record Area(string Key, Text Name, double Weight);

/// <summary>A grade; <see cref="Number"/> is what rules see as <c>grade</c>.</summary>
public sealed record Grade(string Key, double Number, Text Name, string Stage);

/// <summary>A type of school and the grades it may have.</summary>
public sealed record SchoolType(string Key, Text Name, IReadOnlyList<string> Grades, IReadOnlyList<string>? CodeClasses = null);

/// <summary>A figure about an organisation that a register knows; rules see it as <c>master.key</c>. Some registers know it grade by grade too: key/grade.</summary>
public sealed record MasterFigure(string Key, Text Name, bool ByGrade = false);

/// <summary>Where a number about an organisation is known from: a register's figure if there is one, else what it last signed in a field, summed over grades.</summary>
public sealed record ProfileSource(string Field, string? Master = null);

/// <summary>What is noted of each school when a cycle opens, so that its figures can be parted by it: how large it is and whether pupils live in.</summary>
public sealed record Profile(ProfileSource? Pupils = null, ProfileSource? Boarders = null, IReadOnlyList<int>? Sizes = null)
{
    /// <summary>For packs that do not say: nothing is noted.</summary>
    public static readonly Profile None = new();

    /// <summary>The class of a number of pupils, "100-299", the last one open: "2000-"; null when it is not known.</summary>
    public string? SizeOf(double? pupils)
    {
        if (pupils is not { } count || Sizes is not { Count: > 0 } sizes)
        {
            return null;
        }

        var from = sizes.LastOrDefault(size => size <= count);
        var next = sizes.FirstOrDefault(size => size > count);
        return next == 0 ? $"{from}-" : $"{from}-{next - 1}";
    }

    /// <summary>"boarding" with at least one boarder, else "day"; null when it is not known.</summary>
    public static string? BoardingOf(double? boarders) => boarders is not { } count ? null : count > 0 ? "boarding" : "day";
}

/// <summary>Levels that review, first step first.</summary>
internal sealed record ReviewSteps(IReadOnlyList<string> Chain);

/// <summary>
/// What an approver takes responsibility for by signing. In the text {organisation} stands for the organisation's name. A changed text has another version:
/// each signature keeps the version it was given for.
/// </summary>
public sealed record Statement(string Version, Text Text)
{
    /// <summary>For packs published before they could say their own.</summary>
    public static readonly Statement Plain = new("2026.0", new(
        "我已核对以上内容，确认所报数据真实、准确、完整，并代表{organisation}对此负责。",
        "I have checked the above, confirm that the figures are true, accurate and complete, and take responsibility for them on behalf of {organisation}."));
}

/// <summary>programme.json.</summary>
internal sealed record ProgrammeHead(
    string Key,
    string Version,
    Text Name,
    IReadOnlyList<Area> Areas,
    IReadOnlyList<Grade> Grades,
    IReadOnlyList<SchoolType> SchoolTypes,
    IReadOnlyList<string> Modules,
    IReadOnlyList<string> DepartmentModules,
    ReviewSteps Review,
    Statement? Statement = null,
    IReadOnlyList<MasterFigure>? Master = null,
    Profile? Profile = null);

/// <summary>indicators.json.</summary>
internal sealed record IndicatorFile(string Version, IReadOnlyList<Indicator> Indicators);
