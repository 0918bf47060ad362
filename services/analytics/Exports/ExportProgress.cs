using Npgsql;

namespace Gengdu.Analytics.Exports;

/// <summary>What was asked for, as it is made.</summary>
internal sealed record ExportOrder(Guid Id, string Kind, string Format, string Language, Guid CycleId, Guid OrganisationId, string Path, Guid RequestedBy, string? Number);

/// <summary>What came of it.</summary>
/// <param name="FileName">As it is saved.</param>
/// <param name="Rows">Rows, or cells of values.</param>
internal sealed record ExportMade(string FileName, long Rows);

/// <summary>Tells how far a file is, and finds out whether anybody still wants it.</summary>
internal sealed class ExportProgress(NpgsqlConnection connection, Guid id)
{
    public int Total { get; private set; }

    /// <exception cref="ExportCancelledException">Nobody wants it any more.</exception>
    public async Task TellAsync(int done, int total, long rows, CancellationToken cancellationToken)
    {
        Total = total;
        await using var command = new NpgsqlCommand("update exports set done = $2, total = $3, rows = $4 where id = $1 returning cancel_asked", connection)
        { Parameters = { new() { Value = id }, new() { Value = done }, new() { Value = total }, new() { Value = rows } } };
        if (await command.ExecuteScalarAsync(cancellationToken) is not false)
        {
            throw new ExportCancelledException();
        }
    }
}

/// <summary>Its owner cancelled it, or it expired.</summary>
internal sealed class ExportCancelledException : OperationCanceledException;
