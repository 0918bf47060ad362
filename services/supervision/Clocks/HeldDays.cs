using Gengdu.Calendar;

namespace Gengdu.Supervision.Clocks;

/// <summary>
/// Working days held, Asia/Shanghai. What came on a Friday evening has been held for one working day on Monday: the day on which
/// it came does not count.
/// </summary>
internal static class HeldDays
{
    public static readonly TimeSpan Zone = TimeSpan.FromHours(8);

    /// <summary>How many working days after the one it came on.</summary>
    public static int Of(DateTimeOffset since, DateTimeOffset now) => WorkingDays.Between(DayOf(since), DayOf(now));

    /// <summary>What came before this moment has been held for that many working days or more.</summary>
    public static DateTimeOffset Before(int days, DateTimeOffset now)
    {
        var day = DayOf(now);
        for (var left = days; left > 0; day = day.AddDays(-1))
        {
            left -= WorkingDays.IsWorkingDay(day) ? 1 : 0;
        }

        return days == 0 ? DateTimeOffset.MaxValue : StartOf(day.AddDays(1));
    }

    /// <summary>When a thing that came then has been held for that many working days; before it when negative.</summary>
    public static DateTimeOffset After(DateTimeOffset since, int days) => StartOf(Add(DayOf(since), days));

    /// <summary>The end of the working day that many working days on.</summary>
    public static DateTimeOffset EndOf(DateTimeOffset now, int days) => StartOf(Add(DayOf(now), days).AddDays(1));

    public static DateOnly DayOf(DateTimeOffset moment) => WorkingDays.DayOf(moment);

    private static DateOnly Add(DateOnly day, int days)
    {
        for (; days < 0; days++)
        {
            do
            {
                day = day.AddDays(-1);
            }
            while (!WorkingDays.IsWorkingDay(day));
        }

        return WorkingDays.Add(day, days);
    }

    private static DateTimeOffset StartOf(DateOnly day) => new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), Zone).ToUniversalTime();
}
