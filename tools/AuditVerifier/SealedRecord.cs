using System.Security.Cryptography;
using System.Text.Json;
using Gengdu.Audit;

namespace Gengdu.AuditVerifier;

/// <summary>
/// The second store, checked by itself first: every checkpoint is signed, follows the one before, covers more than it; and the
/// hashes kept beside them are those that were signed.
/// </summary>
internal sealed class SealedRecord
{
    private readonly string _hashFile;

    private SealedRecord(string hashFile) => _hashFile = hashFile;

    public required IReadOnlyList<Checkpoint> Checkpoints { get; init; }

    /// <summary>What is wrong with the store itself; null when nothing is.</summary>
    public Finding? Finding { get; init; }

    /// <summary>So many hashes of the store are the signed ones.</summary>
    public long Proven { get; private set; }

    public static SealedRecord Read(string folder, string stream, IReadOnlyList<ECDsa> keys)
    {
        var store = new CheckpointStore(folder, stream);
        if (!File.Exists(store.CheckpointFile))
        {
            throw new IOException($"{store.CheckpointFile} is missing");
        }

        var checkpoints = new List<Checkpoint>();
        Finding? finding = null;
        string? before = null;
        foreach (var (i, line) in File.ReadLines(store.CheckpointFile).Index())
        {
            if (Fault(line, before, checkpoints.LastOrDefault(), stream, keys, out var checkpoint) is { } fault)
            {
                finding = new(null, $"checkpoint {i + 1} {fault}");
                break;
            }

            checkpoints.Add(checkpoint!);
            before = line;
        }

        var record = new SealedRecord(store.HashFile) { Checkpoints = checkpoints, Finding = finding };
        record.Prove();
        return record;
    }

    /// <summary>The signed hashes from the first on.</summary>
    public IEnumerable<byte[]> Hashes()
    {
        if (Proven == 0)
        {
            yield break;
        }

        using var file = new FileStream(_hashFile, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, 1 << 16);
        for (var i = 0L; i < Proven; i++)
        {
            var hash = new byte[AuditChain.HashSize];
            file.ReadExactly(hash);
            yield return hash;
        }
    }

    private static string? Fault(string line, string? before, Checkpoint? last, string stream, IReadOnlyList<ECDsa> keys, out Checkpoint? checkpoint)
    {
        checkpoint = null;
        try
        {
            checkpoint = Checkpoint.Read(line);
        }
        catch (JsonException)
        {
            return "cannot be read";
        }

        var read = checkpoint;
        return !keys.Any(read.IsSignedBy) ? "is not signed by a key we know"
            : read.Stream != stream ? $"belongs to {read.Stream}"
            : read.Size <= (last?.Size ?? 0) || read.At < last?.At ? "is older than the one before it"
            : read.Previous != Checkpoint.HashOf(before) ? "does not follow the one before it"
            : null;
    }

    private void Prove()
    {
        if (!File.Exists(_hashFile))
        {
            return;
        }

        var tree = new MerkleTree();
        using var file = new FileStream(_hashFile, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, 1 << 16);
        foreach (var checkpoint in Checkpoints)
        {
            if (file.Length < checkpoint.Size * AuditChain.HashSize)
            {
                return;
            }

            while (tree.Size < checkpoint.Size)
            {
                var hash = new byte[AuditChain.HashSize];
                file.ReadExactly(hash);
                tree.Add(hash);
            }

            if (Convert.ToHexStringLower(tree.Root()) != checkpoint.Root)
            {
                return;
            }

            Proven = checkpoint.Size;
        }
    }
}
