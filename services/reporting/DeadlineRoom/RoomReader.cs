using Gengdu.Reporting.Cycles;
using Gengdu.Reporting.Data;
using Gengdu.Reporting.ModuleReports;
using Gengdu.Reporting.Outages;
using Gengdu.Reporting.Reports;
using Gengdu.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Gengdu.Reporting.DeadlineRoom;

/// <summary>Reads the snapshot of a cycle.</summary>
internal static class RoomReader
{
    // A minute that is over is not counted again, but commits take their time: the last ones are.
    private const int MinutesAgain = 3;

    /// <summary>What a report is counted as, from its modules m: said once, for the figures and for the lists behind them.</summary>
    public const string Counts = """
        count(*) as due,
          count(*) filter (where m.state in ('submitted', 'approved', 'accepted')) as signed,
          count(*) filter (where m.state = 'complete') as ready,
          count(*) filter (where m.state = 'not-started') as untouched,
          coalesce(sum(m.errors) filter (where m.state in ('draft', 'returned')), 0) as errors,
          max(m.saved_at) as saved_at
        """;

    /// <summary>The place without its last step. No pattern: those are a third of the whole reading.</summary>
    private const string Node = "left(r.organisation_path, -strpos(reverse(left(r.organisation_path, -1)), '/'))";

    // One pass over the cycle's modules, and their reports joined once.
    private const string Figures = $"""
        select {Node}, count(*) filter (where r.exempted_at is null), count(*) filter (where r.exempted_at is not null),
          count(*) filter (where r.exempted_at is null and s.signed = s.due),
          coalesce(sum(s.due) filter (where r.exempted_at is null), 0), coalesce(sum(s.signed) filter (where r.exempted_at is null), 0),
          count(*) filter (where r.exempted_at is null and s.ready > 0),
          count(*) filter (where r.exempted_at is null and s.untouched = s.due),
          count(*) filter (where r.exempted_at is null and s.untouched > 0 and s.untouched < s.due),
          count(*) filter (where r.exempted_at is null and s.errors >= $3),
          count(*) filter (where r.exempted_at is null and s.signed < s.due and s.untouched < s.due and s.saved_at < $2)
        from (select m.report_id as id, {Counts} from module_reports m where m.cycle_id = $1 group by m.report_id) s
        join reports r on r.id = s.id and r.cycle_id = $1 and r.level = 'school'
        group by 1
        """;

    // Idempotency keys are the one table with an index on the time of a submission; one row each.
    private const string Signed = $"""
        select {Node}, date_trunc('minute', k.created_at), count(*)
        from submission_keys k join module_reports m on m.id = k.module_report_id join reports r on r.id = m.report_id
        where k.created_at >= $2 and m.cycle_id = $1 and r.level = 'school' group by 1, 2
        """;

    private const string Places = "select id, code, name_zh, name_en, path from organisations where level_roles && array['province', 'city', 'county']";

    // System: one reading for everybody who looks. Each is shown the part of a place that is theirs (RoomPlace).
    public static async Task<RoomSnapshot> ReadAsync(Database database, Guid cycleId, RoomSnapshot? before, RoomOptions options, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var connection = await database.System.OpenConnectionAsync(cancellationToken);
        await using var db = ContextOn(connection);
        var cycle = await db.Cycles.SingleAsync(c => c.Id == cycleId, cancellationToken);
        var outages = await db.Outages.Where(o => o.EndedAt >= cycle.OpensAt).ToListAsync(cancellationToken);
        var window = new CollectionWindow(cycle.State, cycle.OpensAt, cycle.SchoolDeadline, TimeSpan.FromMinutes(cycle.GraceMinutes), null) { Outages = outages };
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new(Figures) { Parameters = { new() { Value = cycleId }, new() { Value = now.AddHours(-options.SilentHours) }, new() { Value = options.ManyErrors } } },
                new(Signed) { Parameters = { new() { Value = cycleId }, new() { Value = Since(before, now) } } },
                new(Places),
            },
        };
        await using var row = await batch.ExecuteReaderAsync(cancellationToken);
        var nodes = new List<RoomNode>();
        while (await row.ReadAsync(cancellationToken))
        {
            nodes.Add(new(row.GetString(0), new(Count(1), Count(2), Count(3), Count(4), Count(5), Count(6), Count(7), Count(8), Count(9), Count(10))));
        }

        await row.NextResultAsync(cancellationToken);
        var since = Since(before, now);
        var minutes = before?.Minutes.Where(minute => minute.At < since && minute.At >= now.AddMinutes(-Forecast.Minutes - 1)).ToList() ?? [];
        while (await row.ReadAsync(cancellationToken))
        {
            minutes.Add(new(row.GetString(0), row.GetFieldValue<DateTimeOffset>(1), Count(2)));
        }

        await row.NextResultAsync(cancellationToken);
        var names = new Dictionary<string, ReportOrganisation>(StringComparer.Ordinal);
        while (await row.ReadAsync(cancellationToken))
        {
            names[row.GetString(4)] = new(row.GetGuid(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetString(4));
        }

        return new((before?.Number ?? 0) + 1, cycle, now, window.EndsAt(null), nodes, minutes, names);

        int Count(int column) => (int)row.GetInt64(column);
    }

    private static DateTimeOffset Since(RoomSnapshot? before, DateTimeOffset now) =>
        RoomSnapshot.Floor(before is null || now - before.At > TimeSpan.FromMinutes(MinutesAgain) ? now.AddMinutes(1 - Forecast.Minutes) : now.AddMinutes(-MinutesAgain));

    private static ReportingDbContext ContextOn(NpgsqlConnection connection) =>
        new(new DbContextOptionsBuilder<ReportingDbContext>().UseNpgsql(connection).Options);
}
