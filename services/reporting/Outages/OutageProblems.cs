using Gengdu.ServiceDefaults;

namespace Gengdu.Reporting.Outages;

/// <summary>Refusals about outages: RPT-0248 on.</summary>
internal static class OutageProblems
{
    public static readonly Problem NotOver = new("RPT-0248", 422,
        new("中断须已结束", "The outage has to be over"),
        new("请填写已经结束的中断：结束时间不晚于现在，开始早于结束，持续不超过 7 天。", "Enter one that is over: its end no later than now, its start before its end, at most seven days long."))
    { Errors = [new("endedAt", "range", new("须不晚于现在，且晚于开始", "No later than now, and after the start"))] };
}
