using Gengdu.ServiceDefaults;

namespace Gengdu.Reporting.DeadlineRoom;

/// <summary>Refusals of the deadline room: RPT-0249.</summary>
internal static class RoomProblems
{
    public static readonly Problem TooManyPages = new("RPT-0249", 429,
        new("打开的截止现场页面过多", "Too many deadline rooms are open"),
        new("请关闭其他窗口中的截止现场页面后再试。", "Close the deadline room in other windows and try again."))
    { RetryAfter = TimeSpan.FromSeconds(15) };
}
