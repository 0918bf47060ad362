using Gengdu.ServiceDefaults;
using Npgsql;

namespace Gengdu.Analytics.Dashboards;

/// <summary>A school's own part of an indicator with the median beside it.</summary>
internal readonly record struct SchoolFigureRow(
    decimal? Numerator, decimal? Denominator, string? Reason, bool Approved, DateTimeOffset? AsOf, double? Median)
{
    public bool Due => Reason is not ("does-not-apply" or "not-collected" or "exempt");
}

/// <summary>All that a school's dashboard shows, in one round trip.</summary>
internal sealed record SchoolRows(
    IReadOnlyList<ParentResponse> Parents, Completeness Completeness, IReadOnlyList<SchoolModuleResponse> Modules, Dictionary<string, SchoolFigureRow> Figures)
{
    /// <summary>The rows, or null when the organisation owes nothing as a school in this cycle.</summary>
    public static async Task<SchoolRows?> ReadAsync(NpgsqlConnection connection, DashboardHead head, Guid cycleId, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(connection) { Timeout = Budgets.StatementSeconds };
        batch.BatchCommands.Add(head.ParentsCommand());
        batch.BatchCommands.Add(new($"select {Completeness.Columns} from node_completeness n where n.cycle_id = $1 and n.path = $2")
        { Parameters = { new() { Value = cycleId }, new() { Value = head.CyclePath } } });
        batch.BatchCommands.Add(new("""
            select k.key, v.state, v.revision, v.submitted_at
            from roster_entries r cross join lateral unnest(r.module_keys) with ordinality as k(key, position)
            left join module_values v on v.cycle_id = $1 and v.organisation_id = $2 and v.module_key = k.key and v.revision > 0
            where r.cycle_id = $1 and r.organisation_id = $2 and r.level = 'school' order by k.position
            """)
        { Parameters = { new() { Value = cycleId }, new() { Value = head.Organisation.Id } } });
        batch.BatchCommands.Add(new("""
            select s.indicator, s.numerator, s.denominator, s.reason, s.approved, s.as_of, f.median
            from roster_entries r
            join school_indicators s on s.cycle_id = $1 and s.node_path = r.node_path and s.organisation_id = $2
            left join node_figures f on f.cycle_id = $1 and f.path = r.node_path and f.indicator = s.indicator
            where r.cycle_id = $1 and r.organisation_id = $2 and r.level = 'school'
            """)
        { Parameters = { new() { Value = cycleId }, new() { Value = head.Organisation.Id } } });
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        var parents = await DashboardHead.ReadParentsAsync(reader, cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        var completeness = await reader.ReadAsync(cancellationToken) ? Completeness.Read(reader, 0) : Completeness.None;
        await reader.NextResultAsync(cancellationToken);
        var modules = new List<SchoolModuleResponse>();
        while (await reader.ReadAsync(cancellationToken))
        {
            modules.Add(reader.IsDBNull(1)
                ? new(reader.GetString(0), "not-submitted", null, null)
                : new(reader.GetString(0), Shown(reader.GetString(1)), reader.GetInt32(2), reader.GetFieldValue<DateTimeOffset>(3)));
        }

        await reader.NextResultAsync(cancellationToken);
        var figures = new Dictionary<string, SchoolFigureRow>();
        while (await reader.ReadAsync(cancellationToken))
        {
            figures[reader.GetString(0)] = new(
                reader.IsDBNull(1) ? null : reader.GetDecimal(1), reader.IsDBNull(2) ? null : reader.GetDecimal(2), reader.IsDBNull(3) ? null : reader.GetString(3),
                reader.GetBoolean(4), reader.IsDBNull(5) ? null : reader.GetFieldValue<DateTimeOffset>(5), reader.IsDBNull(6) ? null : reader.GetDouble(6));
        }

        return modules.Count == 0 ? null : new(parents, completeness, modules, figures);
    }

    private static string Shown(string state) => state is "county-approved" or "city-approved" ? "approved" : state;
}
