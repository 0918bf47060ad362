using MassTransit;

namespace Gengdu.Contracts.Reporting.V1;

/// <summary>
/// Somebody above an organisation decided about more time for it: asked for and granted, asked for and refused, or granted unasked.
/// More time opens the lock; it does not make a submission timely. The latest <see cref="Until"/> of an organisation and of those
/// above it counts: a repeated or late event changes nothing.
/// </summary>
[MessageUrn("event:gengdu-reporting-v1-extension-decided")]
[EntityName("gengdu.reporting.v1.extension-decided")]
public sealed record ExtensionDecided
{
    /// <summary>The request, or the grant where nobody had asked.</summary>
    public required Guid ExtensionId { get; init; }

    /// <summary>The cycle.</summary>
    public required Guid CycleId { get; init; }

    /// <summary>For whom.</summary>
    public required Guid OrganisationId { get; init; }

    /// <summary>Its path at that moment.</summary>
    public required string OrganisationPath { get; init; }

    /// <summary>Whether it also covers everything below the organisation.</summary>
    public required bool CoversSubtree { get; init; }

    /// <summary>False: refused.</summary>
    public required bool Approved { get; init; }

    /// <summary>Until when submissions are taken; null when refused.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Who asked; null when it was granted unasked.</summary>
    public Guid? RequestedBy { get; init; }

    /// <summary>Who decided.</summary>
    public required Guid DecidedBy { get; init; }

    /// <summary>When, UTC.</summary>
    public required DateTimeOffset DecidedAt { get; init; }
}
