using System.Text.Json;
using Gengdu.Analytics.Cycles;
using Gengdu.Analytics.Dashboards;
using Gengdu.Analytics.Programmes;
using Gengdu.Organisations;
using Gengdu.Rules;
using Gengdu.ServiceDefaults;
using Npgsql;

namespace Gengdu.Analytics.Feed;

/// <summary>A cycle with the definitions its figures are made with.</summary>
internal sealed record FeedCycle(Guid Id, DateTimeOffset OpenedAt, string ProgrammeKey, string ProgrammeVersion, Programme Programme)
{
    /// <summary>Those that have figures already.</summary>
    public IReadOnlyDictionary<string, Indicator> Indicators { get; } = Programme.Indicators.Where(indicator => indicator.Later is null).ToDictionary(indicator => indicator.Id);

    public string[] Ids(bool timely) => [.. Indicators.Values.Where(indicator => indicator.Kind == "timeliness" == timely).Select(indicator => indicator.Id)];
}

/// <summary>
/// What the sets' queries are told: $1 the cycle, $2 its indicators, $3 those counted from the roster, $4 and $5 from and until which path anything of the
/// caller's lies, $6 the caller's own organisations, $7 subtrees, $8 own places, $9 the definitions as JSON.
/// </summary>
internal sealed class FeedScope(Caller caller, IReadOnlyList<FeedCycle> cycles)
{
    public const int Count = 9;

    private readonly string[] _roots = [.. caller.Rights.Select(right => right.LevelRoles.Contains("school") ? TreePath.Parent(right.Path) : right.Path)];

    public IReadOnlyList<FeedCycle> Cycles => cycles;

    public NpgsqlParameter[] Parameters(FeedCycle? cycle) =>
    [
        new() { Value = cycle?.Id ?? Guid.Empty }, new() { Value = cycle?.Ids(timely: false) ?? [] }, new() { Value = cycle?.Ids(timely: true) ?? [] },
        new() { Value = _roots.Min(StringComparer.Ordinal)! }, new() { Value = _roots.Select(TreePath.End).Max(StringComparer.Ordinal)! },
        new() { Value = DashboardHead.Own(caller) }, new() { Value = caller.SubtreePaths() }, new() { Value = caller.OwnPaths() }, new() { Value = Definitions() },
    ];

    /// <summary>All cycles in the order of their ids, or the one in the way of them: its programme has not come yet.</summary>
    public static async Task<(List<FeedCycle> Cycles, Problem? Problem)> CyclesAsync(NpgsqlConnection connection, ProgrammeShelf programmes, CancellationToken cancellationToken)
    {
        var rows = new List<(Guid Id, DateTimeOffset OpenedAt, string Key, string Version)>();
        await using (var command = new NpgsqlCommand("""
            select c.id, c.opened_at, c.programme_key, coalesce(p.programme_version, c.programme_version)
            from cycles c left join cycle_programmes p on p.cycle_id = c.id order by c.id
            """, connection)
        { CommandTimeout = Budgets.StatementSeconds })
        {
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
            {
                rows.Add((reader.GetGuid(0), reader.GetFieldValue<DateTimeOffset>(1), reader.GetString(2), reader.GetString(3)));
            }
        }

        var cycles = new List<FeedCycle>();
        foreach (var (id, openedAt, key, version) in rows)
        {
            if (await programmes.FindAsync(connection, key, version, cancellationToken) is not { } formulas)
            {
                return ([], AnalyticsProblems.NotReady);
            }

            cycles.Add(new(id, openedAt, key, version, formulas.Programme));
        }

        return (cycles, null);
    }

    // Each version of a programme that some cycle has, once.
    private string Definitions() => JsonSerializer.Serialize(cycles.DistinctBy(cycle => (cycle.ProgrammeKey, cycle.ProgrammeVersion)).SelectMany(cycle => cycle.Programme.Indicators.Select((one, at) => new
    {
        programme = cycle.ProgrammeKey, version = cycle.ProgrammeVersion, number = at, id = one.Id, area = one.Area, name_zh = one.Name.Zh, name_en = one.Name.En, unit_zh = one.Unit?.Zh, unit_en = one.Unit?.En,
        kind = one.Kind, direction = one.Direction, target = one.Target?.Value, decimals = one.Decimals, information = one.Information, computed = one.Later is null,
        formula = cycle.Programme.IndicatorsVersion,
    })));
}
