using Gengdu.Analytics.Cycles;
using Gengdu.Analytics.Dashboards;
using Gengdu.Analytics.Programmes;
using Gengdu.Audit;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gengdu.Analytics.Quality;

/// <summary>A school with its score.</summary>
/// <param name="Suspicions">Kinds of findings there are.</param>
public sealed record QualitySchoolResponse(OrganisationResponse Organisation, int Score, IReadOnlyList<string> Suspicions, DateTimeOffset AssessedAt);

internal static class ListQualitySchools
{
    /// <summary>The schools of a place that have a score, the lowest first, one page of them; of one suspicion alone when it is named.</summary>
    public static async Task<Results<Ok<Page<QualitySchoolResponse>>, ProblemHttpResult>> HandleAsync(
        Guid organisationId, Guid cycleId, string? suspicion, [AsParameters] PageRequest page, Caller caller, Database database, ProgrammeShelf programmes, AuditTrail trail, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var (head, problem) = await DashboardHead.ReadNodeAsync(connection, programmes, caller, organisationId, cycleId, cancellationToken);
        if (head is null)
        {
            return problem!.ToHttpResult();
        }

        if (suspicion is not null && !QualityKinds.Suspicious.Contains(suspicion))
        {
            return GeneralProblems.Invalid(new FieldError("suspicion", "option", new("没有这种疑点", "There is no such suspicion"))).ToHttpResult();
        }

        await using var command = new Npgsql.NpgsqlCommand("""
            select o.id, o.code, o.name_zh, o.name_en, o.level_roles, o.path, o.valid_to, x.score, x.suspicions, x.assessed_at, x.total
            from (select q.organisation_id, q.score, q.suspicions, q.assessed_at, (count(*) over ())::int as total, row_number() over (order by q.score, r.path) as place
              from roster_entries r join school_quality q on q.cycle_id = $1 and q.organisation_id = r.organisation_id
              where r.cycle_id = $1 and r.path >= $2 and r.path < $3 and r.level = 'school' and (r.path = any($4) or r.path ^@ any($5))
                and q.score is not null and ($6::text is null or $6 = any(q.suspicions))) x
            join organisations o on o.id = x.organisation_id where x.place > $7 and x.place <= $7 + $8 order by x.place
            """, connection)
        {
            CommandTimeout = Budgets.StatementSeconds,
            Parameters =
            {
                new() { Value = cycleId }, new() { Value = head.CyclePath }, new() { Value = TreePath.End(head.CyclePath) }, new() { Value = caller.OwnPaths() }, new() { Value = caller.SubtreePaths() },
                new() { Value = (object?)suspicion ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text }, new() { Value = page.Skip() }, new() { Value = page.Size() },
            },
        };
        var (items, total) = (new List<QualitySchoolResponse>(), 0);
        await using (var reader = await command.ExecuteReaderAsync(cancellationToken))
        {
            while (await reader.ReadAsync(cancellationToken))
            {
                items.Add(new(DashboardHead.ReadOrganisation(reader), reader.GetInt32(7), reader.GetFieldValue<string[]>(8), reader.GetFieldValue<DateTimeOffset>(9)));
                total = reader.GetInt32(10);
            }
        }

        await connection.DisposeAsync();
        await trail.SawAsync("quality", organisationId, head.CyclePath, items.Count, new { cycleId, suspicion, page = page.Number() });
        return TypedResults.Ok(new Page<QualitySchoolResponse>(items, page.Number(), page.Size(), total));
    }
}
