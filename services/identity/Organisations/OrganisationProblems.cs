using Gengdu.ServiceDefaults;

namespace Gengdu.Identity.Organisations;

internal static class OrganisationProblems
{
    public static Problem BrokenDivisions(IReadOnlyList<FieldError> errors) => new("IDN-0001", 422,
        new("区划文件有误，未导入任何一行", "The divisions have faults; no line was imported"),
        new($"共 {errors.Count} 处错误，请按行号修改后重新导入。", $"{errors.Count} fault(s); correct them by line number and import again."))
    { Errors = errors };

    public static Problem BrokenBatch(IReadOnlyList<FieldError> errors) => new("IDN-0002", 422,
        new("批次中有误，未建立任何一条", "The batch has faults; nothing was created"),
        new($"共 {errors.Count} 处错误，请按序号修改后重新提交。", $"{errors.Count} fault(s); correct them by index and send the batch again."))
    { Errors = errors };

    public static Problem BatchSize(int most) => new("IDN-0003", 422,
        new("批次大小不符", "The batch has the wrong size"),
        new($"每批 1 至 {most} 条，请分批提交。", $"A batch holds 1 to {most} entries; send it in parts."));

    public static FieldError Fault(string at, string code, Text text, int? line = null) => new(at, code, text) { Line = line };

    public static readonly Text UnknownParent = new("上级代码不存在，或不在您的管辖范围内", "The parent code does not exist or is outside your area");

    public static readonly Text Duplicate = new("代码重复：同一时间只能有一个机构使用", "The code is used twice: one organisation at a time may carry it");

    public static readonly Text CodeTaken = new("该学校代码不能使用：正在使用或已作废", "This school code cannot be used: it is in use or void");

    public static readonly Text NewCodeNeeded = new("类型改变后需要新代码，请在学校页面办理“变更类型”", "This type needs a new code: use the change of type at the school itself");

    public static readonly Text WrongLevel = new("层级与上级机构不符：市属省、县属市，学校属县、功能区或兼有县级职能的市，学校不能有下级", "The level does not fit the parent: cities below the province, counties below a city, schools below a county, a zone or a city that is a county too, nothing below a school");
}
