namespace Gengdu.Audit;

/// <summary>Which service's stream it is, and from the section "Audit" where checkpoints go.</summary>
internal sealed record AuditOptions(string Stream)
{
    public const int ChainLock = 1;
    public const int CheckpointLock = 2;

    /// <summary>In the order of the canonical form.</summary>
    public const string Columns = "seq, recorded_at, id, at, actor_id, client_id, session, act, outcome, object_kind, object_id, organisation_id, organisation_path, rows, filter, details, trace_id, personal_hash, prev_hash, hash";

    /// <summary>Audit:CheckpointKeyFile: the ES256 private key as PEM, outside the database.</summary>
    public string? KeyFile { get; init; }

    /// <summary>Audit:CheckpointFolder: the second store.</summary>
    public string? Folder { get; init; }

    /// <summary>Audit:CheckpointEvery, default ten minutes.</summary>
    public TimeSpan Every { get; init; } = TimeSpan.FromMinutes(10);

    public static string Key(AuditOutcome outcome) => outcome switch
    {
        AuditOutcome.Done => "done",
        AuditOutcome.Denied => "denied",
        AuditOutcome.Saw => "saw",
        _ => "failed",
    };
}
