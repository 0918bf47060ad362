using System.Security.Cryptography;
using Npgsql;

namespace Gengdu.Analytics.Exports;

/// <summary>Takes a file as it is made and keeps it in pieces: whatever its size, one piece is in memory.</summary>
internal sealed class PartWriter(NpgsqlConnection connection, Guid exportId) : Stream
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly byte[] _part = new byte[ExportPart.Length];
    private int _filled;
    private int _number;

    public long Size { get; private set; }

    /// <summary>Of all that was written; after <see cref="CompleteAsync"/>.</summary>
    public string Hash { get; private set; } = "";

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => Size;

    public override long Position { get => Size; set => throw new NotSupportedException(); }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        _hash.AppendData(buffer.Span);
        Size += buffer.Length;
        while (buffer.Length > 0)
        {
            var taken = Math.Min(buffer.Length, _part.Length - _filled);
            buffer[..taken].CopyTo(_part.AsMemory(_filled));
            (buffer, _filled) = (buffer[taken..], _filled + taken);
            if (_filled == _part.Length)
            {
                await KeepAsync(cancellationToken);
            }
        }
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <summary>The last piece.</summary>
    public async Task CompleteAsync(CancellationToken cancellationToken)
    {
        if (_filled > 0)
        {
            await KeepAsync(cancellationToken);
        }

        Hash = Convert.ToHexStringLower(_hash.GetHashAndReset());
    }

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("Write it asynchronously");

    protected override void Dispose(bool disposing)
    {
        _hash.Dispose();
        base.Dispose(disposing);
    }

    private async Task KeepAsync(CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("insert into export_parts (export_id, number, content) values ($1, $2, $3)", connection)
        { Parameters = { new() { Value = exportId }, new() { Value = _number++ }, new NpgsqlParameter<ReadOnlyMemory<byte>> { TypedValue = _part.AsMemory(0, _filled) } } };
        await command.ExecuteNonQueryAsync(cancellationToken);
        _filled = 0;
    }
}
