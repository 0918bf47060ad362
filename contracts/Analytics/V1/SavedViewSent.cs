using MassTransit;

namespace Gengdu.Contracts.Analytics.V1;

/// <summary>A kept question was answered for its owner at the time they chose, with the rights they had then. No figure travels: the link makes the answer anew.</summary>
[MessageUrn("event:gengdu-analytics-v1-saved-view-sent")]
[EntityName("gengdu.analytics.v1.saved-view-sent")]
public sealed record SavedViewSent
{
    /// <summary>The view.</summary>
    public required Guid ViewId { get; init; }

    /// <summary>Whose it is, and who is told.</summary>
    public required Guid OwnerId { get; init; }

    /// <summary>The place it is about.</summary>
    public required Guid OrganisationId { get; init; }

    /// <summary>When, UTC; no two sendings of a view have the same.</summary>
    public required DateTimeOffset SentAt { get; init; }
}
