using MassTransit;

namespace Gengdu.Contracts.Analytics.V1;

/// <summary>A kept question is no longer sent: its owner may not see the place any more, or it has no answer any more. The owner and the administrators of the place are to know.</summary>
[MessageUrn("event:gengdu-analytics-v1-saved-view-stopped")]
[EntityName("gengdu.analytics.v1.saved-view-stopped")]
public sealed record SavedViewStopped
{
    /// <summary>The view.</summary>
    public required Guid ViewId { get; init; }

    /// <summary>Whose it is.</summary>
    public required Guid OwnerId { get; init; }

    /// <summary>The place it is about.</summary>
    public required Guid OrganisationId { get; init; }

    /// <summary>"no-right" or "no-answer".</summary>
    public required string Reason { get; init; }

    /// <summary>When, UTC.</summary>
    public required DateTimeOffset StoppedAt { get; init; }
}
