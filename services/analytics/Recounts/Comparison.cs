using System.Runtime.CompilerServices;
using Gengdu.Analytics.Cycles;
using Gengdu.Analytics.Figures;
using Gengdu.Analytics.Programmes;
using Npgsql;

namespace Gengdu.Analytics.Recounts;

/// <summary>
/// Every figure of a cycle as it should be by the stored revisions, beside every figure as it is stored. Reads one snapshot of
/// the database: whatever is committed there is facts and figures of the same moment, so nobody is locked out and what differs
/// is wrong.
/// </summary>
internal sealed class Comparison(ProgrammeShelf programmes)
{
    private const int SchoolsAtOnce = 500;
    private const int ExamplesKept = 20;

    /// <param name="connection">In a transaction of repeatable reads.</param>
    /// <param name="cycleId">The cycle.</param>
    /// <param name="progress">Told how many organisations of how many are done; may end it by throwing.</param>
    /// <param name="differing">Takes the schools' rows that have to be written.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Compared> RunAsync(
        NpgsqlConnection connection, Guid cycleId, Func<int, int, Task> progress, Func<IReadOnlyList<SchoolIndicator>, Task> differing, CancellationToken cancellationToken)
    {
        var roster = await RosterAsync(connection, cycleId, cancellationToken);
        var result = new Compared { Organisations = roster.Select(row => row.Id).Distinct().Count() };
        await progress(0, result.Organisations);
        if (await CycleFacts.FindAsync(connection, programmes, cycleId, cancellationToken) is { } cycle)
        {
            result.ProgrammeVersion = cycle.Formulas.Programme.Version;
            var nodes = new ExpectedNodes(cycle.Formulas);
            var (done, types) = (0, roster.ToLookup(row => row.Id, row => row.SchoolType));
            await foreach (var some in CountedAsync(connection, cycle, roster, cancellationToken))
            {
                await CompareAsync(some, types, nodes, result, differing);
                await progress(done += some.Schools, result.Organisations);
            }

            result.Strays = await StraysAsync(connection, cycleId, [.. roster.Select(row => row.NodePath).Distinct()], cancellationToken);
            result.Nodes.AddRange(await nodes.CompareAsync(connection, cycleId, cancellationToken));
            result.Figures += nodes.Count;
        }

        var completeness = new ExpectedCompleteness();
        await completeness.ReadAsync(connection, cycleId, cancellationToken);
        result.Completeness.AddRange(await completeness.CompareAsync(connection, cycleId, cancellationToken));
        result.Figures += completeness.Count;
        result.ModuleReports = await ModuleReportsAsync(connection, cycleId, cancellationToken);
        await progress(result.Organisations, result.Organisations);
        result.Examples.AddRange(result.Nodes.Select(node => $"{node.Indicator} {node.Path}").Concat(result.Completeness.Select(path => $"completeness {path}"))
            .Take(Math.Max(0, ExamplesKept - result.Examples.Count)));
        return result;
    }

    /// <summary>
    /// Some schools after the other: while one lot is worked out by one core, the database reads the next, and what the lot before gave is
    /// compared and set aside.
    /// </summary>
    private async IAsyncEnumerable<Counted> CountedAsync(NpgsqlConnection connection, CycleFacts cycle, List<RosterPlace> roster, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var modules = cycle.Formulas.OfSchools.SelectMany(formula => formula.Indicator.ModulesUsed).Distinct().ToArray();
        Task<Counted>? counting = null;
        foreach (var some in ByNode(roster.Where(row => row.Level == "school")))
        {
            var schools = (await ReportingSchool.LoadAsync(connection, cycle.Id, [.. some.Select(row => row.Id)], modules, cancellationToken)).Where(school => school.Level == "school").ToArray();
            await cycle.ReadAsync(connection, programmes, schools, cancellationToken);
            var stored = await StoredAsync(connection, cycle.Id, [.. some.Select(row => row.NodePath).Distinct()], cancellationToken);
            var before = counting is null ? null : await counting;
            counting = Task.Run(() => new Counted(some.Count, [.. schools.SelectMany(school => SchoolFigures.Of(cycle, school, cycle.Formulas.OfSchools))], stored), cancellationToken);
            if (before is not null)
            {
                yield return before;
            }
        }

        if (counting is not null)
        {
            yield return await counting;
        }
    }

    private static async Task CompareAsync(Counted some, ILookup<Guid, string?> types, ExpectedNodes nodes, Compared result, Func<IReadOnlyList<SchoolIndicator>, Task> differing)
    {
        var wrong = new List<SchoolIndicator>();
        foreach (var row in some.Rows)
        {
            result.Figures++;
            nodes.Add(row, types[row.OrganisationId].FirstOrDefault());
            if (!some.Stored.Remove((row.NodePath, row.OrganisationId, row.Indicator), out var known) || known != Row.Of(row))
            {
                wrong.Add(row);
            }
        }

        // What is left belongs to no school of this place.
        result.Strays += some.Stored.Count;
        result.Schools += wrong.Count;
        result.Examples.AddRange(wrong.Select(row => $"{row.Indicator} {row.Path}").Take(Math.Max(0, ExamplesKept - result.Examples.Count)));
        if (wrong.Count > 0)
        {
            await differing(wrong);
        }
    }

    /// <summary>Whole places together, so that what is stored there is read once, by its index.</summary>
    private static IEnumerable<List<RosterPlace>> ByNode(IEnumerable<RosterPlace> schools)
    {
        var some = new List<RosterPlace>();
        foreach (var place in schools.GroupBy(row => row.NodePath))
        {
            some.AddRange(place);
            if (some.Count >= SchoolsAtOnce)
            {
                yield return some;
                some = [];
            }
        }

        if (some.Count > 0)
        {
            yield return some;
        }
    }

    private static async Task<List<RosterPlace>> RosterAsync(NpgsqlConnection connection, Guid cycleId, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("select organisation_id, path, node_path, level, school_type from roster_entries where cycle_id = $1 order by path", connection);
        command.Parameters.AddWithValue(cycleId);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var rows = new List<RosterPlace>();
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(new(reader.GetGuid(0), reader.GetString(2), reader.GetString(3), reader.IsDBNull(4) ? null : reader.GetString(4)));
        }

        return rows;
    }

    private static async Task<Dictionary<(string NodePath, Guid Id, string Indicator), Row>> StoredAsync(NpgsqlConnection connection, Guid cycleId, string[] nodes, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("""
            select node_path, organisation_id, indicator, path, numerator, denominator, reason, approved, as_of from school_indicators
            where cycle_id = $1 and node_path = any($2)
            """, connection)
        { CommandTimeout = 120, Parameters = { new() { Value = cycleId }, new() { Value = nodes } } };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var rows = new Dictionary<(string, Guid, string), Row>();
        while (await reader.ReadAsync(cancellationToken))
        {
            rows[(reader.GetString(0), reader.GetGuid(1), reader.GetString(2))] = new(
                reader.GetString(3), reader.IsDBNull(4) ? null : reader.GetDecimal(4), reader.IsDBNull(5) ? null : reader.GetDecimal(5), reader.IsDBNull(6) ? null : reader.GetString(6),
                reader.GetBoolean(7), reader.IsDBNull(8) ? null : reader.GetFieldValue<DateTimeOffset>(8));
        }

        return rows;
    }

    private static async Task<int> StraysAsync(NpgsqlConnection connection, Guid cycleId, string[] nodes, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            "select count(*)::int from school_indicators s where s.cycle_id = $1 and not exists (select 1 from unnest($2::text[]) n where n = s.node_path)", connection)
        { CommandTimeout = 120, Parameters = { new() { Value = cycleId }, new() { Value = nodes } } };
        return (int)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    private static async Task<int> ModuleReportsAsync(NpgsqlConnection connection, Guid cycleId, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("select count(*)::int from module_values where cycle_id = $1 and revision > 0", connection);
        command.Parameters.AddWithValue(cycleId);
        return (int)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    private sealed record Counted(int Schools, IReadOnlyList<SchoolIndicator> Rows, Dictionary<(string NodePath, Guid Id, string Indicator), Row> Stored);

    private readonly record struct RosterPlace(Guid Id, string NodePath, string Level, string? SchoolType);

    private readonly record struct Row(string Path, decimal? Numerator, decimal? Denominator, string? Reason, bool Approved, DateTimeOffset? AsOf)
    {
        public static Row Of(SchoolIndicator row) => new(row.Path, row.Numerator, row.Denominator, row.Reason, row.Approved, row.AsOf);
    }
}

/// <summary>What a comparison found.</summary>
internal sealed class Compared
{
    public required int Organisations { get; init; }

    /// <summary>Of the formulas; null while the cycle or its programme has not arrived.</summary>
    public string? ProgrammeVersion { get; set; }

    public int ModuleReports { get; set; }

    /// <summary>How many were compared.</summary>
    public int Figures { get; set; }

    /// <summary>Rows of schools that are another or missing.</summary>
    public int Schools { get; set; }

    /// <summary>Rows of schools that nothing on the roster accounts for.</summary>
    public int Strays { get; set; }

    public List<(string Path, string Indicator)> Nodes { get; } = [];

    public List<string> Completeness { get; } = [];

    public List<string> Examples { get; } = [];

    /// <summary>Scores of quality that are not what they should be; a rebuild has every place judged again.</summary>
    public int Quality { get; set; }

    public int Differences => Schools + Strays + Nodes.Count + Completeness.Count + Quality;
}
