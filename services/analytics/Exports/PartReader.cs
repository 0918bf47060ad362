using Gengdu.ServiceDefaults;
using Npgsql;

namespace Gengdu.Analytics.Exports;

/// <summary>
/// The kept file as a stream: a piece at a time, each by a short question of its own. Between two pieces no connection is held, however slowly
/// somebody reads; who goes away leaves nothing behind.
/// </summary>
internal sealed class PartReader(Database database, Guid exportId, long size) : Stream
{
    private byte[] _part = [];
    private int _number = -1;

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => size;

    public override long Position { get; set; }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (Position >= size || buffer.Length == 0)
        {
            return 0;
        }

        var number = (int)(Position / ExportPart.Length);
        if (number != _number)
        {
            (_part, _number) = (await PartAsync(number, cancellationToken), number);
        }

        var from = (int)(Position - ((long)number * ExportPart.Length));
        var read = Math.Min(buffer.Length, _part.Length - from);
        _part.AsMemory(from, read).CopyTo(buffer);
        Position += read;
        return read;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override long Seek(long offset, SeekOrigin origin) => Position = origin switch { SeekOrigin.Begin => offset, SeekOrigin.Current => Position + offset, _ => size + offset };

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Read it asynchronously");

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private async Task<byte[]> PartAsync(int number, CancellationToken cancellationToken)
    {
        // The reader's own connection: row-level security asks for each piece whether the place is still theirs.
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var command = new NpgsqlCommand("select content from export_parts where export_id = $1 and number = $2", connection)
        { CommandTimeout = Budgets.StatementSeconds, Parameters = { new() { Value = exportId }, new() { Value = number } } };
        return await command.ExecuteScalarAsync(cancellationToken) as byte[] ?? throw new IOException("The file was removed while it was read");
    }
}
