namespace Gengdu.Supervision.Reviews;

/// <summary>One act in a review's history. Written once, never changed.</summary>
internal sealed class ReviewEntry
{
    public required Guid ReviewId { get; init; }

    /// <summary>The review's version after the act.</summary>
    public required long Version { get; init; }

    public required DateTimeOffset At { get; init; }

    public required ReviewAct Act { get; init; }

    /// <summary>Level that acted.</summary>
    public required ReviewLevel Level { get; init; }

    /// <summary>Who acted: after a move in the middle of a review, the history names both counties. Null in entries from before this was kept.</summary>
    public Guid? OrganisationId { get; init; }

    public required int Revision { get; init; }

    /// <summary>Null when a rule acted, not a person.</summary>
    public Guid? By { get; init; }

    public IReadOnlyList<ReturnReasonText> Reasons { get; init; } = [];

    public DateTimeOffset? DueAt { get; init; }

    /// <summary>Of a decision: whether whoever decided had not opened this revision. Null in entries that are no decision, and from before this was kept.</summary>
    public bool? Unopened { get; init; }

    /// <summary>What was written with a withdrawal, a request to unlock or its answer.</summary>
    public string? Words { get; init; }
}

/// <summary>Why a module report was sent back, and where.</summary>
public sealed record ReturnReasonText
{
    /// <summary>Cell address such as "classes/g1"; null when it is about the whole module.</summary>
    public string? At { get; init; }

    /// <summary>"wrong-value", "missing-evidence", "inconsistent", "implausible", "unclear" or "other".</summary>
    public required string Code { get; init; }

    /// <summary>The reviewer's words, 1 to 1,000 characters.</summary>
    public required string Text { get; init; }
}
