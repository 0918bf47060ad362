using Gengdu.Reporting.ModuleReports;
using Gengdu.Reporting.Reports;
using Npgsql;
using NpgsqlTypes;

namespace Gengdu.Reporting.Cycles;

/// <summary>
/// Writes a frozen roster some thousands of rows a statement: a whole province is 150,000 rows, and an opening takes seconds.
/// Arrays and not COPY, which Postgres refuses on tables with row-level security.
/// </summary>
internal static class RosterCopy
{
    private const int RowsAtOnce = 5000;

    private const string Reports = """
        insert into reports (id, cycle_id, organisation_id, organisation_path, level, code, name_zh, name_en, parent_code, school_type, urban_rural, run_by, size_class, boarding, grades, module_keys)
        select id, cycle_id, organisation_id, organisation_path, level, code, name_zh, name_en, parent_code, school_type, urban_rural, run_by, size_class, boarding,
          string_to_array(grades, ','), string_to_array(module_keys, ',')
        from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16) with ordinality
          as r(id, cycle_id, organisation_id, organisation_path, level, code, name_zh, name_en, parent_code, school_type, urban_rural, run_by, size_class, boarding, grades, module_keys, place)
        order by place
        """;

    private const string ModuleReports = """
        insert into module_reports (id, report_id, cycle_id, organisation_id, organisation_path, module_key, reads, state, version, values, explanations,
          errors, warnings, unexplained, completion, revision, review_version)
        select id, report_id, cycle_id, organisation_id, organisation_path, module_key, string_to_array(reads, ','), state, version, values, '[]',
          errors, warnings, unexplained, completion, revision, review_version
        from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
          as m(id, report_id, cycle_id, organisation_id, organisation_path, module_key, reads, state, version, values,
            errors, warnings, unexplained, completion, revision, review_version)
        """;

    public static async Task CopyAsync(this NpgsqlConnection connection, Roster roster, CancellationToken cancellationToken)
    {
        foreach (var reports in roster.Reports.Chunk(RowsAtOnce))
        {
            await using var command = ReportsCommand(reports);
            command.Connection = connection;
            await command.ExecuteNonQueryAsync(cancellationToken);
        }

        foreach (var moduleReports in roster.ModuleReports.Chunk(RowsAtOnce))
        {
            await using var command = ModuleReportsCommand(moduleReports);
            command.Connection = connection;
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    private static NpgsqlCommand ReportsCommand(Report[] rows) => new(Reports)
    {
        Parameters =
        {
            Column(rows, NpgsqlDbType.Uuid, r => r.Id),
            Column(rows, NpgsqlDbType.Uuid, r => r.CycleId),
            Column(rows, NpgsqlDbType.Uuid, r => r.OrganisationId),
            Column(rows, NpgsqlDbType.Text, r => r.OrganisationPath),
            Column(rows, NpgsqlDbType.Text, r => r.Level),
            Column(rows, NpgsqlDbType.Text, r => r.Code),
            Column(rows, NpgsqlDbType.Text, r => r.NameZh),
            Column(rows, NpgsqlDbType.Text, r => r.NameEn),
            Column(rows, NpgsqlDbType.Text, r => r.ParentCode),
            Column(rows, NpgsqlDbType.Text, r => r.SchoolType),
            Column(rows, NpgsqlDbType.Text, r => r.UrbanRural),
            Column(rows, NpgsqlDbType.Text, r => r.RunBy),
            Column(rows, NpgsqlDbType.Text, r => r.SizeClass),
            Column(rows, NpgsqlDbType.Text, r => r.Boarding),
            Column(rows, NpgsqlDbType.Text, r => Joined(r.Grades)),
            Column(rows, NpgsqlDbType.Text, r => Joined(r.ModuleKeys)),
        },
    };

    private static NpgsqlCommand ModuleReportsCommand(ModuleReport[] rows) => new(ModuleReports)
    {
        Parameters =
        {
            Column(rows, NpgsqlDbType.Uuid, m => m.Id),
            Column(rows, NpgsqlDbType.Uuid, m => m.ReportId),
            Column(rows, NpgsqlDbType.Uuid, m => m.CycleId),
            Column(rows, NpgsqlDbType.Uuid, m => m.OrganisationId),
            Column(rows, NpgsqlDbType.Text, m => m.OrganisationPath),
            Column(rows, NpgsqlDbType.Text, m => m.ModuleKey),
            Column(rows, NpgsqlDbType.Text, m => Joined(m.Reads)),
            Column(rows, NpgsqlDbType.Text, m => m.State.ToText()),
            Column(rows, NpgsqlDbType.Bigint, m => m.Version),
            Column(rows, NpgsqlDbType.Jsonb, m => m.Values),
            Column(rows, NpgsqlDbType.Integer, m => m.Errors),
            Column(rows, NpgsqlDbType.Integer, m => m.Warnings),
            Column(rows, NpgsqlDbType.Integer, m => m.Unexplained),
            Column(rows, NpgsqlDbType.Double, m => m.Completion),
            Column(rows, NpgsqlDbType.Integer, m => m.Revision),
            Column(rows, NpgsqlDbType.Bigint, m => m.ReviewVersion),
        },
    };

    // An array of arrays would have to be rectangular; the keys of a pack hold no comma (the schemas say so).
    private static string Joined(string[] keys) => string.Join(',', keys);

    private static NpgsqlParameter Column<TRow, T>(TRow[] rows, NpgsqlDbType type, Func<TRow, T> value) =>
        new() { NpgsqlDbType = NpgsqlDbType.Array | type, Value = Array.ConvertAll(rows, row => value(row)) };
}
