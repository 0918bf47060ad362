using Gengdu.ServiceDefaults;

namespace Gengdu.Supervision.Reviews;

/// <summary>Refusals of supervision.</summary>
internal static class ReviewProblems
{
    /// <summary>The reviewer read another revision than the one that waits.</summary>
    public static Problem OtherRevision(int given, int present) => new("SUP-0001", 409,
        new("学校已重新上报", "The school has resubmitted"),
        new($"您审阅的是第 {given} 次上报，现在是第 {present} 次。请刷新后审阅最新内容再处理。", $"You read revision {given}; it is now revision {present}. Refresh, read the latest, then decide."));

    /// <summary>The act is not possible in this state.</summary>
    public static Problem NotNow(ReviewAct act, ReviewState state) => new("SUP-0002", 409,
        new("当前状态不能执行此操作", "Not possible in this state"),
        (act, state) switch
        {
            (ReviewAct.Withdraw, ReviewState.Accepted) => new("省级已确认，不能撤回；确需更正，请提交解锁申请。", "The province has accepted it: it cannot be taken back. Ask for it to be unlocked if it has to be corrected."),
            (ReviewAct.Withdraw, _) => new("内容已在填报单位，无须撤回。", "It is with the organisation already; there is nothing to take back."),
            (ReviewAct.AskUnlock or ReviewAct.Unlock or ReviewAct.RefuseUnlock, _) => new("只有省级已确认的模块需要解锁。", "Only what the province has accepted needs unlocking."),
            (_, ReviewState.Withdrawn) => new("填报单位已撤回，等待其修改后重新上报。", "The organisation has taken it back; wait until it is submitted again."),
            (_, ReviewState.Unlocked) => new("已解锁更正，等待填报单位重新上报。", "It was unlocked for correction; wait until it is submitted again."),
            (_, ReviewState.Accepted) => new("省级已确认，内容已锁定，不能再审核或退回。", "The province has accepted it; it is final and can be neither reviewed nor returned."),
            (_, ReviewState.Returned) => new("已退回填报单位，等待其修改后重新上报。", "It was returned; wait until it is corrected and submitted again."),
            (ReviewAct.Accept, _) => new($"正在等待{LevelOf(state).Zh}审核，市级通过后才能由省级确认。", $"It waits for the {LevelOf(state).En}; the province accepts once the city has approved."),
            (_, ReviewState.ProvinceReview) => new("市级已通过，省级以“确认”完成审核。", "The city has approved; the province completes the review by accepting."),
            _ => new("该操作不属于当前审核环节。", "This act does not belong to the present step."),
        });

    /// <summary>The caller is in the line, but this step is someone else's.</summary>
    public static Problem NotYourStep(ReviewLevel level) => new("SUP-0003", 403,
        new("此环节不由您审核", "This step is not yours"),
        new($"此环节由该单位所属{Name(level).Zh}的{Role(level).Zh}处理。", $"This step belongs to the {Role(level).En} of the organisation's own {Name(level).En}."));

    /// <summary>Four eyes.</summary>
    public static readonly Problem OwnWork = new("SUP-0004", 409,
        new("同一人不能连续审核", "The same person may not review twice"),
        new("您已签署上报或在上一环节通过了此模块，须由另一位审核人处理。退回不受此限。", "You signed it or approved it at an earlier step; another person has to do this one. Returning it is still possible."));

    /// <summary>No organisation of that level on the line.</summary>
    public static Problem NobodyThere(ReviewLevel level) => new("SUP-0005", 409,
        new("找不到负责的上级单位", "No organisation is responsible"),
        new($"该单位之上没有{Name(level).Zh}，无法审核。请联系省级管理员核对组织机构。", $"There is no {Name(level).En} above this organisation. Ask the province's administrator to check the tree."));

    /// <summary>The right was taken away or moved while a bulk act was under way.</summary>
    public static Problem RightEnded(int passed) => new("SUP-0006", 403,
        new("您的审核权限已变更", "Your right has changed"),
        new($"批量审核途中您在此处的审核权限已被收回或调整：已通过 {passed} 项，其余未处理，由现任审核人办理。如有疑问请联系本级管理员。",
            $"Your right to review here was taken away or moved on the way: {passed} were passed on, the rest wait untouched for whoever holds the right now. Ask your administrator if this is unexpected."));

    /// <summary>An act beside the steps that belongs to somebody else.</summary>
    public static Problem NotYours(ReviewAct act) => new("SUP-0010", 403,
        new("此操作不由您办理", "This is not yours to do"),
        act switch
        {
            ReviewAct.Withdraw => new("撤回由填报单位的审核人（签署人）办理。", "The approver of the reporting organisation, who signs, takes a submission back."),
            ReviewAct.AskUnlock => new("解锁申请由填报单位的审核人或所属县级审核员提出。", "The organisation's approver or the reviewer of its county asks for unlocking."),
            _ => new("解锁申请由省级项目负责人答复。", "The province's programme owner answers requests to unlock."),
        });

    /// <summary>A reviewer was faster than the withdrawal.</summary>
    public static readonly Problem Started = new("SUP-0011", 409,
        new("审核已经开始", "The review has started"),
        new("审核人已打开或已通过此次上报，不能再撤回。如需修改，请联系审核人退回。", "A reviewer has opened or passed this submission; it cannot be taken back any more. Ask the reviewer to return it if it has to be changed."));

    /// <summary>What would be given back could not be submitted again.</summary>
    public static readonly Problem CycleClosed = new("SUP-0012", 409,
        new("填报周期已关闭", "The cycle is closed"),
        new("周期关闭后不再接收上报，撤回或解锁后将无法重新提交。", "A closed cycle takes nothing more: what is taken back or unlocked could not be submitted again."));

    /// <summary>One request at a time.</summary>
    public static readonly Problem AlreadyAsked = new("SUP-0013", 409,
        new("已有解锁申请", "It has been asked already"),
        new("此模块已有一份解锁申请，正等待省级答复。", "A request to unlock this module waits for the province's answer."));

    /// <summary>There is no request to answer.</summary>
    public static readonly Problem NothingAsked = new("SUP-0014", 409,
        new("没有待答复的解锁申请", "Nothing was asked"),
        new("解锁须先由学校或县级提出书面申请；此模块没有待答复的申请，或已被他人答复。", "Unlocking needs a written request of the school or the county; none waits here, or somebody else has answered it."));

    /// <summary>Four eyes for requests too.</summary>
    public static readonly Problem OwnRequest = new("SUP-0015", 409,
        new("不能答复自己的申请", "It is your own request"),
        new("解锁申请由您提出，须由另一位负责人答复。", "You asked for it; another person has to answer."));

    /// <summary>Only the organisation itself answers.</summary>
    public static readonly Problem NotYourAnswer = new("SUP-0016", 403,
        new("此处由填报单位答复", "The organisation answers here"),
        new("退回意见由填报单位的填报员或审核人逐条答复。", "The reporter or approver of the organisation answers the remarks of a return."));

    /// <summary>It is not returned, or another revision came in.</summary>
    public static readonly Problem NothingToAnswer = new("SUP-0017", 409,
        new("没有待答复的退回意见", "There is no remark to answer"),
        new("此模块当前不在退回状态，或您看到的不是最新一次退回。请刷新后查看。", "The module is not returned at present, or what you see is not the last return. Refresh and look again."));

    private static Text LevelOf(ReviewState state) => Name(state == ReviewState.CountyReview ? ReviewLevel.County : state == ReviewState.CityReview ? ReviewLevel.City : ReviewLevel.Province);

    private static Text Name(ReviewLevel level) => level switch
    {
        ReviewLevel.County => new("县级", "county"),
        ReviewLevel.City => new("市级", "city"),
        ReviewLevel.Province => new("省级", "province"),
        _ => new("学校", "school"),
    };

    private static Text Role(ReviewLevel level) => level switch
    {
        ReviewLevel.County => new("审核员", "reviewer"),
        ReviewLevel.City => new("督导", "supervisor"),
        _ => new("项目负责人", "programme owner"),
    };
}
