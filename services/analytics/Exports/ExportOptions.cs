using System.ComponentModel.DataAnnotations;

namespace Gengdu.Analytics.Exports;

internal sealed class ExportOptions
{
    public const string Section = "Exports";

    /// <summary>How long a file is kept.</summary>
    [Range(1, 720)]
    public int KeepHours { get; init; } = 24;

    /// <summary>Files that may wait or be made for one person at once.</summary>
    [Range(1, 100)]
    public int OpenAtOnce { get; init; } = 3;

    /// <summary>Files kept for one person.</summary>
    [Range(1, 1000)]
    public int Kept { get; init; } = 30;

    /// <summary>What a newer process does not tell of is looked for so often.</summary>
    [Range(1, 60)]
    public int PollSeconds { get; init; } = 5;
}
