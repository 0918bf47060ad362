using System.Text.Json;
using Gengdu.Analytics.Dashboards;
using Gengdu.Analytics.Figures;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Gengdu.Analytics.Explanations;

/// <summary>
/// Groups of schools. Where there are few, they are counted at the present number of the cycle's figures: the same page opened by
/// many is counted once, and shows nothing that is no longer so. Where there are many, what was counted last is shown at once,
/// and when more has come since it says so and is counted anew behind the page.
/// </summary>
internal sealed class GroupShelf(Database database, GroupCounter counter, IOptions<GroupOptions> options) : IDisposable
{
    private const int Pages = 2000;

    private const string Standing = """
        select coalesce((select number from figure_versions where cycle_id = $1), 0), coalesce((select schools from node_completeness where cycle_id = $1 and path = $2), 0)
        """;

    private const string Kept = """
        select number, rows from counted_groups where cycle_id = $1 and path = $2 and indicator = $3 and dimension = $4 and programme_version = $5
        """;

    private readonly MemoryCache _counted = new(new MemoryCacheOptions { SizeLimit = Pages });

    /// <returns>The groups, and whether more has come since they were counted.</returns>
    public Task<(GroupRows Rows, bool Behind)> ReadAsync(FigureHead head, Dimension dimension, Guid cycleId, CancellationToken cancellationToken) =>
        ReadAsync(GroupQuestion.Of(head, dimension, cycleId), cancellationToken);

    /// <inheritdoc cref="ReadAsync(FigureHead, Dimension, Guid, CancellationToken)" />
    public async Task<(GroupRows Rows, bool Behind)> ReadAsync(GroupQuestion question, CancellationToken cancellationToken)
    {
        var key = question.Key;
        // The node's totals are the caller's to see, and these are totals: no school is named.
        await using var connection = await database.System.OpenConnectionAsync(cancellationToken);
        var (number, schools) = await StandingAsync(connection, key, cancellationToken);
        if (_counted.TryGetValue((key, number), out GroupRows? known))
        {
            return (known!, false);
        }

        if (schools < options.Value.LargeFrom)
        {
            return (Remember(key, number, await question.CountAsync(connection, Budgets.StatementSeconds, cancellationToken)), false);
        }

        var kept = await KeptAsync(connection, key, cancellationToken);
        await connection.DisposeAsync();
        if (kept is not ({ } rows, var at))
        {
            return (await counter.CountAsync(question, cancellationToken), false);
        }

        if (at < number)
        {
            _ = counter.CountBehind(question);
            return (rows, true);
        }

        return (Remember(key, number, rows), false);
    }

    /// <inheritdoc cref="GroupRows.SeenAsync" />
    public Task<IReadOnlyList<GroupResponse>> SeenAsync(GroupRows rows, Caller caller, DashboardHead head, Dimension dimension, CancellationToken cancellationToken) =>
        rows.SeenAsync(caller, head, dimension, database, cancellationToken);

    public void Dispose() => _counted.Dispose();

    // The number was read before the rows: what is kept may be newer than its number says, never older.
    private GroupRows Remember(GroupKey key, long number, GroupRows rows) =>
        _counted.Set((key, number), rows, new MemoryCacheEntryOptions { Size = 1, SlidingExpiration = TimeSpan.FromMinutes(10) });

    private static async Task<(long Number, int Schools)> StandingAsync(NpgsqlConnection connection, GroupKey key, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Standing, connection)
        { CommandTimeout = Budgets.StatementSeconds, Parameters = { new() { Value = key.CycleId }, new() { Value = key.Path } } };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return (reader.GetInt64(0), reader.GetInt32(1));
    }

    // Long, and so read only when this process has not yet read it.
    private static async Task<(GroupRows Rows, long At)?> KeptAsync(NpgsqlConnection connection, GroupKey key, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Kept, connection)
        {
            CommandTimeout = Budgets.StatementSeconds,
            Parameters =
            {
                new() { Value = key.CycleId }, new() { Value = key.Path }, new() { Value = key.Indicator }, new() { Value = key.Dimension }, new() { Value = key.ProgrammeVersion },
            },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? (JsonSerializer.Deserialize<GroupRows>(reader.GetString(1), JsonSerializerOptions.Web)!, reader.GetInt64(0)) : null;
    }
}
