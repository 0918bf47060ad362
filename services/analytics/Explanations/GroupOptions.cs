using System.ComponentModel.DataAnnotations;

namespace Gengdu.Analytics.Explanations;

/// <summary>When groups are counted while somebody waits, and when behind the page.</summary>
internal sealed class GroupOptions
{
    public const string Section = "Groups";

    /// <summary>Places with fewer schools are counted when they are asked for: some milliseconds. For larger ones what was counted last is shown at once.</summary>
    [Range(0, 1_000_000)]
    public int LargeFrom { get; init; } = 3000;

    /// <summary>After a count behind the page the counter rests so many times as long as it took: it is for pages that are seldom open, on the cores of those that write.</summary>
    [Range(0, 100)]
    public int Rest { get; init; } = 4;

    /// <summary>While figures are being written, groups nobody has asked for are counted so far apart: what comes in goes first.</summary>
    [Range(0, 3600)]
    public int FlowSeconds { get; init; } = 10;

    /// <summary>How often it is looked whether large places have groups that nobody has counted yet.</summary>
    [Range(1, 86_400)]
    public int AheadSeconds { get; init; } = 60;

    /// <summary>What was counted so long ago, and is behind, is counted again before somebody asks.</summary>
    [Range(0, 1000)]
    public int AheadHours { get; init; } = 6;
}
