using System.Text.Json;
using Gengdu.Analytics.Cycles;
using Gengdu.Rules;
using Npgsql;

namespace Gengdu.Analytics.Figures;

/// <summary>An organisation of the roster with the latest revisions it submitted: all that its figures are made of.</summary>
internal sealed class ReportingSchool
{
    public required Guid OrganisationId { get; init; }

    public required string Path { get; init; }

    public required string NodePath { get; init; }

    public required string Level { get; init; }

    public required SchoolContext Context { get; init; }

    public required string[] ModuleKeys { get; init; }

    /// <summary>Nothing is due of it any more (<see cref="ReportExemption"/>).</summary>
    public required bool Exempt { get; init; }

    public Dictionary<string, SubmittedModule> Submitted { get; } = [];

    /// <summary>Roster places and, for the named modules, the submitted values; in order of path. One round trip.</summary>
    public static async Task<IReadOnlyList<ReportingSchool>> LoadAsync(
        NpgsqlConnection connection, Guid cycleId, Guid[] organisationIds, string[] modules, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(connection) { Timeout = 120 };
        batch.BatchCommands.Add(new("""
            select organisation_id, path, node_path, level, code, school_type, urban_rural, run_by, grades, module_keys,
              exists (select from report_exemptions x where x.report_id = roster_entries.report_id)
            from roster_entries where cycle_id = $1 and organisation_id = any($2) order by path
            """)
        { Parameters = { new() { Value = cycleId }, new() { Value = organisationIds } } });
        batch.BatchCommands.Add(new("""
            select organisation_id, module_key, state, greatest(submitted_at, case when state <> 'submitted' then reviewed_at end), values,
              coalesce(programme_version, (select programme_version from cycles where id = $1))
            from module_values where cycle_id = $1 and organisation_id = any($2) and revision > 0 and module_key = any($3)
            """)
        { Parameters = { new() { Value = cycleId }, new() { Value = organisationIds }, new() { Value = modules } } });
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        var schools = new List<ReportingSchool>();
        while (await reader.ReadAsync(cancellationToken))
        {
            schools.Add(Read(reader));
        }

        await reader.NextResultAsync(cancellationToken);
        var byId = schools.ToLookup(school => school.OrganisationId);
        while (await reader.ReadAsync(cancellationToken))
        {
            var submitted = new SubmittedModule(reader.GetString(2), reader.GetFieldValue<DateTimeOffset>(3), reader.GetFieldValue<JsonElement>(4), reader.IsDBNull(5) ? null : reader.GetString(5));
            foreach (var school in byId[reader.GetGuid(0)])
            {
                school.Submitted[reader.GetString(1)] = submitted;
            }
        }

        return schools;
    }

    private static ReportingSchool Read(NpgsqlDataReader reader) => new()
    {
        OrganisationId = reader.GetGuid(0),
        Path = reader.GetString(1),
        NodePath = reader.GetString(2),
        Level = reader.GetString(3),
        Context = new(reader.GetString(4), Text(reader, 5), reader.GetFieldValue<string[]>(8), Text(reader, 6), Text(reader, 7)),
        ModuleKeys = reader.GetFieldValue<string[]>(9),
        Exempt = reader.GetBoolean(10),
    };

    private static string? Text(NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);
}

/// <summary>The latest revision of one module.</summary>
/// <param name="State">Of its review.</param>
/// <param name="AsOf">Its submission or review, whichever is later.</param>
/// <param name="Values">As signed.</param>
/// <param name="ProgrammeVersion">The form they were signed on; null while the cycle has not arrived.</param>
internal sealed record SubmittedModule(string State, DateTimeOffset AsOf, JsonElement Values, string? ProgrammeVersion)
{
    public bool Approved => State is "county-approved" or "city-approved" or "accepted";
}
