using System.Text.Json;
using Gengdu.Analytics.Cycles;
using Gengdu.Analytics.Explanations;
using Gengdu.Analytics.Figures;
using Gengdu.Analytics.Programmes;
using Gengdu.Rules;
using Npgsql;

namespace Gengdu.Analytics.Quality;

/// <summary>All that is known of how the schools directly below one place reported.</summary>
/// <param name="Due">Schools of which something is due.</param>
/// <param name="Schools">All on the roster there; an exempt one has submitted nothing that counts.</param>
internal sealed record ReportedPlace(int Due, IReadOnlyList<SchoolReported> Schools)
{
    private const string Counts = """
        select r.organisation_id, cardinality(r.module_keys), count(v.module_key)::int, (count(*) filter (where v.on_time))::int
        from roster_entries r
        left join module_values v on v.cycle_id = $1 and v.organisation_id = r.organisation_id and v.revision > 0 and v.module_key = any(r.module_keys)
        where r.cycle_id = $1 and r.node_path = $2 and r.level = 'school' and not exists (select from report_exemptions x where x.report_id = r.report_id)
        group by r.organisation_id, r.module_keys
        """;

    // As doubles: a quotient of numerics may have more digits than a decimal holds, and one school must not stop its county.
    private const string Ratios = """
        select s.organisation_id, s.indicator, (s.numerator / s.denominator)::float8, '' from school_indicators s
        where s.cycle_id = $1 and s.node_path = $2 and s.indicator = any($3) and s.reason is null and s.denominator > 0
        """;

    // Of each school the latest earlier cycle that has a value, wherever it stood then.
    private const string RatiosBefore = """
        select distinct on (s.organisation_id, s.indicator) s.organisation_id, s.indicator, (s.numerator / s.denominator)::float8, coalesce(cp.programme_version, pc.programme_version)
        from cycles c join cycles pc on pc.programme_key = c.programme_key and pc.period_start < c.period_start left join cycle_programmes cp on cp.cycle_id = pc.id
        join roster_entries r on r.cycle_id = pc.id and r.organisation_id = any($2) and r.level = 'school'
        join school_indicators s on s.cycle_id = pc.id and s.node_path = r.node_path and s.indicator = any($3) and s.organisation_id = r.organisation_id
        where c.id = $1 and s.reason is null and s.denominator > 0
        order by s.organisation_id, s.indicator, pc.period_start desc, pc.opens_at desc, pc.id
        """;

    private const string ValuesBefore = """
        select distinct on (v.organisation_id, v.module_key) v.organisation_id, v.module_key, v.values, coalesce(v.programme_version, pc.programme_version)
        from cycles c join cycles pc on pc.programme_key = c.programme_key and pc.period_start < c.period_start
        join module_values v on v.cycle_id = pc.id and v.organisation_id = any($2) and v.revision > 0
        where c.id = $1
        order by v.organisation_id, v.module_key, pc.period_start desc, pc.opens_at desc, pc.id
        """;

    /// <summary>Null while the cycle or its programme has not arrived: their event marks the place again.</summary>
    public static async Task<ReportedPlace?> ReadAsync(NpgsqlConnection connection, ProgrammeShelf programmes, Guid cycleId, string nodePath, CancellationToken cancellationToken)
    {
        if (await CycleFacts.FindAsync(connection, programmes, cycleId, cancellationToken) is not { } cycle)
        {
            return null;
        }

        var counts = new Dictionary<Guid, (int Due, int Submitted, int OnTime)>();
        await RowsAsync(connection, Counts, row => counts[row.GetGuid(0)] = (row.GetInt32(1), row.GetInt32(2), row.GetInt32(3)), cancellationToken, cycleId, nodePath);
        var all = new List<Guid>();
        await RowsAsync(connection, "select organisation_id from roster_entries where cycle_id = $1 and node_path = $2 and level = 'school'",
            row => all.Add(row.GetGuid(0)), cancellationToken, cycleId, nodePath);
        Guid[] due = [.. counts.Keys];
        string[] modules = [.. cycle.Formulas.Programme.Modules.Select(module => module.Key)];
        var schools = (await ReportingSchool.LoadAsync(connection, cycleId, due, modules, cancellationToken)).Where(school => school.NodePath == nodePath && school.Level == "school").ToList();
        await cycle.ReadAsync(connection, programmes, schools, cancellationToken);

        var values = await RatiosAsync(connection, programmes, cycle, Ratios, cancellationToken, cycleId, nodePath, cycle.Formulas.Medians);
        var valuesBefore = await RatiosAsync(connection, programmes, cycle, RatiosBefore, cancellationToken, cycleId, due, cycle.Formulas.Medians);
        var earlier = await EarlierAsync(connection, programmes, cycle, due, cancellationToken);
        var reported = schools.Select(school => new SchoolReported(
            school.OrganisationId, school.Context.Type, counts[school.OrganisationId].Due, counts[school.OrganisationId].Submitted, counts[school.OrganisationId].OnTime,
            TypedOf(cycle.Formulas.Programme, school.Submitted.Select(module => (module.Key, module.Value.Values))), TypedOf(cycle.Formulas.Programme, earlier[school.OrganisationId]),
            Of(values, school.OrganisationId), Of(valuesBefore, school.OrganisationId)));
        var empty = new Dictionary<string, IReadOnlyDictionary<string, double>>();
        return new(due.Length, [.. reported, .. all.Except(due).Select(id => new SchoolReported(id, null, 0, 0, 0, empty, empty, new Dictionary<string, decimal>(), new Dictionary<string, decimal>()))]);
    }

    private static async Task<ILookup<Guid, (string Indicator, decimal Value)>> RatiosAsync(
        NpgsqlConnection connection, ProgrammeShelf programmes, CycleFacts cycle, string sql, CancellationToken cancellationToken, params object[] parameters)
    {
        var rows = new List<(Guid Id, string Indicator, decimal Value, string Version)>();
        await RowsAsync(connection, sql, row => rows.Add((row.GetGuid(0), row.GetString(1), (decimal)row.GetDouble(2), row.GetString(3))), cancellationToken, parameters);
        var same = new HashSet<(string Indicator, string Version)>();
        foreach (var (indicator, version) in rows.Select(row => (row.Indicator, row.Version)).Distinct())
        {
            // A value of another definition is no past of this one.
            if (version.Length == 0 || await IsSameAsync(connection, programmes, cycle, indicator, version, cancellationToken))
            {
                same.Add((indicator, version));
            }
        }

        return rows.Where(row => same.Contains((row.Indicator, row.Version))).ToLookup(row => row.Id, row => (row.Indicator, row.Value));
    }

    private static async Task<bool> IsSameAsync(
        NpgsqlConnection connection, ProgrammeShelf programmes, CycleFacts cycle, string indicator, string version, CancellationToken cancellationToken)
    {
        var then = (await programmes.FindAsync(connection, cycle.Formulas.Programme.Key, version, cancellationToken))?.Programme.Indicators.FirstOrDefault(i => i.Id == indicator);
        var now = cycle.Formulas.Programme.Indicators.FirstOrDefault(i => i.Id == indicator);
        return then is not null && now is not null && !DefinitionHistory.Differs(then, now);
    }

    private static async Task<ILookup<Guid, (string Module, JsonElement Values)>> EarlierAsync(
        NpgsqlConnection connection, ProgrammeShelf programmes, CycleFacts cycle, Guid[] schools, CancellationToken cancellationToken)
    {
        var rows = new List<(Guid Id, string Module, JsonElement Values, string Version)>();
        await RowsAsync(connection, ValuesBefore, row => rows.Add((row.GetGuid(0), row.GetString(1), row.GetFieldValue<JsonElement>(2), row.GetString(3))), cancellationToken, cycle.Id, schools);
        var read = new List<(Guid Id, string Module, JsonElement Values)>();
        foreach (var (id, key, values, version) in rows)
        {
            var then = (await programmes.FindAsync(connection, cycle.Formulas.Programme.Key, version, cancellationToken))?.Programme.Module(key);
            if (then is not null && cycle.Formulas.Programme.Module(key) is { } now)
            {
                read.Add((id, key, FieldVersions.Read(then, now, values)));
            }
        }

        return read.ToLookup(row => row.Id, row => (row.Module, row.Values));
    }

    private static Dictionary<string, IReadOnlyDictionary<string, double>> TypedOf(Programme programme, IEnumerable<(string Module, JsonElement Values)> modules) => modules
        .Select(one => (Module: programme.Module(one.Module), one.Values)).Where(one => one.Module is not null)
        .ToDictionary(one => one.Module!.Key, one => TypedNumbers.Of(one.Module!, one.Values));

    private static Dictionary<string, decimal> Of(ILookup<Guid, (string Indicator, decimal Value)> values, Guid school) => values[school].ToDictionary(one => one.Indicator, one => one.Value);

    private static async Task RowsAsync(NpgsqlConnection connection, string sql, Action<NpgsqlDataReader> take, CancellationToken cancellationToken, params object[] parameters)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 120 };
        foreach (var parameter in parameters)
        {
            command.Parameters.AddWithValue(parameter);
        }

        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            take(reader);
        }
    }
}
