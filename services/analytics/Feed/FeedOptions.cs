using System.ComponentModel.DataAnnotations;

namespace Gengdu.Analytics.Feed;

internal sealed class FeedOptions
{
    public const string Section = "Feed";

    /// <summary>Most rows of one answer, and what it has when the client names no size.</summary>
    [Range(1, 5000)]
    public int PageSize { get; init; } = 5000;

    /// <summary>Rows a key may fetch from midnight to midnight: every school's figures of a province some four times.</summary>
    [Range(1, 1_000_000_000)]
    public int RowsPerDay { get; init; } = 3_000_000;

    /// <summary>Answers being made for one key at once.</summary>
    [Range(1, 100)]
    public int AtOnce { get; init; } = 2;

    /// <summary>Answers being made for all keys at once; dashboards need the database too.</summary>
    [Range(1, 1000)]
    public int AllAtOnce { get; init; } = 8;

    /// <summary>Keys of one person, those that expired included until they are removed.</summary>
    [Range(1, 100)]
    public int KeysOfOne { get; init; } = 5;
}
