using Gengdu.ServiceDefaults;

namespace Gengdu.Reporting.Programmes;

/// <summary>Refusals about programmes: RPT-01xx.</summary>
internal static class ProgrammeProblems
{
    public static Problem UnknownVersion(string key, string version) => new("RPT-0101", 404,
        new("没有这个版本的项目表单", "There is no such version of the programme"),
        new($"项目 {key} 没有发布过版本 {version}。请从项目列表中选择现有版本。", $"Version {version} of programme {key} was never published here. Choose one from the list of programmes."));

    public static Problem UnknownProgramme(string key) => new("RPT-0102", 422,
        new("没有这个项目", "There is no such programme"),
        new($"系统中没有项目 {key}。请从项目列表中选择。", $"There is no programme {key} here. Choose one from the list of programmes."))
    { Errors = [new("programmeKey", "unknown-programme", new("没有这个项目", "No such programme"))] };

    public static Problem UnknownModule(string key, string version, string module) => new("RPT-0103", 404,
        new("项目中没有这个模块", "There is no such module in the programme"),
        new($"项目 {key} 的版本 {version} 没有模块 {module}。请从项目的模块中选择。", $"Version {version} of programme {key} has no module {module}. Choose one of its modules."));
}
