using MassTransit;

namespace Gengdu.Contracts.Identity.V1;

/// <summary>
/// All sign-ins of a person were ended before their time: the account was disabled or erased, the password or second factor changed, or somebody
/// signed them out everywhere. Told also when none was alive: whatever was made by an earlier sign-in and acts without one ends with it.
/// </summary>
[MessageUrn("event:gengdu-identity-v1-person-sign-ins-ended")]
[EntityName("gengdu.identity.v1.person-sign-ins-ended")]
public sealed record PersonSignInsEnded
{
    /// <summary>The person; the claim "sub".</summary>
    public required Guid PersonId { get; init; }

    /// <summary>When (UTC). Access tokens issued until then ("iat") belong to what ended; a later one has the person's new or spared sign-in behind it.</summary>
    public required DateTimeOffset EndedAt { get; init; }
}
