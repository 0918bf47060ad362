using MassTransit;

namespace Gengdu.Contracts.Identity.V1;

/// <summary>
/// A person's role at an organisation was given, changed or taken away. Whole present state; apply only a higher
/// <see cref="Version"/>. Carries ids only: no name, no phone.
/// </summary>
[MessageUrn("event:gengdu-identity-v1-assignment-changed")]
[EntityName("gengdu.identity.v1.assignment-changed")]
public sealed record AssignmentChanged
{
    /// <summary>Identifies the assignment for ever.</summary>
    public required Guid AssignmentId { get; init; }

    /// <summary>The person; equals the token's subject.</summary>
    public required Guid PersonId { get; init; }

    /// <summary>"reporter", "approver", "county-reviewer", "city-supervisor", "province-owner", "administrator", "security-administrator" or "auditor".</summary>
    public required string Role { get; init; }

    /// <summary>Where the role holds.</summary>
    public required Guid OrganisationId { get; init; }

    /// <summary>First day of validity.</summary>
    public required DateOnly ValidFrom { get; init; }

    /// <summary>Last day of validity; null while open-ended.</summary>
    public DateOnly? ValidTo { get; init; }

    /// <summary>True when the assignment was taken away: the right ends at once.</summary>
    public bool Removed { get; init; }

    /// <summary>Grows by one with each change of this assignment.</summary>
    public required long Version { get; init; }
}
