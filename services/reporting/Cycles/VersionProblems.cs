using Gengdu.ServiceDefaults;

namespace Gengdu.Reporting.Cycles;

/// <summary>Refusals about versions of the form in a running cycle: RPT-028x.</summary>
internal static class VersionProblems
{
    public static readonly Problem SameVersion = new("RPT-0280", 409,
        new("本周期已使用该版本", "The cycle has this version already"),
        new("请选择一个更新的已发布版本。", "Choose a newer published version."));

    public static Problem OlderVersion(string version, string present) => new("RPT-0281", 409,
        new("该版本早于现用版本", "That version is older than the present one"),
        new($"本周期使用 {present}，不能改回更早发布的 {version}。如需恢复旧内容，请另发布一个新版本。",
            $"The cycle uses {present} and cannot go back to {version}, published earlier. Publish a new version with the old content."));

    public static Problem NoBridge(string from, string to, IReadOnlyList<FieldError> errors) => new("RPT-0282", 409,
        new("两个版本之间无法衔接", "There is no bridge between the two versions"),
        new($"从 {from} 改为 {to} 会使 {errors.Count} 个模块的填报失去归属，未作任何更改。填报名单在开启时已固定；请在新版本中保留这些模块，或等下一周期再使用。详见各处。",
            $"Going from {from} to {to} would leave the reports of {errors.Count} module(s) without a form; nothing was changed. The roster was frozen at opening: keep these modules in the new version, or use it from the next cycle on. See each one."))
    { Errors = errors };

    public static FieldError ModuleGone(string key, string zh, string en, int owed, int withContent) => new($"modules/{key}", "module-removed", new(
        $"新版本没有模块“{zh}”，而名单上有 {owed:N0} 份该模块填报，其中 {withContent:N0} 份已有内容",
        $"The new version has no module “{en}”, but {owed:N0} reports of it are on the roster, {withContent:N0} of them with content"));

    public static FieldError LevelsChanged(string key, string zh, string en, int owed, int withContent) => new($"modules/{key}", "levels-changed", new(
        $"模块“{zh}”在新版本中由其他层级填报，而名单上有 {owed:N0} 份该模块填报，其中 {withContent:N0} 份已有内容",
        $"In the new version other levels fill in the module “{en}”, but {owed:N0} reports of it are on the roster, {withContent:N0} of them with content"));

    public static Problem FormRequired(string mine, string newest, DateTimeOffset requiredBy) => new("RPT-0283", 409,
        new("须先改用新版表单", "The new form has to be taken first"),
        new($"本模块按 {mine} 版填写；自北京时间 {ChinaTime.Format(requiredBy)} 起只能提交 {newest} 版。请打开模块，查看变化并改用新表单，已填内容会保留。",
            $"This module was filled in with version {mine}; since {ChinaTime.Format(requiredBy)} Beijing time only {newest} is taken. Open the module, look at what changed and take the new form; what you filled in is kept."));

    public static readonly Problem NothingToMigrate = new("RPT-0284", 409,
        new("本模块已是现行版本", "This module is on the present version"),
        new("没有需要改用的新表单。请刷新页面。", "There is no newer form to take. Reload the page."));

    public static readonly Problem SignedStays = new("RPT-0285", 409,
        new("已提交的内容保留其版本", "What was submitted keeps its version"),
        new("本模块已提交，按填写时的版本审核。如被退回，可改用新表单。", "The module was submitted and is reviewed with the version it was filled in with. If it is returned, the new form can be taken."));

    public static Problem UnknownTypedVersion(string version) => new("RPT-0286", 422,
        new("没有这个版本的表单", "There is no such version of the form"),
        new($"内容注明是在 {version} 版表单上填写的，但没有发布过该版本，未作保存。", $"What was typed names version {version} of the form, which was never published; nothing was stored."))
    { Errors = [new("programmeVersion", "unknown-version", new("没有这个版本", "No such version"))] };
}
