using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Gengdu.Audit;

/// <summary>
/// The hash of an entry: SHA-256(0x00 || hash of the entry before || canonical row), which is also its leaf hash in the sense
/// of RFC 9162. The canonical row is version byte 1, then in this order: stream, seq, recorded_at, id, at, actor_id, client_id,
/// session, act, outcome, object_kind, object_id, organisation_id, organisation_path, rows, filter, details, trace_id,
/// personal_hash. Each field is 0x00 when null, else 0x01, its length in four bytes and its bytes: text as the UTF-8 that is
/// stored, neither normalised nor reordered; numbers in eight bytes; times as microseconds since 1970; ids in sixteen bytes as
/// they are written. All numbers big-endian. The first entry's predecessor is 32 zero bytes.
/// </summary>
internal sealed class AuditChain(string stream)
{
    public const int HashSize = 32;
    public static readonly byte[] Start = new byte[HashSize];
    private readonly byte[] _stream = Encoding.UTF8.GetBytes(stream);
    private byte[] _buffer = new byte[4096];
    private int _length;

    public byte[] HashOf(AuditEntry entry, ReadOnlySpan<byte> previous)
    {
        _length = 0;
        Take(1)[0] = 0;
        previous.CopyTo(Take(HashSize));
        Take(1)[0] = 1;
        Bytes(_stream);
        Number(entry.Seq);
        Number(Microseconds(entry.RecordedAt));
        Id(entry.Id);
        Number(Microseconds(entry.At));
        Id(entry.ActorId);
        Text(entry.ClientId);
        Text(entry.Session);
        Text(entry.Act);
        Text(entry.Outcome);
        Text(entry.ObjectKind);
        Text(entry.ObjectId);
        Id(entry.OrganisationId);
        Text(entry.OrganisationPath);
        Number(entry.Rows);
        Text(entry.Filter);
        Text(entry.Details);
        Text(entry.TraceId);
        Bytes(entry.PersonalHash);
        return SHA256.HashData(_buffer.AsSpan(0, _length));
    }

    public static byte[] HashOfPersonal(ReadOnlySpan<byte> salt, string text) => SHA256.HashData([.. salt, .. Encoding.UTF8.GetBytes(text)]);

    /// <summary>Postgres keeps microseconds: what is hashed must be what is read back.</summary>
    public static DateTimeOffset Kept(DateTimeOffset time) => new(time.UtcTicks - (time.UtcTicks % TimeSpan.TicksPerMicrosecond), TimeSpan.Zero);

    private static long Microseconds(DateTimeOffset time) => (time.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) / TimeSpan.TicksPerMicrosecond;

    private void Number(long? value)
    {
        if (Present(value is not null, sizeof(long)))
        {
            BinaryPrimitives.WriteInt64BigEndian(Take(sizeof(long)), value!.Value);
        }
    }

    private void Id(Guid? value)
    {
        if (Present(value is not null, 16))
        {
            value!.Value.TryWriteBytes(Take(16), bigEndian: true, out _);
        }
    }

    private void Text(string? value)
    {
        var length = value is null ? 0 : Encoding.UTF8.GetByteCount(value);
        if (Present(value is not null, length))
        {
            Encoding.UTF8.GetBytes(value, Take(length));
        }
    }

    private void Bytes(byte[]? value)
    {
        if (Present(value is not null, value?.Length ?? 0))
        {
            value!.CopyTo(Take(value!.Length));
        }
    }

    private bool Present(bool present, int length)
    {
        Take(1)[0] = present ? (byte)1 : (byte)0;
        if (present)
        {
            BinaryPrimitives.WriteInt32BigEndian(Take(sizeof(int)), length);
        }

        return present;
    }

    private Span<byte> Take(int length)
    {
        if (_buffer.Length < _length + length)
        {
            Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, _length + length));
        }

        _length += length;
        return _buffer.AsSpan(_length - length, length);
    }
}
