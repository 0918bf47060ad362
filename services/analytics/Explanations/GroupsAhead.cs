using Gengdu.Analytics.Dashboards;
using Gengdu.Analytics.Programmes;
using Gengdu.ServiceDefaults;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Gengdu.Analytics.Explanations;

/// <summary>
/// Counts the groups of large places before anybody asks: whoever looks first finds something there, as everybody after. What is already
/// kept is counted again only when it is old: a page that finds it behind has it counted at once.
/// </summary>
internal sealed class GroupsAhead(
    Database database, PostgresReadiness postgres, ProgrammeShelf programmes, GroupCounter counter, IOptions<GroupOptions> options, TimeProvider clock, ILogger<GroupsAhead> logger) : BackgroundService
{
    // Large places lie below large places: nobody else's row is looked at.
    private const string Large = """
        with recursive large as (
          select n.* from cycles c cross join lateral (select * from node_completeness x where x.cycle_id = c.id and x.parent_path = '/' and x.schools >= $1 offset 0) n
          union all
          select n.* from large l cross join lateral (select * from node_completeness x where x.cycle_id = l.cycle_id and x.parent_path = l.path and x.schools >= $1 offset 0) n)
        select o.id, o.code, o.name_zh, o.name_en, o.level_roles, o.path, o.valid_to, l.path, c.id, c.programme_key, coalesce(p.programme_version, c.programme_version), c.opened_at
        from large l join cycles c on c.id = l.cycle_id left join cycle_programmes p on p.cycle_id = c.id join organisations o on o.id = l.organisation_id
        where not 'school' = any(o.level_roles) order by c.period_start desc, c.id desc, length(l.path), l.path
        """;

    private const string Kept = """
        select k.indicator, k.dimension from counted_groups k where k.cycle_id = $1 and k.path = $2 and k.programme_version = $3
          and (k.counted_at > $4 or k.number >= coalesce((select number from figure_versions where cycle_id = $1), 0))
        """;

    private const string Written = "select coalesce(sum(number), 0)::bigint from figure_versions";

    private long? _written;

    /// <summary>All that a breakdown may be by.</summary>
    public static IReadOnlyList<string> Dimensions { get; } =
        ["city", "school-type", "stage", "urban-rural", "approval", "county", "level", "run-by", "boarding", "size", "peers"];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await postgres.WhenReadyAsync(stoppingToken);
        await Rounds.RunAsync("groups-ahead", TimeSpan.FromSeconds(options.Value.AheadSeconds), CountAsync, clock, logger, stoppingToken);
    }

    /// <summary>One after the other, at the counter's pace, and far apart while figures of any cycle are being written.</summary>
    /// <returns>When all that was missing or old is counted.</returns>
    public async Task CountAsync(CancellationToken cancellationToken)
    {
        foreach (var (cycleId, place) in await PlacesAsync(cancellationToken))
        {
            var kept = await KeptAsync(cycleId, place, cancellationToken);
            var indicators = place.Formulas.OfSchools.Select(formula => formula.Indicator);
            foreach (var (indicator, key) in from indicator in indicators from key in Dimensions where !kept.Contains((indicator.Id, key)) select (indicator, key))
            {
                await GiveWayAsync(cancellationToken);
                await counter.CountBehind(GroupQuestion.Of(new(place, indicator), Dimension.Of(key, place.Formulas.Programme)!, cycleId));
            }
        }
    }

    private async Task GiveWayAsync(CancellationToken cancellationToken)
    {
        // Nobody's request: all cycles, whichever process writes them.
        await using var command = database.System.CreateCommand(Written);
        var (before, now) = (_written, (long)(await command.ExecuteScalarAsync(cancellationToken))!);
        _written = now;
        if (before is not null && before != now)
        {
            await Task.Delay(TimeSpan.FromSeconds(options.Value.FlowSeconds), clock, cancellationToken);
        }
    }

    private async Task<IReadOnlyList<(Guid CycleId, DashboardHead Place)>> PlacesAsync(CancellationToken cancellationToken)
    {
        // Nobody's request: all places.
        await using var connection = await database.System.OpenConnectionAsync(cancellationToken);
        var read = new List<(Guid CycleId, OrganisationResponse Organisation, string Path, string Programme, string Version, DateTimeOffset OpenedAt)>();
        await using (var command = new NpgsqlCommand(Large, connection) { CommandTimeout = Budgets.StatementSeconds, Parameters = { new() { Value = options.Value.LargeFrom } } })
        {
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
            {
                read.Add((
                    reader.GetGuid(8), DashboardHead.ReadOrganisation(reader), reader.GetString(7), reader.GetString(9), reader.GetString(10), reader.GetFieldValue<DateTimeOffset>(11)));
            }
        }

        var places = new List<(Guid, DashboardHead)>();
        foreach (var place in read)
        {
            if (await programmes.FindAsync(connection, place.Programme, place.Version, cancellationToken) is { } formulas)
            {
                places.Add((place.CycleId, new(place.Organisation, place.Path, place.OpenedAt, formulas)));
            }
        }

        return places;
    }

    private async Task<HashSet<(string Indicator, string Dimension)>> KeptAsync(Guid cycleId, DashboardHead place, CancellationToken cancellationToken)
    {
        await using var connection = await database.System.OpenConnectionAsync(cancellationToken);
        await using var command = new NpgsqlCommand(Kept, connection)
        {
            CommandTimeout = Budgets.StatementSeconds,
            Parameters =
            {
                new() { Value = cycleId }, new() { Value = place.CyclePath }, new() { Value = place.Formulas.Programme.Version },
                new() { Value = clock.GetUtcNow() - TimeSpan.FromHours(options.Value.AheadHours) },
            },
        };
        var kept = new HashSet<(string, string)>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            kept.Add((reader.GetString(0), reader.GetString(1)));
        }

        return kept;
    }
}
