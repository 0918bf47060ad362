using System.ComponentModel.DataAnnotations;

namespace Gengdu.Reporting.Outages;

/// <summary>When the service counts as away, and what is given for it.</summary>
internal sealed record OutageOptions
{
    public const string Section = "Outages";

    /// <summary>How often each process says that it works; 0: it says nothing and notices nothing.</summary>
    [Range(0, 60)]
    public int BeatSeconds { get; init; } = 10;

    /// <summary>A silence of all processes shorter than this is no outage: a restart takes its time.</summary>
    [Range(30, 3600)]
    public int AtLeastSeconds { get; init; } = 120;

    /// <summary>Given to every window that the outage touched.</summary>
    [Range(0, 1440)]
    public int GraceMinutes { get; init; } = 120;
}
