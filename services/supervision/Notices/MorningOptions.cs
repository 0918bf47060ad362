using System.ComponentModel.DataAnnotations;

namespace Gengdu.Supervision.Notices;

/// <summary>When people are told each working day what waits for them.</summary>
internal sealed record MorningOptions
{
    public const string Section = "Morning";

    /// <summary>Of the day, Asia/Shanghai; before the hour of the mails' digest, so that it is in it. -1: never.</summary>
    [Range(-1, 23)]
    public int FromHour { get; init; } = 6;

    /// <summary>After a night and a morning without the service nobody is told any more: tomorrow comes another.</summary>
    [Range(1, 24)]
    public int ToHour { get; init; } = 12;

    /// <summary>How often it is looked whether the day's was told.</summary>
    [Range(1, 60)]
    public int EveryMinutes { get; init; } = 10;
}
