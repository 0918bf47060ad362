using System.Text.Json;
using Gengdu.Audit;

namespace Gengdu.AuditVerifier;

/// <summary>From an export: one entry a line, as JSON. It holds no personal part, only its hash.</summary>
internal sealed class FileRows(string file) : IAuditRows
{
    public static async Task<long> WriteAsync(IAuditRows rows, string file)
    {
        var written = 0L;
        await using var stream = new FileStream(file, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16);
        await foreach (var (entry, _) in rows.ReadAsync())
        {
            await JsonSerializer.SerializeAsync(stream, entry, AuditJson.Default.AuditEntry);
            stream.WriteByte((byte)'\n');
            written++;
        }

        return written;
    }

    public async IAsyncEnumerable<(AuditEntry Entry, AuditPersonal? Personal)> ReadAsync()
    {
        using var reader = new StreamReader(file);
        while (await reader.ReadLineAsync() is { } line)
        {
            yield return (JsonSerializer.Deserialize(line, AuditJson.Default.AuditEntry)!, null);
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
