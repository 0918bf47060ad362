namespace Gengdu.Identity.Organisations;

/// <summary>The calendar day in Asia/Shanghai, where validity begins and ends. China has no summer time.</summary>
internal static class SchoolDay
{
    public static DateOnly Of(DateTimeOffset instant) => DateOnly.FromDateTime(instant.ToOffset(TimeSpan.FromHours(8)).DateTime);
}
