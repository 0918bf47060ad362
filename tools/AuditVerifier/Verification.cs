using System.Globalization;
using Gengdu.Audit;

namespace Gengdu.AuditVerifier;

/// <summary>The first thing that is wrong.</summary>
/// <param name="Row">Its number; null when it is a checkpoint's.</param>
/// <param name="What">In words.</param>
internal sealed record Finding(long? Row, string What)
{
    public override string ToString() => Row is { } row ? string.Create(CultureInfo.InvariantCulture, $"row {row} {What}") : What;
}

/// <summary>What was found in one stream.</summary>
internal sealed record Verdict(string Stream, Finding? Finding, long Rows, IReadOnlyList<Checkpoint> Checkpoints, long Erased, TimeSpan Took)
{
    public override string ToString() => Finding is not null
        ? $"BAD {Stream}: {Finding}"
        : string.Create(CultureInfo.InvariantCulture, $"OK {Stream}: {Rows} rows, {Seal()}, {Erased} personal parts erased, {Rows / Math.Max(Took.TotalSeconds, 0.001):F0} rows/s");

    private string Seal() => Checkpoints is [.., var last]
        ? string.Create(CultureInfo.InvariantCulture, $"{Checkpoints.Count} checkpoints, {Rows - last.Size} rows since the last of {last.At:u}")
        : "NOT SEALED: no checkpoint was looked at";
}

/// <summary>
/// Walks a stream once and stops at the first thing that does not agree: numbers without gap or repetition, each entry's hash
/// from its content and the hash before, time that does not go back, personal parts, and what the second store holds.
/// </summary>
internal sealed class Verification(string stream, SealedRecord? store)
{
    private readonly AuditChain _chain = new(stream);
    private readonly MerkleTree _tree = new();
    private long _erased;

    public async Task<Verdict> RunAsync(IAuditRows rows)
    {
        var began = TimeProvider.System.GetTimestamp();
        var finding = await WalkAsync(rows) ?? store?.Finding;
        return new(stream, finding, _tree.Size, store?.Checkpoints ?? [], _erased, TimeProvider.System.GetElapsedTime(began));
    }

    private async Task<Finding?> WalkAsync(IAuditRows rows)
    {
        using var known = (store?.Hashes() ?? []).GetEnumerator();
        var checkpoints = new Queue<Checkpoint>(store?.Checkpoints ?? []);
        AuditEntry? last = null;
        await foreach (var (entry, personal) in rows.ReadAsync())
        {
            if (Fault(entry, last, known.MoveNext() ? known.Current : null) is { } fault)
            {
                return fault;
            }

            if (FaultOf(entry, personal) is { } personalFault)
            {
                return personalFault;
            }

            _tree.Add(entry.Hash);
            if (checkpoints.TryPeek(out var checkpoint) && checkpoint.Size == entry.Seq)
            {
                var after = store!.Checkpoints.TakeWhile(earlier => earlier != checkpoint).LastOrDefault()?.Size ?? 0;
                if (checkpoint.Root != Convert.ToHexStringLower(_tree.Root()))
                {
                    return new(after + 1, $"or one of those up to {checkpoint.Size} is not what was sealed at {checkpoint.At:u}");
                }

                checkpoints.Dequeue();
            }

            last = entry;
        }

        return checkpoints.TryDequeue(out var missing) ? new(_tree.Size + 1, $"is missing: {missing.Size} rows were sealed at {missing.At:u}") : null;
    }

    private Finding? Fault(AuditEntry entry, AuditEntry? last, byte[]? known)
    {
        var expected = (last?.Seq ?? 0) + 1;
        return entry.Seq > expected ? new(expected, "is missing")
            : entry.Seq < expected ? new(entry.Seq, "is there twice")
            : known is not null && !known.AsSpan().SequenceEqual(entry.Hash) ? new(entry.Seq, "is not the one that was sealed")
            : !entry.PrevHash.AsSpan().SequenceEqual(last?.Hash ?? AuditChain.Start) ? new(entry.Seq, "does not follow the one before it")
            : !_chain.HashOf(entry, entry.PrevHash).AsSpan().SequenceEqual(entry.Hash) ? new(entry.Seq, "is not what was hashed")
            : entry.RecordedAt < last?.RecordedAt ? new(entry.Seq, "was recorded before the one in front of it")
            : null;
    }

    private Finding? FaultOf(AuditEntry entry, AuditPersonal? personal)
    {
        if (entry.PersonalHash is null)
        {
            return personal is null ? null : new(entry.Seq, "has a personal part it never had");
        }

        if (personal is null)
        {
            _erased++;
            return null;
        }

        return AuditChain.HashOfPersonal(personal.Salt, personal.Text).AsSpan().SequenceEqual(entry.PersonalHash) ? null : new(entry.Seq, "has another personal part than was hashed");
    }
}
