using Gengdu.ServiceDefaults;

namespace Gengdu.Reporting.Cycles;

/// <summary>Refusals about cycles and extensions: RPT-02xx.</summary>
internal static class CycleProblems
{
    public static readonly Problem AlreadyOpened = new("RPT-0201", 409,
        new("填报周期已经开启过", "The cycle has been opened already"),
        new("填报单位名单在开启时已经固定，不能再次开启。如需重新收集，请新建填报周期。", "Its roster was frozen then and cannot be opened again. Create a new cycle to collect anew."));

    public static readonly Problem NoSchools = new("RPT-0202", 409,
        new("没有可以填报的学校", "There is no school to report"),
        new("本周期包含学校模块，但今天没有一所有效的学校。请先登记学校，再开启填报。", "The cycle collects school modules, but no school is valid today. Register the schools first, then open it."));

    public static readonly Problem NotOpen = new("RPT-0203", 409,
        new("填报周期未开启或已关闭", "The cycle is not open"),
        new("此操作只能在填报周期开启期间进行。", "This can be done only while the cycle is open."));

    public static Problem UnknownModules(IReadOnlyList<FieldError> errors) => new("RPT-0204", 422,
        new("项目中没有这些模块", "The programme has no such modules"),
        new("请从项目的模块列表中选择。", "Choose from the modules of the programme."))
    { Errors = errors };

    public static readonly Problem NotOnRoster = new("RPT-0205", 422,
        new("该单位不在本周期的填报名单中", "The organisation is not on the roster of this cycle"),
        new("该单位及其下属单位在本周期没有填报任务，不能延期。请核对单位。", "Neither it nor any organisation below it owes a report in this cycle, so nothing can be extended. Check the organisation."))
    { Errors = [new("organisationId", "not-on-roster", new("不在填报名单中", "Not on the roster"))] };

    public static FieldError UnknownModule(int index, string key) => new($"moduleKeys/{index}", "unknown-module",
        new($"项目中没有模块 {key}", $"The programme has no module {key}"));
}
