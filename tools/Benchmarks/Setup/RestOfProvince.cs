using Npgsql;

namespace Gengdu.Benchmarks.Setup;

/// <summary>
/// The schools of a whole province beside those that submit, as analytics has them when a cycle has just opened: on the roster, with a row
/// for each indicator that says nothing was handed in. A county's sum then reads as many schools as a real one has.
/// </summary>
internal sealed class RestOfProvince(NpgsqlDataSource postgres)
{
    private const string Sql = """
        create temp table rest on commit drop as
          select gen_random_uuid() as id, c.node_path, c.node_path || (20000000 + i) || '/' as path, 'R' || i as code, c.school_type, c.urban_rural, c.run_by, c.grades, c.module_keys
          from generate_series(1, $2) i join (
            select *, row_number() over (order by node_path) - 1 as n, count(*) over () as all_of_them from (
              select distinct on (node_path) * from analytics.roster_entries where cycle_id = '$1' and level = 'school' order by node_path, path) one) c
            on c.n = i % c.all_of_them;
        insert into analytics.roster_entries (cycle_id, report_id, organisation_id, path, node_path, level, code, school_type, urban_rural, run_by, grades, module_keys)
          select '$1', gen_random_uuid(), id, path, node_path, 'school', code, school_type, urban_rural, run_by, grades, module_keys from rest;
        insert into analytics.school_indicators (cycle_id, node_path, organisation_id, path, indicator, reason, approved)
          select '$1', r.node_path, r.id, r.path, i.indicator, 'not-submitted', false
          from rest r cross join (select distinct indicator from analytics.school_indicators where cycle_id = '$1') i;
        insert into analytics.node_completeness (cycle_id, path, parent_path, organisation_id, schools, exempt, due, submitted, on_time, county_approved, city_approved, accepted, returned)
          select '$1', path, node_path, id, 1, 0, cardinality(module_keys), 0, 0, 0, 0, 0, 0 from rest;
        """;

    /// <summary>So many more schools in a cycle that analytics knows already. As days after the opening: the database has tidied up once.</summary>
    public async Task FillAsync(Guid cycleId, int schools, CancellationToken cancellationToken)
    {
        if (schools <= 0)
        {
            return;
        }

        await using var connection = await postgres.OpenConnectionAsync(cancellationToken);
        await using (var transaction = await connection.BeginTransactionAsync(cancellationToken))
        {
            await WholeProvince.DoAsync(
                connection, Sql.Replace("$1", cycleId.ToString(), StringComparison.Ordinal).Replace("$2", schools.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal), cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }

        foreach (var table in (string[])["roster_entries", "school_indicators", "node_completeness", "node_figures"])
        {
            await WholeProvince.DoAsync(connection, $"vacuum analyze analytics.{table}", cancellationToken);
        }
    }
}
