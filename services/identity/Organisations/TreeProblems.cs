using System.Globalization;
using Gengdu.ServiceDefaults;

namespace Gengdu.Identity.Organisations;

/// <summary>Why the tree cannot change like that.</summary>
internal static class TreeProblems
{
    public static readonly Problem UnknownTarget = new("IDN-0040", 422,
        new("找不到目标机构", "The other organisation was not found"),
        new("目标机构不存在、已撤销，或不在您的管辖范围内。调整需要对两端都有管理权限。", "It does not exist, is closed, or is outside the area you administer. A change needs your right at both ends."));

    public static readonly Problem AlreadyClosed = new("IDN-0041", 409,
        new("该机构已撤销", "The organisation is closed"),
        new("已撤销的机构不能再变更。请刷新页面查看其去向。", "A closed organisation changes no more. Refresh to see what became of it."));

    public static readonly Problem InTheFuture = new("IDN-0042", 422,
        new("生效日期不能晚于今天", "The change cannot hold from a future day"),
        new("请在生效当天或之后办理；提前办理会使权限与生效日不一致。", "Make the change on that day or later: rights follow the tree at once, not on a later day."));

    public static Problem BeforeTheLastChange(string code, DateOnly changedOn) => new("IDN-0043", 409,
        new("生效日期早于上一次变更", "The change lies before the last one"),
        new($"机构 {code} 的上一次变更自 {Day(changedOn)} 起生效，请选择该日或之后。", $"Organisation {code} last changed on {Day(changedOn)}; choose that day or a later one."));

    public static readonly Problem NothingChanges = new("IDN-0044", 409,
        new("没有任何变化", "Nothing would change"),
        new("所填内容与现状相同，无需办理。", "What you entered is how it is already."));

    public static readonly Problem WrongLevel = new("IDN-0045", 422,
        new("层级与上级机构不符", "It does not fit below that organisation"),
        new("市属省，县和功能区属市；学校只能属于县、功能区或兼有县级职能的市（如定州、辛集）。", "Cities stand below the province, counties and zones below a city, schools below a county, a zone or a city that is a county too (Dingzhou, Xinji)."));

    public static readonly Problem BelowItself = new("IDN-0046", 422,
        new("不能移到自己的下级", "Nothing moves below itself"),
        new("请选择其他上级机构。", "Choose another organisation."));

    public static readonly Problem SchoolsOnly = new("IDN-0047", 422,
        new("此操作只适用于学校", "This is for schools only"),
        new("市、县和功能区请通过区划文件调整。", "Cities, counties and zones change by the file of divisions."));

    public static readonly Problem CodeStays = new("IDN-0048", 422,
        new("类型代码未变，学校代码不变", "The school keeps its code"),
        new("新旧类型属于同一代码类别，请不要填写新代码。", "Both types belong to the same class of codes; leave the new code out."));

    public static Problem CodeNeeded(string codeClass) => new("IDN-0049", 422,
        new("需要新的学校代码", "A new school code is needed"),
        new($"类型改变后代码类别随之改变：请填写以 {codeClass} 开头的新代码，原代码作废。", $"The class of the code changes with the type: enter a new code that begins with {codeClass}; the old one becomes void."));

    public static readonly Problem CodeTaken = new("IDN-0050", 409,
        new("该代码不能使用", "This code cannot be used"),
        new("学校代码只使用一次：正在使用或已作废的代码都不能再用。请核对代码。", "A school code is used once: one in use or void cannot be given again. Check the code."));

    public static readonly Problem NotEmpty = new("IDN-0051", 409,
        new("尚有下级机构", "There are organisations below it"),
        new("请先移走、合并或撤销其全部下级，再撤销本机构。", "Move, merge or close all that is below it first."));

    public static readonly Problem RootStays = new("IDN-0052", 409,
        new("省级机构不能移动、合并或撤销", "The province neither moves nor ends"),
        new("可以更改名称；其他变更请联系运维人员。", "It may be renamed; nothing else."));

    public static readonly Problem NotAlike = new("IDN-0053", 422,
        new("不能合并不同层级的机构", "Only organisations of one level merge"),
        new("请选择同一层级的机构：学校与学校、县与县；不能选择自己，也不能重复。", "Choose organisations of the same level: schools with schools, counties with counties; none twice, and not the survivor itself."));

    public static readonly Problem CodeOfNone = new("IDN-0054", 422,
        new("保留的代码不属于被合并的机构", "The code to keep belongs to none of them"),
        new("只能保留参与合并的机构的代码。", "Choose the code of one of the organisations that merge."));

    public static readonly Problem ClosedBeforeItBegan = new("IDN-0055", 409,
        new("撤销日期不晚于成立日期", "It would end before it began"),
        new("该机构自生效当日才成立，最早可于次日撤销。", "It began on that very day; it can end from the next day on."));

    public static Problem Faults(IReadOnlyList<FieldError> errors) => new("IDN-0056", 422,
        new("填写有误，未作变更", "Some entries are wrong; nothing was changed"),
        new($"共 {errors.Count} 处需要修改。", $"{errors.Count} place(s) need a change."))
    { Errors = errors };

    public static Problem BrokenSchools(int faults, IReadOnlyList<FieldError> errors) => new("IDN-0057", 422,
        new("学校名单有误，未导入任何一行", "The list of schools has faults; no line was imported"),
        new($"共 {faults} 处错误，请按行号和列名修改后重新预览。", $"{faults} fault(s); correct them by line and column and preview again."))
    { Errors = errors };

    public static readonly Problem NotReadable = new("IDN-0058", 422,
        new("无法读取文件", "The file cannot be read"),
        new("请另存为 CSV（UTF-8 或 GB18030 编码）后再上传；XLSX 文件请先在电子表格中另存。", "Save it as CSV in UTF-8 or GB18030 first; an XLSX file has to be saved as CSV by the spreadsheet."));

    public static readonly Text BadReason = new("理由不超过 200 字，不能以 = + - @ 开头，也不能含有不可见字符", "A reason has up to 200 characters, begins with none of = + - @ and holds no invisible characters");

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
