using Gengdu.Analytics.Cycles;
using Npgsql;

namespace Gengdu.Analytics.Recounts;

/// <summary>How far reporting should be said to have come at each place, counted in memory from the roster and the module reports.</summary>
internal sealed class ExpectedCompleteness
{
    private readonly Dictionary<string, Counts> _counts = [];
    private readonly Dictionary<string, DateTimeOffset> _asOf = [];

    public int Count => _counts.Count;

    public async Task ReadAsync(NpgsqlConnection connection, Guid cycleId, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("""
            select r.report_id, r.path, r.level, cardinality(r.module_keys), exists (select 1 from report_exemptions x where x.report_id = r.report_id),
              v.on_time, v.state, greatest(v.submitted_at, case when v.state <> 'submitted' then v.reviewed_at end)
            from roster_entries r
            left join module_values v on v.cycle_id = $1 and v.organisation_id = r.organisation_id and v.revision > 0 and v.module_key = any(r.module_keys)
            where r.cycle_id = $1 order by r.report_id
            """, connection)
        { CommandTimeout = 300 };
        command.Parameters.AddWithValue(cycleId);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var last = Guid.Empty;
        while (await reader.ReadAsync(cancellationToken))
        {
            var (id, path, exempt) = (reader.GetGuid(0), reader.GetString(1), reader.GetBoolean(4));
            if (id != last)
            {
                last = id;
                Add(path, new(reader.GetString(2) == "school" ? 1 : 0, exempt ? 1 : 0, exempt ? 0 : reader.GetInt32(3), 0, 0, 0, 0, 0, 0), null);
            }

            if (!exempt && !await reader.IsDBNullAsync(6, cancellationToken))
            {
                var state = reader.GetString(6);
                Add(path, new(0, 0, 0, 1, !reader.IsDBNull(5) && reader.GetBoolean(5) ? 1 : 0, state is "county-approved" or "city-approved" or "accepted" ? 1 : 0,
                    state is "city-approved" or "accepted" ? 1 : 0, state == "accepted" ? 1 : 0, state == "returned" ? 1 : 0), reader.GetFieldValue<DateTimeOffset>(7));
            }
        }
    }

    /// <summary>Places where the stored row is another, is missing or is too many.</summary>
    public async Task<List<string>> CompareAsync(NpgsqlConnection connection, Guid cycleId, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("""
            select path, schools, exempt, due, submitted, on_time, county_approved, city_approved, accepted, returned, as_of from node_completeness where cycle_id = $1
            """, connection);
        command.Parameters.AddWithValue(cycleId);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var differing = new List<string>();
        var unseen = new HashSet<string>(_counts.Keys);
        while (await reader.ReadAsync(cancellationToken))
        {
            var path = reader.GetString(0);
            var stored = new Counts(reader.GetInt32(1), reader.GetInt32(2), reader.GetInt32(3), reader.GetInt32(4), reader.GetInt32(5), reader.GetInt32(6), reader.GetInt32(7), reader.GetInt32(8), reader.GetInt32(9));
            DateTimeOffset? asOf = reader.IsDBNull(10) ? null : reader.GetFieldValue<DateTimeOffset>(10);
            if (!unseen.Remove(path) || stored != _counts[path] || asOf != (_asOf.TryGetValue(path, out var known) ? known : null))
            {
                differing.Add(path);
            }
        }

        return [.. differing, .. unseen];
    }

    private void Add(string at, Counts more, DateTimeOffset? asOf)
    {
        foreach (var path in TreePath.Ancestors(at).Prepend(at))
        {
            _counts[path] = _counts.GetValueOrDefault(path).Plus(more);
            if (asOf is { } newer && (!_asOf.TryGetValue(path, out var known) || newer > known))
            {
                _asOf[path] = newer;
            }
        }
    }

    private readonly record struct Counts(int Schools, int Exempt, int Due, int Submitted, int OnTime, int CountyApproved, int CityApproved, int Accepted, int Returned)
    {
        public Counts Plus(Counts more) => new(
            Schools + more.Schools, Exempt + more.Exempt, Due + more.Due, Submitted + more.Submitted, OnTime + more.OnTime, CountyApproved + more.CountyApproved,
            CityApproved + more.CityApproved, Accepted + more.Accepted, Returned + more.Returned);
    }
}
