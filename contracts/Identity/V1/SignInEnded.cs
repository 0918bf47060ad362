using MassTransit;

namespace Gengdu.Contracts.Identity.V1;

/// <summary>
/// A sign-in ended before its time: somebody signed out, was disabled or got a new password. Access tokens with this
/// "sid" are refused from now on; ten minutes later none of them can be alive any more, and the event may be forgotten.
/// Also told when a code or refresh token came twice, which betrays a thief: then <see cref="TokenFamily"/> names the part.
/// </summary>
[MessageUrn("event:gengdu-identity-v1-sign-in-ended")]
[EntityName("gengdu.identity.v1.sign-in-ended")]
public sealed record SignInEnded
{
    /// <summary>The claim "sid" of every token that came of it. Ends once and for ever.</summary>
    public required string SessionId { get; init; }

    /// <summary>The person; the claim "sub".</summary>
    public required Guid PersonId { get; init; }

    /// <summary>When it ended (UTC).</summary>
    public required DateTimeOffset EndedAt { get; init; }

    /// <summary>Set when only the tokens of one authorization code are dead: the part of their "jti" before the dot.</summary>
    public string? TokenFamily { get; init; }
}
