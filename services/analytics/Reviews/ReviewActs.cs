using Gengdu.Analytics.Cycles;
using Gengdu.Analytics.Figures;
using Npgsql;

namespace Gengdu.Analytics.Reviews;

/// <summary>One act of review on one revision.</summary>
internal readonly record struct ReviewAct(Guid ModuleReportId, Guid OrganisationId, int Revision, long ReviewVersion);

/// <summary>
/// Keeps the latest act of each module report: a higher revision wins, then a higher version of the review. An act may
/// come before the submission it is about; it then waits in the row.
/// </summary>
internal sealed class ReviewActs(SchoolFigures figures)
{
    private const string Keep = """
        insert into module_values as m (module_report_id, cycle_id, organisation_id, review_revision, review_version, review_state, reviewed_at)
        select a.id, $1, a.organisation_id, a.revision, a.version, $2, $3
        from unnest($4::uuid[], $5::uuid[], $6::int[], $7::bigint[]) as a(id, organisation_id, revision, version)
        on conflict (module_report_id) do update set review_revision = excluded.review_revision, review_version = excluded.review_version,
          review_state = excluded.review_state, reviewed_at = excluded.reviewed_at
        where (m.review_revision, m.review_version) < (excluded.review_revision, excluded.review_version)
        returning organisation_id, module_key
        """;

    public async Task ApplyAsync(
        NpgsqlConnection connection, Guid cycleId, string state, DateTimeOffset at, IEnumerable<ReviewAct> acts, CancellationToken cancellationToken)
    {
        await CycleLock.TakeAsync(connection, [cycleId], cancellationToken);
        var latest = acts.GroupBy(act => act.ModuleReportId).Select(group => group.MaxBy(act => (act.Revision, act.ReviewVersion))).OrderBy(act => act.ModuleReportId).ToArray();
        var changes = new List<Change>();
        await using (var command = new NpgsqlCommand(Keep, connection))
        {
            command.Parameters.AddWithValue(cycleId);
            command.Parameters.AddWithValue(state);
            command.Parameters.AddWithValue(at.ToUniversalTime());
            command.Parameters.AddWithValue(latest.Select(act => act.ModuleReportId).ToArray());
            command.Parameters.AddWithValue(latest.Select(act => act.OrganisationId).ToArray());
            command.Parameters.AddWithValue(latest.Select(act => act.Revision).ToArray());
            command.Parameters.AddWithValue(latest.Select(act => act.ReviewVersion).ToArray());
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
            {
                if (!await reader.IsDBNullAsync(1, cancellationToken))
                {
                    changes.Add(new(reader.GetGuid(0), reader.GetString(1)));
                }
            }
        }

        if (changes.Count > 0)
        {
            await figures.RecountAsync(connection, cycleId, changes, cancellationToken, reviewsAlone: true);
        }
    }
}
