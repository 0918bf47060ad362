using System.Text;

namespace Gengdu.Audit;

/// <summary>
/// The second store: a folder away from the database, best on another machine. "{stream}.checkpoints.jsonl" holds the signed
/// checkpoints, one a line; "{stream}.hashes" the hash of every entry they cover, 32 bytes each, so that the verifier can name
/// the very row even after the whole chain was computed anew. Only ever appended to, and flushed to the disk.
/// </summary>
internal sealed class CheckpointStore(string folder, string stream)
{
    public string CheckpointFile => Path.Combine(folder, $"{stream}.checkpoints.jsonl");

    public string HashFile => Path.Combine(folder, $"{stream}.hashes");

    /// <summary>The last whole line; a line that a crash cut short is no checkpoint.</summary>
    public string? LastLine() => File.Exists(CheckpointFile) ? Whole(File.ReadAllText(CheckpointFile)).Split('\n', StringSplitOptions.RemoveEmptyEntries).LastOrDefault() : null;

    public async Task AppendAsync(string line, long hashesBefore, IReadOnlyCollection<byte[]> hashes, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        await using (var file = new FileStream(HashFile, FileMode.OpenOrCreate, FileAccess.Write, FileShare.Read))
        {
            // What a crash left behind beyond the last checkpoint is written again.
            file.SetLength(hashesBefore * AuditChain.HashSize);
            file.Seek(0, SeekOrigin.End);
            foreach (var hash in hashes)
            {
                await file.WriteAsync(hash, cancellationToken);
            }

            file.Flush(flushToDisk: true);
        }

        await using (var file = new FileStream(CheckpointFile, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read))
        {
            using var reader = new StreamReader(file, Encoding.UTF8, leaveOpen: true);
            var whole = Encoding.UTF8.GetByteCount(Whole(await reader.ReadToEndAsync(cancellationToken)));
            file.SetLength(whole);
            file.Seek(0, SeekOrigin.End);
            await file.WriteAsync(Encoding.UTF8.GetBytes(line + "\n"), cancellationToken);
            file.Flush(flushToDisk: true);
        }
    }

    private static string Whole(string text) => text[..(text.LastIndexOf('\n') + 1)];
}
