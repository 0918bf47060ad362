using System.Globalization;

namespace Gengdu.Reporting.Cycles;

/// <summary>Days and deadlines are Asia/Shanghai's; stored times are UTC. No daylight saving since 1991.</summary>
internal static class ChinaTime
{
    private static readonly TimeSpan Offset = TimeSpan.FromHours(8);

    public static DateOnly DateOf(DateTimeOffset time) => DateOnly.FromDateTime(time.ToOffset(Offset).DateTime);

    /// <summary>"2026-12-31 18:00" for texts people read.</summary>
    public static string Format(DateTimeOffset time) => time.ToOffset(Offset).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}
