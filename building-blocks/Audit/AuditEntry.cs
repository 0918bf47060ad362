namespace Gengdu.Audit;

/// <summary>One chained act. Never changed, never deleted.</summary>
public sealed class AuditEntry
{
    /// <summary>1, 2, 3 … without gaps.</summary>
    public required long Seq { get; init; }

    /// <summary>When it was chained (UTC); never before the entry in front of it.</summary>
    public required DateTimeOffset RecordedAt { get; init; }

    public required Guid Id { get; init; }

    /// <summary>When it happened (UTC).</summary>
    public required DateTimeOffset At { get; init; }

    public Guid? ActorId { get; init; }

    public string? ClientId { get; init; }

    public string? Session { get; init; }

    public required string Act { get; init; }

    /// <summary>"done", "denied", "saw" or "failed".</summary>
    public required string Outcome { get; init; }

    public required string ObjectKind { get; init; }

    public string? ObjectId { get; init; }

    public Guid? OrganisationId { get; init; }

    /// <summary>Null concerns the whole system.</summary>
    public string? OrganisationPath { get; init; }

    public int? Rows { get; init; }

    public string? Filter { get; init; }

    public string? Details { get; init; }

    public string? TraceId { get; init; }

    /// <summary>SHA-256 over the salted personal part, which stands in <see cref="AuditPersonal"/> until it is erased.</summary>
    public byte[]? PersonalHash { get; init; }

    public required byte[] PrevHash { get; init; }

    public required byte[] Hash { get; init; }
}

/// <summary>The personal part of one entry. May be erased; the entry's hash covers only its hash.</summary>
public sealed class AuditPersonal
{
    public required long Seq { get; init; }

    /// <summary>Whom it is about; null when nobody has that name.</summary>
    public Guid? PersonId { get; init; }

    /// <summary>Without it the hash of a short text could be guessed; erased together with the text.</summary>
    public required byte[] Salt { get; init; }

    public required string Text { get; init; }
}

/// <summary>A signed checkpoint, as it also stands in the second store.</summary>
public sealed class AuditCheckpoint
{
    /// <summary>Entries it covers: 1 to this one.</summary>
    public required long Size { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>The line of the second store.</summary>
    public required string Line { get; init; }
}

/// <summary>Another service's checkpoint, kept here as a witness.</summary>
public sealed class WitnessedCheckpoint
{
    public required string Stream { get; init; }

    public required long Size { get; init; }

    /// <summary>Part of the key: two different checkpoints of one size are both kept, because they prove a fork.</summary>
    public required string Root { get; init; }

    public required string Line { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }
}
