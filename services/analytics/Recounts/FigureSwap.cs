using Gengdu.Analytics.Cycles;
using Gengdu.Analytics.Figures;
using Gengdu.Analytics.Programmes;
using Npgsql;

namespace Gengdu.Analytics.Recounts;

/// <summary>
/// Puts what a rebuild counted in the place of what is stored, all at once: readers see the old figures or the new ones, never some
/// of both. Schools that reported, were reviewed or moved in the meantime are counted once more, behind the cycle's lock.
/// </summary>
internal sealed class FigureSwap(ProgrammeShelf programmes, SchoolFigures figures)
{
    private const int PatienceSeconds = 300;

    // Of everything a school's figures are made of. What was submitted or reviewed has a number that only grows.
    private const string Facts = """
        md5(concat_ws(' ', r.path, (select count(*) from report_exemptions x where x.report_id = r.report_id), (
          select string_agg(concat_ws(' ', v.module_report_id, v.revision, v.first_revision, v.review_revision, v.review_version), ',' order by v.module_report_id)
          from module_values v where v.cycle_id = r.cycle_id and v.organisation_id = r.organisation_id)))
        """;

    private const string Store = $"""
        with counted as (select * from unnest($3::uuid[], $4::text[], $5::text[], $6::text[], $7::numeric[], $8::numeric[], $9::text[], $10::boolean[], $11::timestamptz[])
            as c(organisation_id, indicator, path, node_path, numerator, denominator, reason, approved, as_of)),
        facts as materialized (select distinct on (r.organisation_id) r.organisation_id, {Facts} as facts from roster_entries r
          where r.cycle_id = $2 and r.level = 'school' and r.organisation_id in (select organisation_id from counted))
        insert into recounted_rows (recount_id, organisation_id, indicator, path, node_path, numerator, denominator, reason, approved, as_of, facts)
        select $1, c.*, f.facts from counted c join facts f on f.organisation_id = c.organisation_id
        """;

    private const string Changed = $"""
        select k.organisation_id from (select distinct organisation_id, facts from recounted_rows where recount_id = $1) k
        left join lateral (select {Facts} as facts from roster_entries r where r.cycle_id = $2 and r.organisation_id = k.organisation_id and r.level = 'school' limit 1) now on true
        where k.facts is distinct from now.facts
        """;

    private const string Replace = """
        insert into school_indicators as s (cycle_id, node_path, organisation_id, path, indicator, numerator, denominator, reason, approved, as_of)
        select $2, node_path, organisation_id, path, indicator, numerator, denominator, reason, approved, as_of from recounted_rows
        where recount_id = $1 and not exists (select 1 from unnest($3::uuid[]) c where c = organisation_id)
        on conflict (cycle_id, node_path, indicator, organisation_id) do update set path = excluded.path, numerator = excluded.numerator,
          denominator = excluded.denominator, reason = excluded.reason, approved = excluded.approved, as_of = excluded.as_of
        """;

    /// <summary>Sets rows aside, in the snapshot they were counted in.</summary>
    public static async Task SetAsideAsync(NpgsqlConnection connection, Guid recountId, Guid cycleId, IReadOnlyList<SchoolIndicator> rows, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Store, connection)
        {
            CommandTimeout = PatienceSeconds,
            Parameters =
            {
                new() { Value = recountId },
                new() { Value = cycleId },
                new() { Value = rows.Select(row => row.OrganisationId).ToArray() },
                new() { Value = rows.Select(row => row.Indicator).ToArray() },
                new() { Value = rows.Select(row => row.Path).ToArray() },
                new() { Value = rows.Select(row => row.NodePath).ToArray() },
                new() { Value = rows.Select(row => row.Numerator).ToArray() },
                new() { Value = rows.Select(row => row.Denominator).ToArray() },
                new() { Value = rows.Select(row => row.Reason).ToArray() },
                new() { Value = rows.Select(row => row.Approved).ToArray() },
                new() { Value = rows.Select(row => row.AsOf).ToArray() },
            },
        };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>In the caller's transaction and behind the cycle's lock.</summary>
    /// <returns>
    /// False when this count is of no use: the cycle has other formulas by now and has been recounted with them, or the database fell over
    /// in between and what was set aside is gone (the table is not logged).
    /// </returns>
    public async Task<bool> ApplyAsync(NpgsqlConnection connection, Guid recountId, Guid cycleId, Compared compared, CancellationToken cancellationToken)
    {
        var cycle = await CycleFacts.FindAsync(connection, programmes, cycleId, cancellationToken);
        if (cycle?.Formulas.Programme.Version != compared.ProgrammeVersion || await SetAsideAsync(connection, recountId, cancellationToken) != compared.Schools)
        {
            return false;
        }

        await WholeRecount.ForgetAsync(connection, cycleId, cancellationToken);
        var touched = new HashSet<(string Path, string Indicator)>(compared.Nodes);
        if (compared.Schools > 0)
        {
            var changed = await IdsAsync(connection, Changed, recountId, cycleId, cancellationToken);
            await using (var replace = new NpgsqlCommand(Replace, connection) { CommandTimeout = PatienceSeconds, Parameters = { new() { Value = recountId }, new() { Value = cycleId }, new() { Value = changed } } })
            {
                await replace.ExecuteNonQueryAsync(cancellationToken);
            }

            await figures.RecountAsync(connection, cycleId, [.. changed.Select(id => new Change(id, null))], cancellationToken);
            touched.UnionWith(await TouchedAsync(connection, recountId, cancellationToken));
        }

        await using var batch = new NpgsqlBatch(connection) { Timeout = PatienceSeconds };
        if (cycle is not null)
        {
            RollUp.AddFigures(batch, cycleId, touched, cycle.Formulas, leaving: true);
        }

        RollUp.AddCompleteness(batch, cycleId, compared.Completeness, leaving: true);
        batch.BatchCommands.Add(new("delete from recounted_rows where recount_id = $1") { Parameters = { new() { Value = recountId } } });
        await batch.ExecuteNonQueryAsync(cancellationToken);
        return true;
    }

    private static async Task<int> SetAsideAsync(NpgsqlConnection connection, Guid recountId, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("select count(*)::int from recounted_rows where recount_id = $1", connection) { CommandTimeout = PatienceSeconds, Parameters = { new() { Value = recountId } } };
        return (int)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    private static async Task<Guid[]> IdsAsync(NpgsqlConnection connection, string sql, Guid recountId, Guid cycleId, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = PatienceSeconds, Parameters = { new() { Value = recountId }, new() { Value = cycleId } } };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var ids = new List<Guid>();
        while (await reader.ReadAsync(cancellationToken))
        {
            ids.Add(reader.GetGuid(0));
        }

        return [.. ids];
    }

    private static async Task<List<(string Path, string Indicator)>> TouchedAsync(NpgsqlConnection connection, Guid recountId, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("select distinct node_path, indicator from recounted_rows where recount_id = $1", connection) { Parameters = { new() { Value = recountId } } };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var pairs = new List<(string, string)>();
        while (await reader.ReadAsync(cancellationToken))
        {
            pairs.Add((reader.GetString(0), reader.GetString(1)));
        }

        return pairs;
    }
}
