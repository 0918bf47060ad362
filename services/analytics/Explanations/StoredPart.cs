using Gengdu.Analytics.Dashboards;
using Gengdu.Analytics.Figures;
using Gengdu.Rules;
using Gengdu.ServiceDefaults;
using Npgsql;

namespace Gengdu.Analytics.Explanations;

/// <summary>What the tables have of one school's part of an indicator: the row, the median beside it, the revisions it was made of.</summary>
internal sealed record StoredPart(IReadOnlyList<ParentResponse> Parents, SchoolIndicator? Outcome, double? Median, IReadOnlyList<ReadModuleResponse> Revisions)
{
    public static async Task<StoredPart> ReadAsync(
        NpgsqlConnection connection, DashboardHead place, ReportingSchool school, string indicator, Guid cycleId, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(connection) { Timeout = Budgets.StatementSeconds };
        batch.BatchCommands.Add(place.ParentsCommand());
        batch.BatchCommands.Add(new("""
            select s.numerator, s.denominator, s.reason, s.approved, s.as_of, f.median from school_indicators s
            left join node_figures f on f.cycle_id = $1 and f.path = s.node_path and f.indicator = s.indicator
            where s.cycle_id = $1 and s.node_path = $2 and s.indicator = $3 and s.organisation_id = $4
            """)
        { Parameters = { new() { Value = cycleId }, new() { Value = school.NodePath }, new() { Value = indicator }, new() { Value = school.OrganisationId } } });
        batch.BatchCommands.Add(new("""
            select v.module_key, v.module_report_id, v.revision, v.state, v.on_time, v.submitted_at, case when v.state <> 'submitted' then v.reviewed_at end,
              coalesce(v.programme_version, c.programme_version)
            from module_values v join cycles c on c.id = v.cycle_id where v.cycle_id = $1 and v.organisation_id = $2 and v.revision > 0
            """)
        { Parameters = { new() { Value = cycleId }, new() { Value = school.OrganisationId } } });
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        var parents = await DashboardHead.ReadParentsAsync(reader, cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        SchoolIndicator? outcome = null;
        double? median = null;
        if (await reader.ReadAsync(cancellationToken))
        {
            decimal? Number(int column) => reader.IsDBNull(column) ? null : reader.GetDecimal(column);
            outcome = new()
            {
                CycleId = cycleId, NodePath = school.NodePath, Indicator = indicator, OrganisationId = school.OrganisationId, Path = school.Path,
                Numerator = Number(0), Denominator = Number(1), Reason = reader.IsDBNull(2) ? null : reader.GetString(2), Approved = reader.GetBoolean(3),
                AsOf = reader.IsDBNull(4) ? null : reader.GetFieldValue<DateTimeOffset>(4),
            };
            median = reader.IsDBNull(5) ? null : reader.GetDouble(5);
        }

        await reader.NextResultAsync(cancellationToken);
        var revisions = new List<ReadModuleResponse>();
        while (await reader.ReadAsync(cancellationToken))
        {
            revisions.Add(new(
                reader.GetString(0), new("", ""), reader.GetGuid(1), reader.GetInt32(2), reader.GetString(3), reader.IsDBNull(4) ? null : reader.GetBoolean(4),
                reader.GetFieldValue<DateTimeOffset>(5), reader.IsDBNull(6) ? null : reader.GetFieldValue<DateTimeOffset>(6), reader.GetString(7)));
        }

        return new(parents, outcome, median, revisions);
    }

    /// <summary>The revision of a module, or that there is none yet.</summary>
    public ReadModuleResponse Module(string key, Programme programme)
    {
        var name = DefinitionResponse.Both(programme.Module(key)!.Name)!;
        return Revisions.FirstOrDefault(revision => revision.Key == key) is { } found ? found with { Name = name }
            : new(key, name, null, null, SchoolIndicator.NotSubmitted, null, null, null, null);
    }
}
