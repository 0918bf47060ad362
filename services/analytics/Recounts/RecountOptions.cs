using System.ComponentModel.DataAnnotations;

namespace Gengdu.Analytics.Recounts;

internal sealed class RecountOptions
{
    public const string Section = "Recounts";

    /// <summary>Whether every figure is compared each night.</summary>
    public bool Nightly { get; init; } = true;

    /// <summary>From which hour in China; it may begin within three hours.</summary>
    [Range(0, 20)]
    public int NightlyHour { get; init; } = 2;
}
