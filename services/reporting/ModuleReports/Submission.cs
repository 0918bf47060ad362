using System.Text.Json;
using Gengdu.Audit;
using Gengdu.Contracts.Reporting.V1;
using Gengdu.Messaging;
using Gengdu.Reporting.Checks;
using Gengdu.Reporting.ModuleReports.Values;
using Npgsql;
using NpgsqlTypes;

namespace Gengdu.Reporting.ModuleReports;

/// <summary>One decided submission: all rows it writes, none of them before the others.</summary>
internal sealed record Submission(ModuleReport ModuleReport, long ExpectedVersion, Revision Revision, SubmissionKey Key, OutboxMessage Message, AuditPending Act)
{
    // The module report moves on only from the version that was read, and only then do the revision, the idempotency key, the
    // outbox row and the act of the audit (under the message's id) exist. Its values do not change by being signed: the revision copies them, so they are sent only where the
    // roster's master data has been filled in since.
    private const string Sql = """
        with decided as (
          select * from unnest($1::uuid[], $2::bigint[], $3::jsonb[], $4::int[], $5::int[], $6::int[], $7::float8[], $8::int[], $9::timestamptz[], $10::jsonb[], $11::jsonb[],
              $12::text[], $13::text[], $14::uuid[], $15::boolean[], $16::text[], $17::text[], $18::uuid[], $19::text[], $20::text[], $21::text[], $22::bytea[], $23::text[], $24::text[], $25::text[])
            as d(id, expected, values, errors, warnings, unexplained, completion, revision, submitted_at, explanations, results,
              content_hash, receipt_number, submitted_by, on_time, key, fingerprint, message_id, type, body, trace_parent, salt, act, check_code, statement_version)),
        moved as (
          update module_reports m set state = 'submitted', version = m.version + 1, values = coalesce(d.values, m.values), return = null, errors = d.errors,
            warnings = d.warnings, unexplained = d.unexplained, completion = d.completion, revision = d.revision, submitted_at = d.submitted_at, approved_level = null, review_version = 0,
            on_time = coalesce(m.on_time, d.on_time)
          from decided d where m.id = d.id and m.version = d.expected and m.state = 'complete' and m.revision = d.revision - 1
          returning d.message_id, m.values, m.programme_version),
        signed as (
          insert into revisions (module_report_id, number, values, explanations, results, content_hash, receipt_number, submitted_at, submitted_by, on_time, salt, check_code, statement_version, programme_version)
          select d.id, d.revision, m.values, d.explanations, d.results, d.content_hash, d.receipt_number, d.submitted_at, d.submitted_by, d.on_time, d.salt, d.check_code, d.statement_version, m.programme_version from decided d join moved m using (message_id)),
        known as (
          insert into submission_keys (person_id, key, fingerprint, module_report_id, revision, created_at)
          select d.submitted_by, d.key, d.fingerprint, d.id, d.revision, d.submitted_at from decided d join moved m using (message_id)),
        told as (
          insert into outbox_messages (id, type, body, trace_parent, not_before, attempts)
          select d.message_id, d.type, d.body, d.trace_parent, d.submitted_at, 0 from decided d join moved m using (message_id)),
        noted as (
          insert into audit_pending (id, at, body)
          select d.message_id, d.submitted_at, d.act from decided d join moved m using (message_id))
        select message_id from moved
        """;

    /// <summary>Builds the rows after <see cref="ModuleReport.Submit"/> agreed.</summary>
    public static Submission Of(ModuleReportDossier dossier, JsonElement values, Findings findings, Guid by, string key, string fingerprint, DateTimeOffset now)
    {
        var moduleReport = dossier.ModuleReport;
        var explanations = findings.Answered(moduleReport.Explanations);
        var seal = PersonalCells.AnyIn(dossier.Module) ? PersonalSeal.New() : null;
        var revision = new Revision
        {
            ModuleReportId = moduleReport.Id,
            Number = moduleReport.Revision,
            Values = dossier.Values,
            Explanations = explanations,
            Results = findings.Results,
            ContentHash = Receipt.HashOf(dossier, values, explanations, seal),
            ReceiptNumber = Receipt.NumberOf(dossier),
            SubmittedAt = now,
            SubmittedBy = by,
            OnTime = moduleReport.OnTime!.Value,
            Salt = seal?.Salt,
            CheckCode = CheckCode.New(),
            StatementVersion = dossier.Programme.Statement.Version,
        };
        var submissionKey = new SubmissionKey
        {
            PersonId = by,
            Key = key,
            Fingerprint = fingerprint,
            ModuleReportId = moduleReport.Id,
            Revision = revision.Number,
            CreatedAt = now,
        };
        return new(
            moduleReport, moduleReport.Version - 1, revision, submissionKey, OutboxMessage.For(ToModuleReportSubmitted(dossier, revision, values), now),
            AuditPending.For(ToAct(dossier, revision), now));
    }

    private static AuditAct ToAct(ModuleReportDossier dossier, Revision revision) => AuditAct.By(
        revision.SubmittedBy, "module-report.submitted", revision.ModuleReportId, dossier.Report.OrganisationPath,
        new { revision = revision.Number, revision.ReceiptNumber, revision.ContentHash, statement = revision.StatementVersion }) with
    { OrganisationId = dossier.Report.OrganisationId };

    private static ModuleReportSubmitted ToModuleReportSubmitted(ModuleReportDossier dossier, Revision revision, JsonElement values) => new()
    {
        ModuleReportId = revision.ModuleReportId,
        Revision = revision.Number,
        ReportId = dossier.Report.Id,
        CycleId = dossier.Report.CycleId,
        ProgrammeKey = dossier.Programme.Key,
        ProgrammeVersion = dossier.Programme.Version,
        ModuleKey = dossier.Module.Key,
        OrganisationId = dossier.Report.OrganisationId,
        OrganisationPath = dossier.Report.OrganisationPath,
        Level = dossier.Report.Level,
        SubmittedAt = revision.SubmittedAt,
        SubmittedBy = revision.SubmittedBy,
        OnTime = revision.OnTime,
        ReceiptNumber = revision.ReceiptNumber,
        ContentHash = revision.ContentHash,
        Values = PublicValues.Of(dossier.Module, values),
        PersonalCells = PersonalCells.NamesIn(dossier.Module),
        ExplainedWarnings = revision.Results.Count(r => r.Explained),
        Outliers = ModuleReports.Outliers.In(dossier.Module, revision.Results),
    };

    /// <summary>All rows of a group in one statement; it answers with the message ids of those that took effect.</summary>
    public static NpgsqlCommand CommandFor(IReadOnlyList<Submission> group) => new(Sql)
    {
        Parameters =
        {
            Column(group, NpgsqlDbType.Uuid, s => s.ModuleReport.Id),
            Column(group, NpgsqlDbType.Bigint, s => s.ExpectedVersion),
            Column(group, NpgsqlDbType.Jsonb, s => s.ModuleReport.Values == s.Revision.Values ? null : s.Revision.Values),
            Column(group, NpgsqlDbType.Integer, s => s.ModuleReport.Errors),
            Column(group, NpgsqlDbType.Integer, s => s.ModuleReport.Warnings),
            Column(group, NpgsqlDbType.Integer, s => s.ModuleReport.Unexplained),
            Column(group, NpgsqlDbType.Double, s => s.ModuleReport.Completion),
            Column(group, NpgsqlDbType.Integer, s => s.Revision.Number),
            Column(group, NpgsqlDbType.TimestampTz, s => s.Revision.SubmittedAt),
            Column(group, NpgsqlDbType.Jsonb, s => JsonSerializer.Serialize(s.Revision.Explanations, ModuleReport.Json)),
            Column(group, NpgsqlDbType.Jsonb, s => JsonSerializer.Serialize(s.Revision.Results, ModuleReport.Json)),
            Column(group, NpgsqlDbType.Text, s => s.Revision.ContentHash),
            Column(group, NpgsqlDbType.Text, s => s.Revision.ReceiptNumber),
            Column(group, NpgsqlDbType.Uuid, s => s.Revision.SubmittedBy),
            Column(group, NpgsqlDbType.Boolean, s => s.Revision.OnTime),
            Column(group, NpgsqlDbType.Text, s => s.Key.Key),
            Column(group, NpgsqlDbType.Text, s => s.Key.Fingerprint),
            Column(group, NpgsqlDbType.Uuid, s => s.Message.Id),
            Column(group, NpgsqlDbType.Text, s => s.Message.Type),
            Column(group, NpgsqlDbType.Text, s => s.Message.Body),
            Column(group, NpgsqlDbType.Text, s => s.Message.TraceParent),
            Column(group, NpgsqlDbType.Bytea, s => s.Revision.Salt),
            Column(group, NpgsqlDbType.Text, s => s.Act.Body),
            Column(group, NpgsqlDbType.Text, s => s.Revision.CheckCode),
            Column(group, NpgsqlDbType.Text, s => s.Revision.StatementVersion),
        },
    };

    private static NpgsqlParameter Column<T>(IReadOnlyList<Submission> group, NpgsqlDbType type, Func<Submission, T> value) =>
        new() { NpgsqlDbType = NpgsqlDbType.Array | type, Value = group.Select(value).ToArray() };
}
