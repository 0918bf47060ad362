using Gengdu.Reporting.Cycles;
using Gengdu.ServiceDefaults;

namespace Gengdu.Reporting.Extensions;

/// <summary>Refusals about requests for more time: RPT-0230 on.</summary>
internal static class ExtensionProblems
{
    public static Problem CycleOver(DateTimeOffset closedAt) => new("RPT-0230", 409,
        new("填报周期已关闭，不能再申请延期", "The cycle is closed; more time can no longer be asked for"),
        new($"本周期已于北京时间 {ChinaTime.Format(closedAt)} 关闭，不再接收提交，延期也无法使用。如确需补报，请书面联系省级项目负责人。",
            $"It was closed at {ChinaTime.Format(closedAt)} Beijing time and takes no more submissions, so more time would be of no use. If something has to be reported all the same, write to the province's owner."));

    public static Problem TooLate(DateTimeOffset endedAt, DateTimeOffset askableUntil) => new("RPT-0231", 409,
        new("申请延期的时间已过", "It is too late to ask for more time"),
        new($"填报已于北京时间 {ChinaTime.Format(endedAt)} 截止；截止后 5 个工作日内（至 {ChinaTime.Format(askableUntil)}）可以补申请延期。请联系上级单位直接批准。",
            $"The window ended at {ChinaTime.Format(endedAt)} Beijing time; more time could be asked for within five working days, until {ChinaTime.Format(askableUntil)}. Ask the level above for a direct grant."));

    public static Problem NoLater(DateTimeOffset after, DateTimeOffset furthest) => new("RPT-0232", 422,
        new("延期时间不合适", "That is no later time"),
        new($"延期须晚于 {ChinaTime.Format(after)}，且不晚于 {ChinaTime.Format(furthest)}（北京时间）。", $"It lies after {ChinaTime.Format(after)} and no later than {ChinaTime.Format(furthest)} Beijing time."))
    { Errors = [new("until", "range", new($"须在 {ChinaTime.Format(after)} 与 {ChinaTime.Format(furthest)} 之间", $"Between {ChinaTime.Format(after)} and {ChinaTime.Format(furthest)}"))] };

    public static readonly Problem NothingOpen = new("RPT-0233", 409,
        new("没有需要延期的填报", "There is nothing to extend"),
        new("该单位在本周期的填报已全部提交或已免报。", "Everything of this organisation in this cycle is submitted or exempt."));

    public static readonly Problem AlreadyAsked = new("RPT-0234", 409,
        new("已有一份延期申请等待答复", "A request for more time is waiting already"),
        new("请等待上级答复。答复之后可以再次申请。", "Wait for the level above to answer. You can ask again after the answer."));

    public static readonly Problem AlreadyDecided = new("RPT-0235", 409,
        new("该申请已有答复", "The request has been answered"),
        new("另一位负责人已经作出决定。请刷新页面。", "Somebody else has decided it. Reload the page."));

    public static readonly Problem OwnRequest = new("RPT-0236", 403,
        new("不能批准自己的申请", "You cannot decide your own request"),
        new("请由上级单位的另一位负责人决定。", "Another person of the level above has to decide it."));
}
