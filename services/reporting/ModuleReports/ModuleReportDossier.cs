using System.Data.Common;
using System.Globalization;
using System.Text.Json;
using Gengdu.Reporting.Cycles;
using Gengdu.Reporting.ModuleReports.Values;
using Gengdu.Reporting.Programmes;
using Gengdu.Reporting.Reports;
using Gengdu.Rules;
using Npgsql;

namespace Gengdu.Reporting.ModuleReports;

/// <summary>
/// A module report with everything a decision about it needs: its report, the window of its cycle, the values other modules
/// lend to its rules, the compiled programme. One round trip (ADR 0008).
/// </summary>
internal sealed record ModuleReportDossier(
    ModuleReport ModuleReport, Report Report, CycleHead Cycle, CollectionWindow Window, JsonElement Related, Programme Programme, Module Module, StoredReceipt? Receipt)
{
    private const string Sql = $$"""
        select {{ModuleReport.Columns}},
          r.number, r.level, r.code, r.name_zh, r.name_en, r.parent_code, r.school_type, r.urban_rural, r.run_by, r.grades, r.module_keys, r.extended_until,
          c.state, c.opens_at, case r.level when 'county' then c.county_deadline when 'city' then c.city_deadline when 'province' then c.province_deadline else c.school_deadline end,
          c.grace_minutes, c.region, c.period_key, c.academic_year, c.period_start, c.period_end, c.fiscal_year, c.programme_key, c.programme_version,
          (select jsonb_object_agg(s.module_key, s.values) from module_reports s where s.report_id = m.report_id and s.module_key = any(m.reads)),
          k.fingerprint, v.receipt_number, v.module_report_id, v.number, v.submitted_at, v.content_hash, v.on_time
        from module_reports m join reports r on r.id = m.report_id join cycles c on c.id = m.cycle_id
        left join submission_keys k on k.person_id = $2 and k.key = $3
        left join revisions v on v.module_report_id = k.module_report_id and v.number = k.revision
        where m.id = $1
        """;

    /// <summary>The stored values with the master data of the roster filled in.</summary>
    public string Values { get; } = Prefill.Complete(ModuleReport.Values, Module, Report);

    /// <param name="dataSource">The service's own pool.</param>
    /// <param name="catalogue">Compiled programmes.</param>
    /// <param name="id">The module report.</param>
    /// <param name="key">For a submission: who sends which key, to find the receipt it already has.</param>
    /// <param name="cancellationToken">Ends with the request.</param>
    /// <returns>null when there is no such module report.</returns>
    public static async Task<ModuleReportDossier?> FindAsync(
        NpgsqlDataSource dataSource, ProgrammeCatalogue catalogue, Guid id, (Guid PersonId, string Key)? key, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var command = new NpgsqlCommand(Sql, connection);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = id });
        command.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Uuid, Value = key is { } sender ? sender.PersonId : DBNull.Value });
        command.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text, Value = key is { } sent ? sent.Key : DBNull.Value });
        // Once a connection: planning these joins costs several times their execution.
        await command.PrepareAsync(cancellationToken);
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        if (!await row.ReadAsync(cancellationToken))
        {
            return null;
        }

        var moduleReport = ModuleReport.Read(row);
        var report = ReadReport(row, moduleReport);
        var (cycle, window) = ReadCycle(row, report.ExtendedUntil);
        var related = row.IsDBNull(46) ? JsonElement.Parse("{}") : JsonElement.Parse(row.GetString(46));
        var receipt = row.IsDBNull(47) ? null : new StoredReceipt(row.GetString(47), new(
            row.GetString(48), row.GetGuid(49), row.GetInt32(50), row.GetFieldValue<DateTimeOffset>(51), row.GetString(52), row.GetBoolean(53)));
        var programme = await catalogue.GetAsync(cycle.ProgrammeKey, cycle.ProgrammeVersion, cancellationToken);
        return new(moduleReport, report, cycle, window, related, programme, programme.Module(moduleReport.ModuleKey)!, receipt);
    }

    /// <summary>What rules know besides the values, as of a day.</summary>
    public EvaluationContext ContextAt(DateOnly today)
    {
        var year = int.Parse(Cycle.AcademicYear.AsSpan(0, 4), CultureInfo.InvariantCulture);
        return new(Report.ToSchoolContext(), new(today, Cycle.PeriodStart, Cycle.PeriodEnd, new(year, 9, 1), new(year + 1, 8, 31), Cycle.FiscalYear));
    }

    private static Report ReadReport(DbDataReader row, ModuleReport moduleReport) => new()
    {
        Id = moduleReport.ReportId,
        CycleId = moduleReport.CycleId,
        OrganisationId = moduleReport.OrganisationId,
        OrganisationPath = moduleReport.OrganisationPath,
        Number = row.GetInt64(22),
        Level = row.GetString(23),
        Code = row.GetString(24),
        NameZh = row.GetString(25),
        NameEn = row.GetString(26),
        ParentCode = Text(row, 27),
        SchoolType = Text(row, 28),
        UrbanRural = Text(row, 29),
        RunBy = Text(row, 30),
        Grades = row.GetFieldValue<string[]>(31),
        ModuleKeys = row.GetFieldValue<string[]>(32),
        ExtendedUntil = row.IsDBNull(33) ? null : row.GetFieldValue<DateTimeOffset>(33),
    };

    private static (CycleHead, CollectionWindow) ReadCycle(DbDataReader row, DateTimeOffset? extendedUntil) => (
        new(row.GetString(38), row.GetString(39), row.GetString(40), row.GetFieldValue<DateOnly>(41), row.GetFieldValue<DateOnly>(42), row.GetInt32(43), row.GetString(44), row.GetString(45)),
        new(Enum.Parse<CycleState>(row.GetString(34), ignoreCase: true), row.GetFieldValue<DateTimeOffset>(35), row.GetFieldValue<DateTimeOffset>(36),
            TimeSpan.FromMinutes(row.GetInt32(37)), extendedUntil));

    private static string? Text(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}

/// <summary>What of a cycle the rules and the receipt need.</summary>
internal sealed record CycleHead(
    string Region, string PeriodKey, string AcademicYear, DateOnly PeriodStart, DateOnly PeriodEnd, int FiscalYear, string ProgrammeKey, string ProgrammeVersion);
