using Gengdu.Reporting.ModuleReports;
using Gengdu.Reporting.Reports;
using Npgsql;
using NpgsqlTypes;

namespace Gengdu.Reporting.Cycles;

/// <summary>Writes a frozen roster with COPY: a whole province is 150,000 rows, and an opening takes seconds.</summary>
internal static class RosterCopy
{
    public static async Task CopyAsync(this NpgsqlConnection connection, Roster roster, CancellationToken cancellationToken)
    {
        await CopyReportsAsync(connection, roster.Reports, cancellationToken);
        await CopyModuleReportsAsync(connection, roster.ModuleReports, cancellationToken);
    }

    private static async Task CopyReportsAsync(NpgsqlConnection connection, IReadOnlyList<Report> reports, CancellationToken cancellationToken)
    {
        await using var copy = await connection.BeginBinaryImportAsync("""
            copy reports (id, cycle_id, organisation_id, organisation_path, level, code, name_zh, name_en, parent_code, school_type, urban_rural, run_by, grades, module_keys)
            from stdin (format binary)
            """, cancellationToken);
        foreach (var report in reports)
        {
            await copy.StartRowAsync(cancellationToken);
            await copy.WriteAsync(report.Id, cancellationToken);
            await copy.WriteAsync(report.CycleId, cancellationToken);
            await copy.WriteAsync(report.OrganisationId, cancellationToken);
            foreach (var text in (ReadOnlySpan<string?>)[report.OrganisationPath, report.Level, report.Code, report.NameZh, report.NameEn, report.ParentCode, report.SchoolType, report.UrbanRural, report.RunBy])
            {
                WriteText(copy, text);
            }

            await copy.WriteAsync(report.Grades, cancellationToken);
            await copy.WriteAsync(report.ModuleKeys, cancellationToken);
        }

        await copy.CompleteAsync(cancellationToken);
    }

    private static async Task CopyModuleReportsAsync(NpgsqlConnection connection, IReadOnlyList<ModuleReport> moduleReports, CancellationToken cancellationToken)
    {
        await using var copy = await connection.BeginBinaryImportAsync("""
            copy module_reports (id, report_id, cycle_id, organisation_id, organisation_path, module_key, reads, state, version, values, explanations,
              errors, warnings, unexplained, completion, revision, review_version)
            from stdin (format binary)
            """, cancellationToken);
        foreach (var module in moduleReports)
        {
            await copy.StartRowAsync(cancellationToken);
            await copy.WriteAsync(module.Id, cancellationToken);
            await copy.WriteAsync(module.ReportId, cancellationToken);
            await copy.WriteAsync(module.CycleId, cancellationToken);
            await copy.WriteAsync(module.OrganisationId, cancellationToken);
            await copy.WriteAsync(module.OrganisationPath, cancellationToken);
            await copy.WriteAsync(module.ModuleKey, cancellationToken);
            await copy.WriteAsync(module.Reads, cancellationToken);
            await copy.WriteAsync(module.State.ToText(), cancellationToken);
            await copy.WriteAsync(module.Version, cancellationToken);
            await copy.WriteAsync(module.Values, NpgsqlDbType.Jsonb, cancellationToken);
            await copy.WriteAsync("[]", NpgsqlDbType.Jsonb, cancellationToken);
            await copy.WriteAsync(module.Errors, cancellationToken);
            await copy.WriteAsync(module.Warnings, cancellationToken);
            await copy.WriteAsync(module.Unexplained, cancellationToken);
            await copy.WriteAsync(module.Completion, cancellationToken);
            await copy.WriteAsync(module.Revision, cancellationToken);
            await copy.WriteAsync(module.ReviewVersion, cancellationToken);
        }

        await copy.CompleteAsync(cancellationToken);
    }

    // A span cannot live across an await; these writes only fill the buffer.
    private static void WriteText(NpgsqlBinaryImporter copy, string? text)
    {
        if (text is null)
        {
            copy.WriteNull();
        }
        else
        {
            copy.Write(text);
        }
    }
}
