using System.Collections.Concurrent;
using Gengdu.Analytics.Dashboards;
using Gengdu.ServiceDefaults;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Gengdu.Analytics.Live;

/// <summary>
/// The places that somebody looks at, read together once a tick when somebody asks: three hundred pages cost as much as one, and
/// none costs nothing. Whoever comes while they are read waits for that reading.
/// </summary>
internal sealed class LiveNodes(Database database, IOptions<LiveOptions> options, TimeProvider clock)
{
    private readonly ConcurrentDictionary<Guid, Watched> _cycles = new();
    private long _readings;

    /// <summary>How often the database was asked; for tests and for the figures.</summary>
    public long Readings => Interlocked.Read(ref _readings);

    /// <summary>Whose rows the caller may see is decided before: a place is read for all who look at it.</summary>
    public async Task<LiveNode> ReadAsync(Guid cycleId, string path, CancellationToken cancellationToken)
    {
        var cycle = _cycles.GetOrAdd(cycleId, _ => new());
        cycle.Asked[path] = clock.GetUtcNow();
        if (Fresh(cycle, path) is { } known)
        {
            return known;
        }

        await cycle.Gate.WaitAsync(cancellationToken);
        try
        {
            if (Fresh(cycle, path) is { } fresh)
            {
                return fresh;
            }

            Interlocked.Increment(ref _readings);
            // Not with the token of one who looks: others wait for the same.
            await ReadAllAsync(cycleId, cycle, CancellationToken.None);
            return cycle.Nodes[path];
        }
        finally
        {
            cycle.Gate.Release();
        }
    }

    private LiveNode? Fresh(Watched cycle, string path) =>
        clock.GetUtcNow() - cycle.At < TimeSpan.FromMilliseconds(options.Value.TickMilliseconds) && cycle.Nodes.TryGetValue(path, out var node) ? node : null;

    private async Task ReadAllAsync(Guid cycleId, Watched cycle, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        // Nobody has asked for it since a few ticks: its page is closed.
        foreach (var (path, at) in cycle.Asked.Where(asked => now - asked.Value > TimeSpan.FromMilliseconds(options.Value.TickMilliseconds * 10)).ToList())
        {
            cycle.Asked.TryRemove(KeyValuePair.Create(path, at));
        }

        string[] paths = [.. cycle.Asked.Keys];
        await using var connection = await database.System.OpenConnectionAsync(cancellationToken);
        await using var batch = new NpgsqlBatch(connection) { Timeout = Budgets.StatementSeconds };
        batch.BatchCommands.Add(new("select coalesce(p.programme_version, c.programme_version) from cycles c left join cycle_programmes p on p.cycle_id = c.id where c.id = $1")
        { Parameters = { new() { Value = cycleId } } });
        batch.BatchCommands.Add(new($"select n.path, {Completeness.Columns} from node_completeness n where n.cycle_id = $1 and n.path = any($2)")
        { Parameters = { new() { Value = cycleId }, new() { Value = paths } } });
        batch.BatchCommands.Add(new("select path, indicator, numerator, denominator, reported, due, approved, median, as_of from node_figures where cycle_id = $1 and path = any($2)")
        { Parameters = { new() { Value = cycleId }, new() { Value = paths } } });
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        var version = await reader.ReadAsync(cancellationToken) ? reader.GetString(0) : "";
        await reader.NextResultAsync(cancellationToken);
        var completeness = new Dictionary<string, Completeness>();
        while (await reader.ReadAsync(cancellationToken))
        {
            completeness[reader.GetString(0)] = Completeness.Read(reader, 1);
        }

        await reader.NextResultAsync(cancellationToken);
        var figures = paths.ToDictionary(path => path, _ => new Dictionary<string, FigureRow>());
        while (await reader.ReadAsync(cancellationToken))
        {
            figures[reader.GetString(0)][reader.GetString(1)] = NodeRows.ReadFigure(reader, 2);
        }

        var number = now.ToUnixTimeMilliseconds();
        cycle.Nodes = paths.ToDictionary(path => path, path =>
        {
            var counts = completeness.GetValueOrDefault(path) ?? Completeness.None;
            return cycle.Nodes.TryGetValue(path, out var before) ? before.Then(version, counts, figures[path], number)
                : new(number, 0, version, counts, figures[path], figures[path].Keys.ToHashSet());
        });
        cycle.At = now;
    }

    private sealed class Watched
    {
        public SemaphoreSlim Gate { get; } = new(1, 1);

        /// <summary>When each place was last asked for.</summary>
        public ConcurrentDictionary<string, DateTimeOffset> Asked { get; } = new();

        public DateTimeOffset At { get; set; }

        public Dictionary<string, LiveNode> Nodes { get; set; } = [];
    }
}
