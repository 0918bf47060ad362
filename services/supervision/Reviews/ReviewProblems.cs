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
