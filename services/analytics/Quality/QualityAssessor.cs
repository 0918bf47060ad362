using System.Collections.Concurrent;
using Gengdu.Analytics.Programmes;
using Gengdu.Messaging;
using Gengdu.ServiceDefaults;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Gengdu.Analytics.Quality;

/// <summary>
/// Judges the schools of a marked place together, whole and from the stored revisions: twice, late or in another order, the same. Behind
/// the flow of events and never in it, since one school's numbers may move the score of all its neighbours.
/// </summary>
internal sealed class QualityAssessor(
    Database database, PostgresReadiness postgres, ProgrammeShelf programmes, OutboxSignal outbox, IOptions<QualityOptions> options, TimeProvider clock, ILogger<QualityAssessor> logger) : BackgroundService
{
    private const string Work = "quality";

    private const string Marked = "select cycle_id, node_path, array_agg(id) from quality_marks group by cycle_id, node_path order by min(id)";

    private readonly ConcurrentDictionary<(Guid CycleId, string NodePath), DateTimeOffset> _rested = new();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await postgres.WhenReadyAsync(stoppingToken);
        await Rounds.RunAsync(Work, TimeSpan.FromSeconds(options.Value.EverySeconds), AssessMarkedAsync, clock, logger, stoppingToken);
    }

    /// <summary>Places that are marked and were not judged a moment ago, the longest marked first.</summary>
    public async Task AssessMarkedAsync(CancellationToken cancellationToken)
    {
        var (now, failed, judged) = (clock.GetUtcNow(), 0, 0);
        foreach (var (cycleId, nodePath, marks) in await MarkedAsync(cancellationToken))
        {
            if (_rested.TryGetValue((cycleId, nodePath), out var last) && now - last < TimeSpan.FromSeconds(options.Value.RestSeconds))
            {
                continue;
            }

            if (judged++ == options.Value.PlacesAtOnce)
            {
                break;
            }

            try
            {
                if (await AssessAsync(cycleId, nodePath, marks, cancellationToken))
                {
                    _rested[(cycleId, nodePath)] = now;
                }
            }
            catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
            {
                // What breaks one place leaves the others theirs; its marks stay.
                Rounds.Failed(Work, logger, fault, ++failed);
            }
        }
    }

    /// <summary>
    /// In one snapshot of the database: places with rows that are not what they should be, and how many. Marked places are left out: they are
    /// known to be behind.
    /// </summary>
    public async Task<IReadOnlyList<(string Path, int Rows)>> CompareAsync(NpgsqlConnection connection, Guid cycleId, CancellationToken cancellationToken)
    {
        var places = new List<string>();
        await using (var command = new NpgsqlCommand("""
            select node_path from roster_entries where cycle_id = $1 and level = 'school' and not exists (select from quality_marks m where m.cycle_id = $1 and m.node_path = roster_entries.node_path)
            union select path from place_quality where cycle_id = $1 and not exists (select from quality_marks m where m.cycle_id = $1 and m.node_path = path)
            """, connection))
        {
            command.Parameters.AddWithValue(cycleId);
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
            {
                places.Add(reader.GetString(0));
            }
        }

        var differing = new List<(string, int)>();
        foreach (var nodePath in places)
        {
            if (await ReportedPlace.ReadAsync(connection, programmes, cycleId, nodePath, cancellationToken) is { } reported)
            {
                var schools = Assessment.Of(reported.Schools);
                var rows = await QualityStore.DifferingAsync(connection, PlaceQuality.Of(cycleId, nodePath, reported.Due, schools, clock.GetUtcNow()), schools, cancellationToken);
                if (rows > 0)
                {
                    differing.Add((nodePath, rows));
                }
            }
        }

        return differing;
    }

    /// <returns>False when another process has it in hand.</returns>
    private async Task<bool> AssessAsync(Guid cycleId, string nodePath, long[] marks, CancellationToken cancellationToken)
    {
        // Nobody's request: all schools of the place are compared with each other.
        await using var connection = await database.System.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using (var hold = new NpgsqlCommand("select pg_try_advisory_xact_lock(hashtextextended($1, 7311))", connection) { Parameters = { new() { Value = $"quality {cycleId} {nodePath}" } } })
        {
            if (await hold.ExecuteScalarAsync(cancellationToken) is not true)
            {
                return false;
            }
        }

        var told = false;
        if (await ReportedPlace.ReadAsync(connection, programmes, cycleId, nodePath, cancellationToken) is { } reported)
        {
            var schools = Assessment.Of(reported.Schools);
            told = await QualityStore.WriteAsync(connection, PlaceQuality.Of(cycleId, nodePath, reported.Due, schools, clock.GetUtcNow()), schools, cancellationToken);
        }

        // What was marked after these were read has a mark of its own and is judged again.
        await using (var done = new NpgsqlCommand("delete from quality_marks where id = any($1)", connection) { Parameters = { new() { Value = marks } } })
        {
            await done.ExecuteNonQueryAsync(cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        if (told)
        {
            outbox.Wake();
        }

        return true;
    }

    private async Task<List<(Guid CycleId, string NodePath, long[] Marks)>> MarkedAsync(CancellationToken cancellationToken)
    {
        // Nobody's request: places of every county.
        await using var command = database.System.CreateCommand(Marked);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var marked = new List<(Guid, string, long[])>();
        while (await reader.ReadAsync(cancellationToken))
        {
            marked.Add((reader.GetGuid(0), reader.GetString(1), reader.GetFieldValue<long[]>(2)));
        }

        return marked;
    }
}
