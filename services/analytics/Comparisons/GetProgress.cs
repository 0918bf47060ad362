using Gengdu.Analytics.Cycles;
using Gengdu.Analytics.Dashboards;
using Gengdu.Analytics.Explanations;
using Gengdu.Analytics.Figures;
using Gengdu.Analytics.Programmes;
using Gengdu.Audit;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;

namespace Gengdu.Analytics.Comparisons;

/// <summary>Which school has come how far with which module: the grid of a county.</summary>
/// <param name="Modules">Columns: what any of the schools owes, in the programme's order.</param>
/// <param name="Schools">Directly below, by code, as far as the caller may see them.</param>
public sealed record ProgressResponse(OrganisationResponse Organisation, Guid CycleId, IReadOnlyList<ProgressModuleResponse> Modules, IReadOnlyList<ProgressSchoolResponse> Schools);

/// <summary>A column.</summary>
public sealed record ProgressModuleResponse(string Key, Text Name);

/// <summary>A row.</summary>
/// <param name="Exempt">Nothing is due of it any more.</param>
/// <param name="States">One for each column: "not-submitted", "submitted", "returned", "county-approved", "city-approved", "accepted", "withdrawn", "unlocked"; null where it is not owed.</param>
public sealed record ProgressSchoolResponse(Guid Id, string Code, string NameZh, string NameEn, bool Exempt, IReadOnlyList<string?> States);

internal static class GetProgress
{
    // A column of states for each school, as two lists side by side: a row a school, not a row a module.
    private const string Schools = """
        select o.id, o.code, o.name_zh, o.name_en, x.report_id is not null, r.module_keys, v.keys, v.states
        from roster_entries r join organisations o on o.id = r.organisation_id
        left join report_exemptions x on x.report_id = r.report_id
        cross join lateral (select coalesce(array_agg(m.module_key), '{}') as keys, coalesce(array_agg(m.state), '{}') as states
          from module_values m where m.cycle_id = $1 and m.organisation_id = r.organisation_id and m.revision > 0) v
        where r.cycle_id = $1 and r.path >= $2 and r.path < $5 and r.node_path = $2 and r.level = 'school' and (r.path = any($3) or r.path ^@ any($4))
        order by o.code
        """;

    public static async Task<Results<Ok<ProgressResponse>, ProblemHttpResult>> HandleAsync(
        Guid organisationId, Guid cycleId, Caller caller, Database database, ProgrammeShelf programmes, AuditTrail trail, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var (head, problem) = await DashboardHead.ReadNodeAsync(connection, programmes, caller, organisationId, cycleId, cancellationToken);
        if (head is null)
        {
            return problem!.ToHttpResult();
        }

        var progress = await ReadAsync(connection, head, caller, cycleId, cancellationToken);
        await connection.DisposeAsync();
        await trail.SawAsync("dashboard", organisationId, head.CyclePath, progress.Schools.Count, new { cycleId, progress = true });
        return TypedResults.Ok(progress);
    }

    internal static async Task<ProgressResponse> ReadAsync(NpgsqlConnection connection, DashboardHead head, Caller caller, Guid cycleId, CancellationToken cancellationToken)
    {
        var rows = await RowsAsync(connection, head, caller, cycleId, cancellationToken);
        var owed = rows.SelectMany(row => row.Owed).ToHashSet();
        var modules = head.Formulas.Programme.Modules.Where(module => owed.Contains(module.Key)).ToArray();
        return new(
            head.Organisation, cycleId, [.. modules.Select(module => new ProgressModuleResponse(module.Key, DefinitionResponse.Both(module.Name)!))],
            [.. rows.Select(row => row.School with { States = [.. modules.Select(module => row.State(module.Key))] })]);
    }

    private static async Task<IReadOnlyList<Row>> RowsAsync(NpgsqlConnection connection, DashboardHead head, Caller caller, Guid cycleId, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Schools, connection)
        {
            CommandTimeout = Budgets.StatementSeconds,
            Parameters =
            {
                new() { Value = cycleId }, new() { Value = head.CyclePath }, new() { Value = caller.OwnPaths() }, new() { Value = caller.SubtreePaths() },
                new() { Value = TreePath.End(head.CyclePath) },
            },
        };
        var rows = new List<Row>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var states = new Dictionary<string, string>();
            foreach (var (module, state) in reader.GetFieldValue<string[]>(6).Zip(reader.GetFieldValue<string[]>(7)))
            {
                states[module] = state;
            }

            rows.Add(new(
                new(reader.GetGuid(0), reader.GetString(1), reader.GetString(2), reader.GetString(3), reader.GetBoolean(4), []), reader.GetFieldValue<string[]>(5), states));
        }

        return rows;
    }

    private sealed record Row(ProgressSchoolResponse School, string[] Owed, Dictionary<string, string> Submitted)
    {
        public string? State(string module) => !Owed.Contains(module) ? null : Submitted.GetValueOrDefault(module, SchoolIndicator.NotSubmitted);
    }
}
