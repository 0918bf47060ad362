namespace Gengdu.Rules;

/// <summary>An area of requirement, with its weight in the composite index.</summary>
public sealed record Area(string Key, Text Name, double Weight);

/// <summary>A grade; <see cref="Number"/> is what rules see as <c>grade</c>.</summary>
public sealed record Grade(string Key, double Number, Text Name, string Stage);

/// <summary>A type of school and the grades it may have.</summary>
public sealed record SchoolType(string Key, Text Name, IReadOnlyList<string> Grades, IReadOnlyList<string>? CodeClasses = null);

/// <summary>Levels that review, first step first.</summary>
internal sealed record ReviewSteps(IReadOnlyList<string> Chain);

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
    ReviewSteps Review);

/// <summary>indicators.json.</summary>
internal sealed record IndicatorFile(string Version, IReadOnlyList<Indicator> Indicators);
