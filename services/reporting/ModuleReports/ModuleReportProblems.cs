using Gengdu.Reporting.Cycles;
using Gengdu.ServiceDefaults;

namespace Gengdu.Reporting.ModuleReports;

/// <summary>Refusals about module reports: RPT-03xx.</summary>
internal static class ModuleReportProblems
{
    public static readonly Problem NotYetOpen = new("RPT-0301", 409,
        new("填报尚未开始", "Reporting has not started yet"),
        new("还没有到开始填报的时间。", "The opening time of the cycle has not come yet."));

    public static readonly Problem CycleClosed = new("RPT-0302", 409,
        new("填报周期已关闭", "The cycle is closed"),
        new("本周期已经关闭，不再接收修改和提交。", "It takes no more changes and no more submissions."));

    public static readonly Problem CompleteIsLocked = new("RPT-0303", 409,
        new("本模块已标记为完成", "This module is marked complete"),
        new("如需修改，请先点“重新打开”。", "Reopen it first to change values."));

    public static readonly Problem InReview = new("RPT-0304", 409,
        new("本模块已提交", "This module has been submitted"),
        new("它正在上级审核中，退回之前不能修改。如需更正，请联系审核人退回。", "It is being reviewed and cannot be changed until it is returned. Ask the reviewer to return it for a correction."));

    public static readonly Problem Accepted = new("RPT-0305", 409,
        new("本模块已由省级确认", "This module has been accepted by the province"),
        new("确认后的内容不能再修改。", "Accepted content cannot be changed."));

    public static readonly Problem NotComplete = new("RPT-0306", 409,
        new("本模块尚未标记为完成", "This module is not marked complete"),
        new("请先由填报员检查并标记完成，再由审核人提交。", "The reporter checks it and marks it complete first; then the approver submits it."));

    public static readonly Problem SameHand = new("RPT-0307", 403,
        new("不能提交自己填写的内容", "You cannot submit what you filled in yourself"),
        new("最后修改本模块的人是您。请由另一位审核人核对后提交。", "You changed this module last. Another approver has to check and submit it."));

    public static readonly Problem NotApprover = new("RPT-0308", 403,
        new("只有本单位的审核人可以提交", "Only an approver of this organisation can submit"),
        new("请由本单位负责审核的人员提交。", "Ask the person who signs for this organisation."));

    public static readonly Problem NotReporter = new("RPT-0309", 403,
        new("只有本单位的人员可以填报", "Only the organisation's own people can fill this in"),
        new("您可以查看进度和已提交的版本，但不能代为填写。", "You can see progress and submitted revisions, but not fill it in for them."));

    public static Problem Blocked(IReadOnlyList<FieldError> errors) => new("RPT-0310", 422,
        new("还有需要更正或说明的内容", "Something still has to be corrected or explained"),
        new($"共 {errors.Count} 处：错误需更正，提示需说明原因。详见各处。", $"{errors.Count} place(s): correct the errors, explain the warnings. See each one."))
    { Errors = errors };

    public static Problem DeadlinePassed(DateTimeOffset endedAt, DateTimeOffset now) => new("RPT-0311", 409,
        new("已过提交截止时间", "The deadline has passed"),
        new($"提交于北京时间 {ChinaTime.Format(endedAt)} 截止（含宽限和延期），现在是 {ChinaTime.Format(now)}。已填内容会保留；如需补交，请向县级申请延期。",
            $"Submission ended at {ChinaTime.Format(endedAt)} Beijing time (grace and extensions counted); it is now {ChinaTime.Format(now)}. What you filled in is kept; ask the county for an extension."));

    public static readonly Problem StatementMissing = new("RPT-0312", 422,
        new("请确认真实性声明", "The statement has to be confirmed"),
        new("提交前须声明所报内容真实、准确。", "Confirm that what is reported is true and accurate."))
    { Errors = [new("statement", "required", new("须为 true", "Must be true"))] };

    public static Problem StatementChanged(string version) => new("RPT-0260", 409,
        new("声明已更新", "The statement has changed"),
        new($"您确认的不是现行声明（现行版本 {version}），尚未提交。请刷新页面，阅读现行声明后再签署。", $"What you confirmed is not the present statement (version {version}); nothing was submitted. Reload the page, read it and sign again."));

    public static readonly Problem KeyRequired = new("RPT-0313", 400,
        new("缺少幂等键", "The idempotency key is missing"),
        new("提交时请带上 Idempotency-Key 请求头（8 至 200 个可见字符），重试时使用同一个值。", "Send an Idempotency-Key header of 8 to 200 visible characters, and the same one when you try again."));

    public static readonly Problem KeyReused = new("RPT-0314", 422,
        new("幂等键已用于另一次提交", "The idempotency key was used for another submission"),
        new("同一个 Idempotency-Key 只能用于同一模块的同一次提交。请换一个新的值。", "One Idempotency-Key belongs to one submission of one module. Use a new one."));

    public static Problem UnacceptableCells(IReadOnlyList<FieldError> errors) => new("RPT-0315", 422,
        new("有的内容无法保存", "Some changes cannot be stored"),
        new($"{errors.Count} 处不符合表单，本次修改都没有保存。请更正后重试。", $"{errors.Count} place(s) do not fit the form, and nothing of this change was stored. Correct them and try again."))
    { Errors = errors };

    public static Problem TooMuch(int limit) => new("RPT-0316", 422,
        new("本模块内容过多", "This module holds too much"),
        new($"一个模块最多 {limit:N0} 字节。请缩短文字或减少行数；本次修改没有保存。", $"A module holds at most {limit:N0} bytes. Shorten texts or remove rows; this change was not stored."));

    public static readonly Problem UnknownRevision = new("RPT-0317", 404,
        new("没有这个版本", "There is no such revision"),
        new("本模块没有提交过这个版本。请从版本列表中选择。", "This module was never submitted under that number. Choose one from the list of revisions."));

    public static readonly Problem NotMarkedComplete = new("RPT-0318", 409,
        new("本模块没有标记为完成", "This module is not marked complete"),
        new("它可以直接修改，不需要重新打开。", "It can be changed as it is; there is nothing to reopen."));
}
