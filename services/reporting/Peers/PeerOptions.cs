using System.ComponentModel.DataAnnotations;

namespace Gengdu.Reporting.Peers;

/// <summary>When figures of schools like one's own are shown.</summary>
internal sealed record PeerOptions
{
    public const string Section = "Peers";

    /// <summary>Fewer schools of a kind in a county give no figures: their people could work out a neighbour's.</summary>
    [Range(6, 1000)]
    public int AtLeast { get; init; } = 6;

    /// <summary>
    /// Published figures stay until this many schools' values differ from those they were computed of: the difference between two
    /// publications tells nothing about one school, and a form's warnings do not change from one look to the next.
    /// </summary>
    [Range(5, 1000)]
    public int Changes { get; init; } = 5;

    /// <summary>How often counties with new submissions are computed again.</summary>
    [Range(1, 1440)]
    public int EveryMinutes { get; init; } = 10;
}
