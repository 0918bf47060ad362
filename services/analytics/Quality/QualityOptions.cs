using System.ComponentModel.DataAnnotations;

namespace Gengdu.Analytics.Quality;

/// <summary>How soon a change shows in the scores.</summary>
internal sealed record QualityOptions
{
    public const string Section = "Quality";

    /// <summary>How often somebody looks for marked places.</summary>
    [Range(1, 3600)]
    public int EverySeconds { get; init; } = 15;

    /// <summary>How many places at one look, those that have waited longest: intake and figures go first, whatever the evening brings.</summary>
    [Range(1, 100_000)]
    public int PlacesAtOnce { get; init; } = 10;

    /// <summary>A place is not judged again so soon: on the last evening a county would be at every look, and each costs all its schools.</summary>
    [Range(0, 86_400)]
    public int RestSeconds { get; init; } = 300;
}
