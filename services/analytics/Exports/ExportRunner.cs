using System.Data;
using Gengdu.Audit;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Npgsql;
using NpgsqlTypes;

namespace Gengdu.Analytics.Exports;

/// <summary>
/// One file after the other, each with a lock that dies with its process: what a killed process left is begun again by the next one. Made in the
/// name of whoever asked, with their rights of that moment, from one picture of the figures.
/// </summary>
internal sealed class ExportRunner(Database database, AccessCache access, ExportFactory factory, AuditSignal audit, TimeProvider clock, ILogger<ExportRunner> logger)
{
    private const string Open = "select id from exports where state in ('waiting', 'running') and (kind = any($1)) = $2 order by requested_at";

    private const string Start = """
        update exports set state = 'running', started_at = $2, done = 0, total = 0 where id = $1 and state in ('waiting', 'running')
        returning kind, format, language, cycle_id, organisation_id, path, requested_by, number
        """;

    public async Task RunWaitingAsync(bool isLong, CancellationToken cancellationToken)
    {
        // Files of everybody are made here; what goes into one is read with its owner's eyes.
        await using var connection = await database.System.OpenConnectionAsync(cancellationToken);
        foreach (var id in await WaitingAsync(connection, isLong, cancellationToken))
        {
            // Of the session: it goes with this connection, and so with the process.
            if (!await LockAsync(connection, "pg_try_advisory_lock", id, cancellationToken))
            {
                continue;
            }

            try
            {
                await MakeOneAsync(connection, id, cancellationToken);
            }
            finally
            {
                await LockAsync(connection, "pg_advisory_unlock", id, CancellationToken.None);
            }
        }
    }

    private async Task MakeOneAsync(NpgsqlConnection connection, Guid id, CancellationToken cancellationToken)
    {
        if (await StartAsync(connection, id, cancellationToken) is not { } order)
        {
            return;
        }

        try
        {
            await MakeAsync(connection, order, cancellationToken);
        }
        catch (ExportCancelledException)
        {
            await RemoveAsync(connection, id, cancellationToken);
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            await EndAsync(connection, order, "failed", ExportProblems.Failed.Code, null, null, 0, cancellationToken);
            Rounds.Failed("exports", logger, fault, level: LogLevel.Error);
        }
    }

    private async Task MakeAsync(NpgsqlConnection connection, ExportOrder order, CancellationToken cancellationToken)
    {
        var caller = await access.CallerAsync(order.RequestedBy, cancellationToken);
        if (!caller.MayTake(order.Kind, order.Path))
        {
            await EndAsync(connection, order, "failed", GeneralProblems.Forbidden.Code, null, null, 0, cancellationToken);
            return;
        }

        await ForgetPartsAsync(connection, order.Id, cancellationToken);
        await using var reading = await database.System.OpenConnectionAsync(cancellationToken);
        await using var picture = await reading.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
        await caller.NarrowAsync(reading, cancellationToken);
        await using var file = new PartWriter(connection, order.Id);
        var progress = new ExportProgress(connection, order.Id);
        // Ends here what was cancelled while a process that fell was making it.
        await progress.TellAsync(0, 0, 0, cancellationToken);
        var (made, problem) = await factory.MakeAsync(order, caller, reading, file, progress, cancellationToken);
        if (problem is not null)
        {
            await EndAsync(connection, order, "failed", problem.Code, null, null, 0, cancellationToken);
            return;
        }

        await file.CompleteAsync(cancellationToken);
        await progress.TellAsync(progress.Total, progress.Total, made!.Rows, cancellationToken);
        await EndAsync(connection, order, "finished", null, file, made.FileName, made.Rows, cancellationToken);
    }

    private async Task EndAsync(
        NpgsqlConnection connection, ExportOrder order, string state, string? problem, PartWriter? file, string? name, long rows, CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using var command = new NpgsqlCommand(
            "update exports set state = $2, finished_at = $3, problem = $4, size = $5, hash = $6, file_name = $7, rows = $8 where id = $1", connection)
        {
            Parameters =
            {
                new() { Value = order.Id }, new() { Value = state }, new() { Value = clock.GetUtcNow() }, Text(problem), new() { Value = file?.Size ?? 0 }, Text(file?.Hash), Text(name), new() { Value = rows },
            },
        };
        await command.ExecuteNonQueryAsync(cancellationToken);
        var act = AuditAct.By(order.RequestedBy, $"export.{(state == "finished" ? "made" : "failed")}", order.Id, order.Path, new { order.Kind, order.Format, order.CycleId })
            with { Rows = (int)Math.Min(int.MaxValue, rows) };
        await AuditPending.InsertAsync(connection, [AuditPending.For(act, clock.GetUtcNow())], cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        audit.Wake();
    }

    private static NpgsqlParameter Text(string? value) => new() { NpgsqlDbType = NpgsqlDbType.Text, Value = (object?)value ?? DBNull.Value };

    private static async Task<List<Guid>> WaitingAsync(NpgsqlConnection connection, bool isLong, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Open, connection) { Parameters = { new() { Value = ExportKinds.Long }, new() { Value = isLong } } };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var open = new List<Guid>();
        while (await reader.ReadAsync(cancellationToken))
        {
            open.Add(reader.GetGuid(0));
        }

        return open;
    }

    private static async Task<bool> LockAsync(NpgsqlConnection connection, string function, Guid id, CancellationToken cancellationToken)
    {
        if (connection.FullState != ConnectionState.Open)
        {
            // It fell, and the lock with it.
            return false;
        }

        await using var command = new NpgsqlCommand($"select {function}(hashtextextended($1, 7308))", connection) { Parameters = { new() { Value = id.ToString() } } };
        return await command.ExecuteScalarAsync(cancellationToken) is true;
    }

    private async Task<ExportOrder?> StartAsync(NpgsqlConnection connection, Guid id, CancellationToken cancellationToken)
    {
        await using var start = new NpgsqlCommand(Start, connection) { Parameters = { new() { Value = id }, new() { Value = clock.GetUtcNow() } } };
        await using var reader = await start.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken)
            ? new(id, reader.GetString(0), reader.GetString(1), reader.GetString(2), reader.GetGuid(3), reader.GetGuid(4), reader.GetString(5), reader.GetGuid(6), reader.IsDBNull(7) ? null : reader.GetString(7))
            : null;
    }

    private static async Task RemoveAsync(NpgsqlConnection connection, Guid id, CancellationToken cancellationToken)
    {
        await ForgetPartsAsync(connection, id, cancellationToken);
        await using var command = new NpgsqlCommand("update exports set state = 'cancelled', size = 0 where id = $1", connection) { Parameters = { new() { Value = id } } };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task ForgetPartsAsync(NpgsqlConnection connection, Guid id, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("delete from export_parts where export_id = $1", connection) { Parameters = { new() { Value = id } } };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
