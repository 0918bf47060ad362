using Gengdu.Organisations;
using Npgsql;

namespace Gengdu.Supervision.Reviews;

/// <summary>
/// Reviews of open cycles follow the tree (ADR 0014), and wait at the first step not yet passed that their line has: a school
/// may come under a city that has no counties, or under Dingzhou. What the place and the step are depends on the facts alone,
/// never on the order in which they came. Set-wise, behind the <see cref="TreeLock"/>.
/// </summary>
internal static class ReviewPlaces
{
    private const int PatienceSeconds = 120;

    private static readonly string Follow = $$"""
        with due as (
          select r.id, {{Places.InCycle("r.organisation_id", "c.closed_at", "r.organisation_path")}} as path
          from reviews r left join cycle_closings c on c.cycle_id = r.cycle_id where r.organisation_id = any($1) or r.cycle_id = $2
        )
        update reviews r set organisation_path = due.path from due where r.id = due.id and r.organisation_path <> due.path
        """;

    // Which reviews an act or a submission is about is known by id, and there are a hundred and fifty thousand: each cause has a
    // statement of its own, because one for all of them, joined by "or", reads every review there is.
    private const string OfReviews = "named as (select unnest($1::uuid[]) as id)";

    private const string OfCycle = "named as (select id from reviews where cycle_id = $1)";

    private const string OfMoved = """
        touched as (
          select t.path from (select path from organisations where id = any($1) union select path from organisation_places where organisation_id = any($1)) t
          where not exists (select 1 from organisations s where s.path = t.path and 'school' = any(s.level_roles))
        ), named as (
          select id from reviews where organisation_id = any($1)
          union
          select r.id from touched t cross join lateral (select id from reviews where organisation_path >= t.path and organisation_path < rtrim(t.path, '/') || '0' offset 0) r
        )
        """;

    // A passed step counts for the steps before it too: nobody goes back behind the city because a county appeared. While the
    // replica does not know the whole line, no step is taken for missing.
    private const string Settle = """
        due as (
          select r.id, r.level, r.organisation_path as path, r.county_approved_by, r.city_approved_by
          from named join reviews r on r.id = named.id where r.state in ('county-review', 'city-review', 'province-review')
        ), lines as (
          select d.path, n.county, n.city, n.unknown from (select distinct path from due) d cross join lateral (
            select coalesce(bool_or('county' = any(o.level_roles)), false) as county, coalesce(bool_or('city' = any(o.level_roles)), false) as city, count(o.level_roles) < count(*) as unknown
            from (select array_to_string((string_to_array(d.path, '/'))[1:n + 1], '/') || '/' as path from generate_series(1, cardinality(string_to_array(d.path, '/')) - 2) n) node
            left join lateral (
              select x.level_roles from organisations x where x.path = node.path
              union all
              select x.level_roles from organisation_places p join organisations x on x.id = p.organisation_id and x.path <> p.path where p.path = node.path
              limit 1) o on true) n
        ), settled as (
          select d.id, case
            when d.level = 'school' and d.county_approved_by is null and d.city_approved_by is null and (l.county or l.unknown) then 'county-review'
            when d.level in ('school', 'county') and d.city_approved_by is null and (l.city or l.unknown) then 'city-review'
            else 'province-review' end as state
          from due d join lines l on l.path = d.path
        )
        update reviews r set state = s.state from settled s where r.id = s.id and r.state <> s.state
        """;

    private static readonly string Present = $"""
        select m.id, {Places.InCycle("m.organisation_id", "c.closed_at", "m.path")} from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[]) as m(id, organisation_id, cycle_id, path) left join cycle_closings c on c.cycle_id = m.cycle_id
        """;

    /// <summary>After moves, in the transaction of the replica.</summary>
    public static async Task FollowAsync(IServiceProvider services, NpgsqlConnection connection, Guid[] organisationIds, CancellationToken cancellationToken)
    {
        await ExecuteAsync(connection, Follow, cancellationToken, organisationIds, DBNull.Value);
        await SettleAsync(connection, OfMoved, organisationIds, cancellationToken);
    }

    /// <summary>When a cycle closes.</summary>
    public static async Task FollowAsync(NpgsqlConnection connection, Guid cycleId, CancellationToken cancellationToken)
    {
        if (await ExecuteAsync(connection, Follow, cancellationToken, Array.Empty<Guid>(), cycleId) > 0)
        {
            await SettleAsync(connection, OfCycle, cycleId, cancellationToken);
        }
    }

    /// <summary>After acts and submissions: steps that the line does not have are left out.</summary>
    /// <returns>How many stand at another step now.</returns>
    public static Task<int> SettleAsync(NpgsqlConnection connection, Guid[] reviewIds, CancellationToken cancellationToken) =>
        SettleAsync(connection, OfReviews, reviewIds, cancellationToken);

    /// <summary>Where the organisations stand in their cycles, whatever path their events carried.</summary>
    public static async Task<Dictionary<Guid, string>> PresentAsync(NpgsqlConnection connection, IReadOnlyCollection<Submission> submissions, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Present, connection);
        command.Parameters.AddWithValue(submissions.Select(s => s.ModuleReportId).ToArray());
        command.Parameters.AddWithValue(submissions.Select(s => s.OrganisationId).ToArray());
        command.Parameters.AddWithValue(submissions.Select(s => s.CycleId).ToArray());
        command.Parameters.AddWithValue(submissions.Select(s => s.OrganisationPath).ToArray());
        var places = new Dictionary<Guid, string>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            places[reader.GetGuid(0)] = reader.GetString(1);
        }

        return places;
    }

    private static Task<int> SettleAsync(NpgsqlConnection connection, string which, object value, CancellationToken cancellationToken) =>
        ExecuteAsync(connection, $"with {which}, {Settle}", cancellationToken, value);

    private static async Task<int> ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken, params object[] values)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = PatienceSeconds };
        foreach (var value in values)
        {
            command.Parameters.Add(value is DBNull or Guid ? new() { NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Uuid, Value = value } : new() { Value = value });
        }

        return await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
