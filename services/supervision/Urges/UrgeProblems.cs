using System.Globalization;
using Gengdu.ServiceDefaults;
using Gengdu.Supervision.Clocks;
using Gengdu.Supervision.Reviews;

namespace Gengdu.Supervision.Urges;

/// <summary>Refusals of urging and of answering.</summary>
internal static class UrgeProblems
{
    /// <summary>Urged within the last hours.</summary>
    public static Problem TooSoon(DateTimeOffset urgedAt, int hours) => new("SUP-0050", 409,
        new("刚刚催办过", "It was urged a short while ago"),
        new($"{Local(urgedAt)} 已就此事催办过，{hours} 小时内不重复催办，{Local(urgedAt.AddHours(hours))} 起可再次催办。",
            $"It was urged about this at {Local(urgedAt)}; not twice within {hours} hours. Again from {Local(urgedAt.AddHours(hours))}."));

    /// <summary>Nothing to urge about.</summary>
    public static readonly Problem HoldsNothing = new("SUP-0051", 409,
        new("已无待办事项", "It holds nothing any more"),
        new("该单位在此状态下已没有待办的填报，无须催办。请刷新后再看。", "The organisation holds nothing in this state any more: nothing to urge about. Refresh to see it."));

    /// <summary>Accepted, or a line without that level.</summary>
    public static readonly Problem NobodyHolds = new("SUP-0052", 409,
        new("无单位可催办", "Nobody to urge"),
        new("已确认的填报不再由任何单位处理；或该单位之上没有负责此环节的单位。", "Nobody holds what was accepted, or the line has no organisation for this step."));

    /// <summary>Urging is for the levels above.</summary>
    public static Problem NotBelowYou(ReviewLevel holder) => new("SUP-0053", 403,
        new("不能催办本级或上级", "Only what lies below can be urged"),
        new($"此事由{Name(holder).Zh}处理，须由其上级单位的审核或督导人员催办。", $"It is held at the {Name(holder).En}; reviewers of a level above it can urge."));

    /// <summary>More than one click should set in motion.</summary>
    public static Problem TooMany(int found, int most) => new("SUP-0054", 422,
        new("范围过大", "Too many at once"),
        new($"所选范围有 {found} 个单位，一次最多催办 {most} 个。请按市县分别催办，或只催办时间较长的。", $"There are {found} organisations in it, at most {most} can be urged at once. Go city by city, or take those that have held it longer."));

    /// <summary>Told to somebody else.</summary>
    public static readonly Problem NotAddressed = new("SUP-0055", 403,
        new("不是发给您单位的", "It is not addressed to you"),
        new("只有被催办（或被提醒）单位的负责人员可以签收。", "Only the people in charge at the organisation that was told can acknowledge it."));

    /// <summary>Answered once already.</summary>
    public static Problem AlreadyAnswered(DateTimeOffset doneBy) => new("SUP-0056", 409,
        new("已经签收", "It was acknowledged already"),
        new($"本单位已有人签收，承诺在 {Local(doneBy)} 前办结。", $"Somebody of your organisation acknowledged it and promised to be done by {Local(doneBy)}."));

    private static string Local(DateTimeOffset at) => at.ToOffset(HeldDays.Zone).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    private static Text Name(ReviewLevel level) => level switch
    {
        ReviewLevel.School => new("学校", "school"),
        ReviewLevel.County => new("县级", "county"),
        ReviewLevel.City => new("市级", "city"),
        _ => new("省级", "province"),
    };
}
