using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Gengdu.Audit;

/// <summary>
/// One line of the second store: the stream had this many entries, and this is what they were. Signed with ES256 over
/// "gengdu-audit-checkpoint-1\n", then stream, size, root, head, microseconds since 1970 and the checkpoint before, one a line.
/// </summary>
internal sealed record Checkpoint
{
    public required string Stream { get; init; }

    public required long Size { get; init; }

    /// <summary>Merkle tree hash over the entries' hashes (RFC 9162), lower-case hex.</summary>
    public required string Root { get; init; }

    /// <summary>Hash of the last entry.</summary>
    public required string Head { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>SHA-256 of the line before; empty for the first.</summary>
    public required string Previous { get; init; }

    /// <summary>Which key: SHA-256 of the public key, its first eight bytes.</summary>
    public required string Key { get; init; }

    public string Signature { get; init; } = "";

    public static Checkpoint Read(string line) => JsonSerializer.Deserialize(line, AuditJson.Default.Checkpoint)!;

    public static string HashOf(string? line) => line is null ? "" : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(line)));

    public static string KeyOf(ECDsa key) => Convert.ToHexStringLower(SHA256.HashData(key.ExportSubjectPublicKeyInfo()).AsSpan(0, 8));

    public Checkpoint Signed(ECDsa key)
    {
        var unsigned = this with { Key = KeyOf(key) };
        return unsigned with { Signature = Convert.ToBase64String(key.SignData(unsigned.Content(), HashAlgorithmName.SHA256)) };
    }

    public bool IsSignedBy(ECDsa key)
    {
        var signature = new byte[128];
        return Convert.TryFromBase64String(Signature, signature, out var length) && key.VerifyData(Content(), signature.AsSpan(0, length), HashAlgorithmName.SHA256);
    }

    public string ToLine() => JsonSerializer.Serialize(this, AuditJson.Default.Checkpoint);

    private byte[] Content() => Encoding.UTF8.GetBytes(string.Create(System.Globalization.CultureInfo.InvariantCulture,
        $"gengdu-audit-checkpoint-1\n{Stream}\n{Size}\n{Root}\n{Head}\n{(At.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) / TimeSpan.TicksPerMicrosecond}\n{Previous}\n{Key}\n"));
}
