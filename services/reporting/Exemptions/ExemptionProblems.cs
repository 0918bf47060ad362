using Gengdu.ServiceDefaults;

namespace Gengdu.Reporting.Exemptions;

/// <summary>Refusals about exemptions: RPT-0240 on.</summary>
internal static class ExemptionProblems
{
    public static readonly Problem Exempt = new("RPT-0240", 409,
        new("该单位本周期已免报", "The organisation is exempt in this cycle"),
        new("上级已同意免报，无需填写和提交；已填内容会保留。", "The level above exempted it: nothing has to be filled in or submitted. What was filled in is kept."));

    public static readonly Problem AllAccepted = new("RPT-0241", 409,
        new("填报已全部确认，不能免报", "Everything is accepted already"),
        new("该单位的填报已由省级全部确认，免报没有意义。", "The province has accepted all of it; there is nothing to exempt."));

    public static readonly Problem AlreadyAsked = new("RPT-0242", 409,
        new("已有一份免报申请等待答复", "A request for exemption is waiting already"),
        new("请等待上级答复。", "Wait for the level above to answer."));

    public static readonly Problem AlreadyDecided = new("RPT-0243", 409,
        new("该申请已有答复", "The request has been answered"),
        new("另一位负责人已经作出决定。请刷新页面。", "Somebody else has decided it. Reload the page."));

    public static readonly Problem OwnRequest = new("RPT-0244", 403,
        new("不能批准自己提出的免报", "You cannot decide your own request"),
        new("请由提出申请的单位的上级决定。", "Somebody above the place that asked has to decide it."));
}
