using MassTransit;

namespace Gengdu.Contracts.Reporting.V1;

/// <summary>An organisation asks the level above for more time. The answer is <see cref="ExtensionDecided"/> of the same id; the reason stands with the request alone.</summary>
[MessageUrn("event:gengdu-reporting-v1-extension-requested")]
[EntityName("gengdu.reporting.v1.extension-requested")]
public sealed record ExtensionRequested
{
    /// <summary>The request.</summary>
    public required Guid ExtensionId { get; init; }

    /// <summary>The cycle.</summary>
    public required Guid CycleId { get; init; }

    /// <summary>For whom.</summary>
    public required Guid OrganisationId { get; init; }

    /// <summary>Its path at that moment; whoever answers stands above it.</summary>
    public required string OrganisationPath { get; init; }

    /// <summary>Whether it also asks for everything below the organisation.</summary>
    public required bool CoversSubtree { get; init; }

    /// <summary>Until when submissions should be taken.</summary>
    public required DateTimeOffset AskedUntil { get; init; }

    /// <summary>Who asks.</summary>
    public required Guid RequestedBy { get; init; }

    /// <summary>When, UTC.</summary>
    public required DateTimeOffset RequestedAt { get; init; }

    /// <summary>The answer is due then.</summary>
    public required DateTimeOffset AnswerBy { get; init; }
}
