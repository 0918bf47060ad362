using MassTransit;

namespace Gengdu.Contracts.Audit.V1;

/// <summary>
/// A service signed how far its audit goes and what it holds. The other services keep it: who would rewrite one service's
/// audit would have to rewrite all that saw this. Of one <see cref="Stream"/> and <see cref="Size"/> there is one
/// <see cref="Root"/>; a second one proves a forgery.
/// </summary>
[MessageUrn("event:gengdu-audit-v1-audit-checkpointed")]
[EntityName("gengdu.audit.v1.audit-checkpointed")]
public sealed record AuditCheckpointed
{
    /// <summary>Whose audit: "identity", "reporting", "supervision" or "analytics".</summary>
    public required string Stream { get; init; }

    /// <summary>How many entries it covers, from the first; grows.</summary>
    public required long Size { get; init; }

    /// <summary>Merkle tree hash over the entries' hashes (RFC 9162), lower-case hex.</summary>
    public required string Root { get; init; }

    /// <summary>When it was signed (UTC).</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The whole checkpoint with its signature, as it stands in the second store.</summary>
    public required string Line { get; init; }
}
