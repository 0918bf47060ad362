using System.Text.Json;
using Gengdu.Reporting.Programmes;
using Gengdu.Rules;
using Gengdu.ServiceDefaults;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Gengdu.Reporting.Peers;

/// <summary>
/// Computes the counties with new submissions again, whole and from the signed revisions: a repeated or late pass changes nothing.
/// Beside the traffic, never in a request.
/// </summary>
internal sealed class PeerRecomputer(
    Database database, PostgresReadiness postgres, ProgrammeCatalogue catalogue, IOptions<PeerOptions> options, TimeProvider clock, ILogger<PeerRecomputer> logger) : BackgroundService
{
    private const string Work = "peer-figures";

    // Commits take their time: a submission stamped before the last pass may have become visible after it.
    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(2);

    private const string Due = """
        with places as (
          select distinct m.cycle_id, regexp_replace(m.organisation_path, '[^/]+/$', '') collate "C" as above
          from module_reports m join cycles c on c.id = m.cycle_id
          where c.state = 'open' and m.submitted_at >= coalesce($1, (select max(computed_at) - interval '2 minutes' from peer_bases), '-infinity'))
        select distinct p.cycle_id, k.path, c.programme_key, c.programme_version, c.period_start, c.period_end, c.academic_year, c.fiscal_year
        from places p join cycles c on c.id = p.cycle_id
        join lateral (select o.path from organisations o where 'county' = any(o.level_roles) and p.above ^@ o.path order by length(o.path) desc limit 1) k on true
        """;

    private DateTimeOffset? _since;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await postgres.WhenReadyAsync(stoppingToken);
        await Rounds.RunAsync(Work, TimeSpan.FromMinutes(options.Value.EveryMinutes), RecomputeAsync, clock, logger, stoppingToken);
    }

    /// <returns>How many counties were computed.</returns>
    public async Task<int> RecomputeAsync(CancellationToken cancellationToken)
    {
        var started = clock.GetUtcNow();
        var due = await DueAsync(cancellationToken);
        var failed = 0;
        foreach (var county in due)
        {
            try
            {
                var programme = await catalogue.GetAsync(county.ProgrammeKey, county.ProgrammeVersion, cancellationToken);
                if (programme.PeerMeasures.Count > 0)
                {
                    await PeerStore.WriteAsync(database.System, county, programme, options.Value, clock.GetUtcNow(), cancellationToken);
                }
            }
            catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
            {
                // A value that breaks one county's figures leaves the other counties theirs.
                Rounds.Failed(Work, logger, fault, ++failed);
            }
        }

        // Only a whole pass moves on: what failed is due again.
        _since = failed == 0 ? started - Overlap : _since ?? DateTimeOffset.UnixEpoch;
        return due.Count - failed;
    }

    private async Task<IReadOnlyList<DueCounty>> DueAsync(CancellationToken cancellationToken)
    {
        // System: schools of every county are looked at, on nobody's behalf.
        await using var command = database.System.CreateCommand(Due);
        command.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.TimestampTz, Value = _since is { } since ? since : DBNull.Value });
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        var due = new List<DueCounty>();
        while (await row.ReadAsync(cancellationToken))
        {
            var year = int.Parse(row.GetString(6).AsSpan(0, 4), System.Globalization.CultureInfo.InvariantCulture);
            var (start, end) = (row.GetFieldValue<DateOnly>(4), row.GetFieldValue<DateOnly>(5));
            due.Add(new(row.GetGuid(0), row.GetString(1), row.GetString(2), row.GetString(3), new(end, start, end, new(year, 9, 1), new(year + 1, 8, 31), row.GetInt32(7))));
        }

        return due;
    }
}

/// <summary>A county of a cycle with submissions that its figures do not know.</summary>
internal sealed record DueCounty(Guid CycleId, string Path, string ProgrammeKey, string ProgrammeVersion, PeriodContext Period);
