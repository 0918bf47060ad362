using Gengdu.Audit;
using Gengdu.Organisations;
using Gengdu.Reporting.Data;
using Gengdu.Reporting.Reports;
using Gengdu.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Gengdu.Reporting.DeadlineRoom;

/// <param name="Kind">unsigned, not-begun, empty, errors, silent, or missing for all of them.</param>
/// <param name="OrganisationId">Only below this city or county; left out: the caller's own place.</param>
/// <param name="Hours">For silent: since when nothing was saved; left out: a day.</param>
internal sealed record StuckFilter(string Kind, Guid? OrganisationId = null, int? Hours = null);

/// <summary>Says in which list it stands, but not how many errors it has: what is unfinished is the school's own.</summary>
/// <param name="ReportId">The report.</param>
/// <param name="Organisation">The school.</param>
/// <param name="Due">Modules owed.</param>
/// <param name="Signed">Of those.</param>
/// <param name="Ready">Checked, waiting for the signature.</param>
/// <param name="Untouched">In which nothing was typed.</param>
/// <param name="SavedAt">When the school last saved something; null: never.</param>
/// <param name="ExtendedUntil">Its own extension.</param>
internal sealed record StuckReport(
    Guid ReportId, ReportOrganisation Organisation, int Due, int Signed, int Ready, int Untouched, DateTimeOffset? SavedAt, DateTimeOffset? ExtendedUntil);

/// <summary>The schools behind a figure of the deadline room.</summary>
internal static class ListStuck
{
    private static readonly Dictionary<string, string> Kinds = new(StringComparer.Ordinal)
    {
        ["missing"] = "s.signed < s.due",
        ["unsigned"] = "s.ready > 0",
        ["not-begun"] = "s.untouched = s.due",
        ["empty"] = "s.untouched > 0 and s.untouched < s.due",
        ["errors"] = "s.errors >= $4",
        ["silent"] = "s.signed < s.due and s.untouched < s.due and s.saved_at < $5",
    };

    public static async Task<Results<Ok<Page<StuckReport>>, ProblemHttpResult>> HandleAsync(
        Guid id, [AsParameters] StuckFilter filter, [AsParameters] PageRequest page, Caller caller, Database database, ReportingDbContext db, AuditTrail trail,
        IOptions<RoomOptions> options, TimeProvider clock, CancellationToken cancellationToken)
    {
        var (place, problem) = await RoomPlace.FindAsync(id, filter.OrganisationId, caller, db, cancellationToken);
        if (place is null)
        {
            return problem!.ToHttpResult();
        }

        if (!Kinds.TryGetValue(filter.Kind, out var condition) || filter.Hours is < 1 or > 720)
        {
            return GeneralProblems.BadRequest($"kind={filter.Kind[..Math.Min(filter.Kind.Length, 40)]}, hours={filter.Hours}").ToHttpResult();
        }

        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var command = new NpgsqlCommand($"""
            select r.id, r.organisation_id, r.code, r.name_zh, r.name_en, r.organisation_path, s.due, s.signed, s.ready, s.untouched, s.saved_at, r.extended_until, count(*) over ()
            from (select r.id, {RoomReader.Counts} from reports r join module_reports m on m.report_id = r.id where r.cycle_id = $1 and r.level = 'school' and r.exempted_at is null and r.organisation_path >= $2 and r.organisation_path < $3 group by r.id) s
            join reports r on r.id = s.id where {condition} and $4::int is not null and $5::timestamptz is not null
            order by r.organisation_path, r.id limit {page.Size()} offset {page.Skip()}
            """, connection)
        {
            CommandTimeout = Budgets.StatementSeconds,
            Parameters =
            {
                new() { Value = id }, new() { Value = place.Path }, new() { Value = place.Path[..^1] + "0" }, new() { Value = options.Value.ManyErrors },
                new() { Value = clock.GetUtcNow().AddHours(-(filter.Hours ?? options.Value.SilentHours)) },
            },
        };
        var (found, total) = (new List<StuckReport>(), 0L);
        await using (var row = await command.ExecuteReaderAsync(cancellationToken))
        {
            while (await row.ReadAsync(cancellationToken))
            {
                found.Add(new(
                    row.GetGuid(0), new(row.GetGuid(1), row.GetString(2), row.GetString(3), row.GetString(4), row.GetString(5)), (int)row.GetInt64(6), (int)row.GetInt64(7), (int)row.GetInt64(8),
                    (int)row.GetInt64(9), row.IsDBNull(10) ? null : row.GetFieldValue<DateTimeOffset>(10), row.IsDBNull(11) ? null : row.GetFieldValue<DateTimeOffset>(11)));
                total = row.GetInt64(12);
            }
        }

        await trail.SawAsync("stuck-report", null, place.Path, found.Count, new { cycleId = id, filter.Kind, filter.Hours, page = page.Number() });
        return TypedResults.Ok(new Page<StuckReport>(found, page.Number(), page.Size(), (int)total));
    }
}
