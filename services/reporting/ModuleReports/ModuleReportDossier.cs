using System.Data.Common;
using System.Globalization;
using System.Text.Json;
using Gengdu.Audit;
using Gengdu.Organisations;
using Gengdu.Reporting.Cycles;
using Gengdu.Reporting.ModuleReports.Values;
using Gengdu.Reporting.ModuleReports.Versions;
using Gengdu.Reporting.Outages;
using Gengdu.Reporting.Programmes;
using Gengdu.Reporting.Reports;
using Gengdu.Rules;
using Gengdu.ServiceDefaults;
using Npgsql;

namespace Gengdu.Reporting.ModuleReports;

/// <summary>
/// A module report with everything a decision about it needs: its report, the window of its cycle, the values other modules
/// lend to its rules, the compiled programme. One round trip (ADR 0008).
/// </summary>
internal sealed record ModuleReportDossier(
    ModuleReport ModuleReport, Report Report, CycleHead Cycle, CollectionWindow Window, JsonElement Related, Programme Programme, Module Module,
    JsonElement? Previous, Comparisons Comparisons, StoredReceipt? Receipt)
{
    private const string Sql = $$"""
        select {{ModuleReport.Columns}},
          r.number, r.level, r.code, r.name_zh, r.name_en, r.parent_code, r.school_type, r.urban_rural, r.run_by, r.grades, r.module_keys, r.extended_until,
          c.state, c.opens_at, case r.level when 'county' then c.county_deadline when 'city' then c.city_deadline when 'province' then c.province_deadline else c.school_deadline end,
          c.grace_minutes, c.region, c.period_key, c.academic_year, c.period_start, c.period_end, c.fiscal_year, c.programme_key, c.programme_version,
          (select jsonb_object_agg(s.module_key, s.values) from module_reports s where s.report_id = m.report_id and s.module_key = any(coalesce($4, m.reads))),
          k.fingerprint, v.receipt_number, v.module_report_id, v.number, v.submitted_at, v.content_hash, v.on_time,
          p.values, p.programme_version, v.check_code, v.statement_version,
          {{ModuleReport.VersionColumns}}, r.exempted_at, {{OutageRows.Column}} as outages, c.opened_with, c.version_required_by,
          case when c.opened_with is not null then (select jsonb_object_agg(s.module_key, s.programme_version) from module_reports s
            where s.report_id = m.report_id and s.module_key = any(coalesce($4, m.reads)) and s.programme_version is not null) end as related_versions,
          {{Comparisons.Columns}}
        from module_reports m join reports r on r.id = m.report_id join cycles c on c.id = m.cycle_id
        left join submission_keys k on k.person_id = $2 and k.key = $3
        left join revisions v on v.module_report_id = k.module_report_id and v.number = k.revision
        left join lateral ({{EarlierCycles.Sql}} limit 1) p on true
        where m.id = $1
        """;

    /// <summary>The stored values with the master data of the roster filled in.</summary>
    public string Values { get; } = Prefill.Complete(ModuleReport.Values, Module, Report);

    /// <param name="database">Inside a request it finds what the caller may see.</param>
    /// <param name="catalogue">Compiled programmes.</param>
    /// <param name="id">The module report.</param>
    /// <param name="key">For a submission: who sends which key, to find the receipt it already has.</param>
    /// <param name="cancellationToken">Ends with the request.</param>
    /// <returns>null when there is no such module report.</returns>
    public static Task<ModuleReportDossier?> FindAsync(
        Database database, ProgrammeCatalogue catalogue, Guid id, (Guid PersonId, string Key)? key, CancellationToken cancellationToken) =>
        FindAsync(database, catalogue, id, key, with: null, cancellationToken);

    /// <summary>The same as if it were on another version of the programme.</summary>
    public static Task<ModuleReportDossier?> FindWithAsync(Database database, ProgrammeCatalogue catalogue, ModuleReport moduleReport, Programme with, CancellationToken cancellationToken) =>
        FindAsync(database, catalogue, moduleReport.Id, key: null, (with, [.. with.Module(moduleReport.ModuleKey)!.RelatedModules]), cancellationToken);

    private static async Task<ModuleReportDossier?> FindAsync(
        Database database, ProgrammeCatalogue catalogue, Guid id, (Guid PersonId, string Key)? key, (Programme Programme, string[] Reads)? with, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var command = new NpgsqlCommand(Sql, connection) { CommandTimeout = Budgets.StatementSeconds };
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = id });
        command.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Uuid, Value = key is { } sender ? sender.PersonId : DBNull.Value });
        command.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text, Value = key is { } sent ? sent.Key : DBNull.Value });
        command.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Array | NpgsqlTypes.NpgsqlDbType.Text, Value = with is { } other ? other.Reads : DBNull.Value });
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
        var exempted = row.GetOrdinal("exempted_at");
        window = window with { ExemptedAt = row.IsDBNull(exempted) ? null : row.GetFieldValue<DateTimeOffset>(exempted), Outages = OutageRows.Read(row) };
        var related = row.IsDBNull(46) ? JsonElement.Parse("{}") : JsonElement.Parse(row.GetString(46));
        var receipt = row.IsDBNull(47) ? null : new StoredReceipt(row.GetString(47), new(
            row.GetString(48), row.GetGuid(49), row.GetInt32(50), row.GetFieldValue<DateTimeOffset>(51), row.GetString(52), row.GetBoolean(53),
            row.IsDBNull(56) ? null : row.GetString(56), row.IsDBNull(57) ? null : row.GetString(57)));
        var programme = with?.Programme ?? await catalogue.GetAsync(cycle.ProgrammeKey, moduleReport.ProgrammeVersion ?? cycle.ProgrammeVersion, cancellationToken);
        var module = programme.Module(moduleReport.ModuleKey)!;
        if (row.IsDBNull(row.GetOrdinal("opened_with")) is false)
        {
            related = await RelatedForms.ReadAsync(row, related, cycle, programme, catalogue, cancellationToken);
            window = window with { NewerForm = await RelatedForms.NewerAsync(row, moduleReport, cycle, programme, catalogue, cancellationToken) };
        }

        JsonElement? previous = row.IsDBNull(54) ? null
            : EarlierCycles.ForRules(module, await catalogue.GetAsync(cycle.ProgrammeKey, row.GetString(55), cancellationToken), JsonElement.Parse(row.GetString(54)));
        return new(moduleReport, report, cycle, window, related, programme, module, previous, await Comparisons.ReadAsync(row, report, module, database, cancellationToken), receipt);
    }

    /// <summary>What rules know besides the values, as of a day.</summary>
    public EvaluationContext ContextAt(DateOnly today)
    {
        var year = int.Parse(Cycle.AcademicYear.AsSpan(0, 4), CultureInfo.InvariantCulture);
        return new(Report.ToSchoolContext(), new(today, Cycle.PeriodStart, Cycle.PeriodEnd, new(year, 9, 1), new(year + 1, 8, 31), Cycle.FiscalYear))
        {
            Previous = Previous,
            Parent = Comparisons.Parent,
            Master = Comparisons.Master,
            Peers = Comparisons.Peers,
        };
    }

    /// <summary>Somebody's act on it, for the audit.</summary>
    public AuditAct Audited(Caller caller, string act, object details) => AuditAct.Of(caller, act, ModuleReport.Id, Report.OrganisationPath, details) with
    {
        OrganisationId = Report.OrganisationId,
    };

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
