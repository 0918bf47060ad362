using System.ComponentModel.DataAnnotations;

namespace Gengdu.Analytics.Live;

/// <summary>How fresh open dashboards are, and who may hold one open.</summary>
internal sealed record LiveOptions
{
    public const string Section = "LiveDashboards";

    /// <summary>The places somebody looks at are read again after so long: all of them at once, however many look.</summary>
    [Range(200, 10_000)]
    public int TickMilliseconds { get; init; } = 700;

    /// <summary>A stream ends after so long and is opened again by the page: sign-in and rights are looked at anew.</summary>
    [Range(1, 15)]
    public int StreamMinutes { get; init; } = 15;

    /// <summary>Open pages of one person.</summary>
    [Range(1, 100)]
    public int PerPerson { get; init; } = 4;

    /// <summary>Open pages of provinces, cities and counties at one process.</summary>
    [Range(1, 10_000)]
    public int AtOnce { get; init; } = 600;

    /// <summary>Open pages of schools at one process; a page beyond reads itself again from time to time.</summary>
    [Range(1, 10_000)]
    public int SchoolsAtOnce { get; init; } = 1000;
}
