using System.Text.Json;
using Gengdu.Contracts.Analytics.V1;
using Gengdu.Messaging;
using Npgsql;

namespace Gengdu.Analytics.Quality;

/// <summary>Writes what was judged where it differs from what is stored, and tells of the scores that changed, in the caller's transaction.</summary>
internal static class QualityStore
{
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull };
    private const int SchoolsInOneEvent = 500;

    private const string Expected = """
        with expected as (
          select id, score, parts, findings, string_to_array(suspicions, ',') as suspicions, string_to_array(digits, ',')::int[] as digits
          from unnest($2::uuid[], $3::int[], $4::jsonb[], $5::jsonb[], $6::text[], $7::text[]) as e(id, score, parts, findings, suspicions, digits))
        """;

    // One without a score has no row until it had one.
    private const string Store = Expected + """
        , old as (select organisation_id, score, suspicions from school_quality where cycle_id = $1 and organisation_id = any($2)),
        stored as (
          insert into school_quality as q (cycle_id, organisation_id, score, parts, findings, suspicions, digits, version, assessed_at)
          select $1, e.id, e.score, e.parts, e.findings, e.suspicions, e.digits, 1, $8 from expected e
          where e.score is not null or exists (select from old o where o.organisation_id = e.id)
          order by e.id
          on conflict (cycle_id, organisation_id) do update set score = excluded.score, parts = excluded.parts, findings = excluded.findings,
            suspicions = excluded.suspicions, digits = excluded.digits, version = q.version + 1, assessed_at = excluded.assessed_at
          where (q.score, q.parts, q.findings, q.suspicions, q.digits) is distinct from (excluded.score, excluded.parts, excluded.findings, excluded.suspicions, excluded.digits)
          returning organisation_id, score, suspicions, version)
        select s.organisation_id, s.score, s.suspicions, s.version from stored s left join old o on o.organisation_id = s.organisation_id
        where o.organisation_id is null or (o.score, o.suspicions) is distinct from (s.score, s.suspicions) order by 1
        """;

    private const string StorePlace = """
        insert into place_quality as p (cycle_id, path, due, scored, score_sum, bands, suspected, digits, assessed_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        on conflict (cycle_id, path) do update set due = excluded.due, scored = excluded.scored, score_sum = excluded.score_sum, bands = excluded.bands,
          suspected = excluded.suspected, digits = excluded.digits, assessed_at = excluded.assessed_at
        where (p.due, p.scored, p.score_sum, p.bands, p.suspected, p.digits)
          is distinct from (excluded.due, excluded.scored, excluded.score_sum, excluded.bands, excluded.suspected, excluded.digits)
        """;

    private const string Differing = Expected + """
        select (select count(*) from expected e left join school_quality q on q.cycle_id = $1 and q.organisation_id = e.id
            where (e.score is not null or q.organisation_id is not null)
              and (q.organisation_id is null or (q.score, q.parts, q.findings, q.suspicions, q.digits) is distinct from (e.score, e.parts, e.findings, e.suspicions, e.digits)))
          + (select count(*) from (select $8::text as path) e left join place_quality p on p.cycle_id = $1 and p.path = e.path
            where coalesce(p.due, 0) <> $9 or coalesce(p.scored, 0) <> $10 or coalesce(p.score_sum, 0) <> $11 or p.bands is distinct from $12::int[] or p.suspected is distinct from $13::int[] or p.digits is distinct from $14::int[])
        """;

    /// <returns>Whether anybody has to be told.</returns>
    public static async Task<bool> WriteAsync(
        NpgsqlConnection connection, PlaceQuality place, IReadOnlyList<AssessedSchool> schools, CancellationToken cancellationToken)
    {
        var changed = new List<SchoolQualityScore>();
        await using (var command = Command(connection, Store, place.CycleId, schools))
        {
            command.Parameters.AddWithValue(place.AssessedAt);
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
            {
                changed.Add(new() { OrganisationId = reader.GetGuid(0), Score = reader.IsDBNull(1) ? null : reader.GetInt32(1), Suspicions = reader.GetFieldValue<string[]>(2), Version = reader.GetInt64(3) });
            }
        }

        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(schools.Count == 0
            ? new("delete from place_quality where cycle_id = $1 and path = $2") { Parameters = { new() { Value = place.CycleId }, new() { Value = place.Path } } }
            : new(StorePlace)
            {
                Parameters =
                {
                    new() { Value = place.CycleId }, new() { Value = place.Path }, new() { Value = place.Due }, new() { Value = place.Scored }, new() { Value = place.ScoreSum },
                    new() { Value = place.Bands }, new() { Value = place.Suspected }, new() { Value = place.Digits }, new() { Value = place.AssessedAt },
                },
            });
        foreach (var some in changed.Chunk(SchoolsInOneEvent))
        {
            var told = OutboxMessage.For(new SchoolQualityAssessed { CycleId = place.CycleId, Method = Assessment.Method, AssessedAt = place.AssessedAt, Schools = some }, place.AssessedAt);
            batch.BatchCommands.Add(new("insert into outbox_messages (id, type, body, trace_parent, not_before, attempts) values ($1, $2, $3, null, $4, 0)")
            { Parameters = { new() { Value = told.Id }, new() { Value = told.Type }, new() { Value = told.Body }, new() { Value = told.NotBefore } } });
        }

        await batch.ExecuteNonQueryAsync(cancellationToken);
        return changed.Count > 0;
    }

    /// <summary>How many rows are not what they should be.</summary>
    public static async Task<int> DifferingAsync(NpgsqlConnection connection, PlaceQuality place, IReadOnlyList<AssessedSchool> schools, CancellationToken cancellationToken)
    {
        await using var command = Command(connection, Differing, place.CycleId, schools);
        foreach (var value in new object[] { place.Path, place.Due, place.Scored, place.ScoreSum, place.Bands, place.Suspected, place.Digits })
        {
            command.Parameters.AddWithValue(value);
        }

        return (int)(long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    private static NpgsqlCommand Command(NpgsqlConnection connection, string sql, Guid cycleId, IReadOnlyList<AssessedSchool> schools) => new(sql, connection)
    {
        CommandTimeout = 120,
        Parameters =
        {
            new() { Value = cycleId },
            new() { Value = schools.Select(school => school.OrganisationId).ToArray() },
            new() { Value = schools.Select(school => school.Score).ToArray() },
            new() { Value = schools.Select(school => JsonSerializer.Serialize(school.Parts, Json)).ToArray() },
            new() { Value = schools.Select(school => JsonSerializer.Serialize(school.Findings, Json)).ToArray() },
            new() { Value = schools.Select(school => string.Join(',', school.Suspicions)).ToArray() },
            new() { Value = schools.Select(school => string.Join(',', school.Digits)).ToArray() },
        },
    };
}
