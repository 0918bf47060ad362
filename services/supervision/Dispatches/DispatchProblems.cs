using Gengdu.ServiceDefaults;

namespace Gengdu.Supervision.Dispatches;

/// <summary>Refusals of a county's dispatch.</summary>
internal static class DispatchProblems
{
    /// <summary>Who is missing has to be said.</summary>
    public static Problem Unnamed(int schools) => new("SUP-0040", 409,
        new("有未报齐的学校未列入例外", "Schools are missing that you did not name"),
        new($"还有 {schools} 所学校未报齐或未通过县级审核。请逐校说明原因，或先完成审核。", $"{schools} schools are not complete or not yet approved by the county. Name each with its reason, or finish the review first."));

    /// <summary>A school that is complete, or not the county's, is no exception.</summary>
    public static Problem NotMissing(int reports) => new("SUP-0041", 409,
        new("所列例外中有不属于缺报的学校", "Not missing"),
        new($"所列 {reports} 份填报已报齐，或不属于本县应报名单。请刷新名单后重试。", $"{reports} of those named are complete, or not on this county's roster. Refresh the list and try again."));

    /// <summary>Nothing is owed here.</summary>
    public static readonly Problem NothingOwed = new("SUP-0042", 409,
        new("本县在此周期没有应报学校", "No school of this county owes anything"),
        new("应报名单尚未到达，或本县在此周期没有应报学校。请稍后重试或核对周期。", "The roster has not arrived yet, or no school of this county is on it. Try again shortly, or check the cycle."));

    /// <summary>Once is enough: later arrivals go up by themselves.</summary>
    public static readonly Problem SentAlready = new("SUP-0043", 409,
        new("县级上报已完成", "The county has been sent up already"),
        new("本县已上报，例外已获准；之后到达的学校自动作为补报上送，无须再次上报。", "The county has been sent up and its gaps, if any, were allowed. Schools that arrive later go up by themselves as supplements."));

    /// <summary>Decided, complete, or replaced.</summary>
    public static readonly Problem NothingToDecide = new("SUP-0044", 409,
        new("没有待决定的例外", "Nothing to decide"),
        new("此次上报没有例外，或已作出决定。请刷新。", "It has no gaps, or somebody has decided. Refresh."));

    /// <summary>The county sent another one.</summary>
    public static readonly Problem Replaced = new("SUP-0045", 409,
        new("县级已重新上报", "The county has sent a newer one"),
        new("请刷新，对最新一次上报作出决定。", "Refresh, and decide on the latest one."));
}
