using System.Text.Json;
using Npgsql;
using NpgsqlTypes;

namespace Gengdu.Reporting.ModuleReports;

/// <summary>
/// All rows of one submission in one statement: the module report moves on only from the version that was read, and only
/// then do the revision, the idempotency key and the outbox row exist. Answers 1 when it took effect, else 0.
/// </summary>
internal static class SubmissionSql
{
    private const string Sql = """
        with moved as (
          update module_reports set state = 'submitted', version = version + 1, values = $3, return = null, errors = $4, warnings = $5, unexplained = $6,
            completion = $7, revision = $8, submitted_at = $9, approved_level = null, review_version = 0
          where id = $1 and version = $2 and state = 'complete' and revision = $8 - 1 returning id),
        signed as (
          insert into revisions (module_report_id, number, values, explanations, results, content_hash, receipt_number, submitted_at, submitted_by, on_time)
          select id, $8, $3, $10, $11, $12, $13, $9, $14, $15 from moved),
        known as (
          insert into submission_keys (person_id, key, fingerprint, module_report_id, revision, created_at) select $14, $16, $17, id, $8, $9 from moved),
        told as (
          insert into outbox_messages (id, type, body, trace_parent, not_before, attempts) select $18, $19, $20, $21, $9, 0 from moved)
        select count(*) from moved
        """;

    public static NpgsqlBatchCommand CommandFor(Submission submission)
    {
        var (moduleReport, expectedVersion, revision, key, message) = submission;
        var command = new NpgsqlBatchCommand(Sql);
        var parameters = command.Parameters;
        parameters.Add(new NpgsqlParameter<Guid> { TypedValue = moduleReport.Id });
        parameters.Add(new NpgsqlParameter<long> { TypedValue = expectedVersion });
        parameters.Add(Json(revision.Values));
        parameters.Add(new NpgsqlParameter<int> { TypedValue = moduleReport.Errors });
        parameters.Add(new NpgsqlParameter<int> { TypedValue = moduleReport.Warnings });
        parameters.Add(new NpgsqlParameter<int> { TypedValue = moduleReport.Unexplained });
        parameters.Add(new NpgsqlParameter<double> { TypedValue = moduleReport.Completion });
        parameters.Add(new NpgsqlParameter<int> { TypedValue = revision.Number });
        parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = revision.SubmittedAt });
        parameters.Add(Json(JsonSerializer.Serialize(revision.Explanations, ModuleReport.Json)));
        parameters.Add(Json(JsonSerializer.Serialize(revision.Results, ModuleReport.Json)));
        parameters.Add(Text(revision.ContentHash));
        parameters.Add(Text(revision.ReceiptNumber));
        parameters.Add(new NpgsqlParameter<Guid> { TypedValue = revision.SubmittedBy });
        parameters.Add(new NpgsqlParameter<bool> { TypedValue = revision.OnTime });
        parameters.Add(Text(key.Key));
        parameters.Add(Text(key.Fingerprint));
        parameters.Add(new NpgsqlParameter<Guid> { TypedValue = message.Id });
        parameters.Add(Text(message.Type));
        parameters.Add(Text(message.Body));
        parameters.Add(Text(message.TraceParent));
        return command;
    }

    private static NpgsqlParameter Json(string json) => new() { NpgsqlDbType = NpgsqlDbType.Jsonb, Value = json };

    private static NpgsqlParameter Text(string? text) => new() { NpgsqlDbType = NpgsqlDbType.Text, Value = (object?)text ?? DBNull.Value };
}
