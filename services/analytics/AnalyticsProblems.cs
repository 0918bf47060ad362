using Gengdu.ServiceDefaults;

namespace Gengdu.Analytics;

/// <summary>Refusals of analytics.</summary>
internal static class AnalyticsProblems
{
    public static readonly Problem UnknownCycle = new("ANA-0001", 404,
        new("没有这个填报周期的数据", "There is nothing about this collection cycle"),
        new("该填报周期不存在，或尚未开启。请从周期列表中选择。", "The cycle does not exist or has not been opened. Choose one from the list of cycles."));

    public static readonly Problem NotANode = new("ANA-0002", 404,
        new("该单位不是省、市、县级", "This organisation is not a province, city or county"),
        new("学校请使用学校看板：/api/analytics/dashboards/schools/{id}。", "For a school, use the school dashboard: /api/analytics/dashboards/schools/{id}."));

    public static readonly Problem NotOnRoster = new("ANA-0003", 404,
        new("该学校不在本周期的填报名单中", "This school is not on the roster of the cycle"),
        new("名单在周期开启时确定，之后新增的学校从下一周期开始填报。", "The roster was fixed when the cycle opened; a school added later reports from the next cycle on."));

    public static readonly Problem NotReady = new("ANA-0004", 503,
        new("看板正在准备", "The dashboard is being prepared"),
        new("指标定义尚未送达统计服务，通常几秒内完成。请稍后刷新。", "The definitions of the indicators have not reached analytics yet; this usually takes seconds. Refresh shortly."))
    { RetryAfter = TimeSpan.FromSeconds(5) };
}
