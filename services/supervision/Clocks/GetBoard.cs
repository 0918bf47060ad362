using Gengdu.Audit;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Gengdu.Supervision.Data;
using Gengdu.Supervision.Reviews;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Gengdu.Supervision.Clocks;

/// <summary>Who holds what for how long: one row for the place asked for, then one for each place right below it.</summary>
/// <param name="AsOf">Server time of the figures.</param>
/// <param name="Days">"working": the columns count working days, Asia/Shanghai.</param>
/// <param name="Bands">The columns.</param>
/// <param name="Whole">The place asked for with all below it; the sum of the rows.</param>
/// <param name="Rows">The place's own report, then its children; those with nothing are left out.</param>
public sealed record BoardResponse(Guid CycleId, DateTimeOffset AsOf, string Days, IReadOnlyList<BoardBand> Bands, BoardRow Whole, IReadOnlyList<BoardRow> Rows);

/// <param name="From">First day of the column.</param>
/// <param name="To">Last day; null for the last column.</param>
public sealed record BoardBand(int From, int? To);

/// <param name="HasChildren">Whether there is a board below it.</param>
/// <param name="Exempt">Reports of which nothing is due any more; in no cell.</param>
public sealed record BoardRow(Guid OrganisationId, string? Code, string? NameZh, string? NameEn, bool HasChildren, IReadOnlyList<BoardCell> Cells, int Exempt);

/// <param name="State">Where they stand.</param>
/// <param name="Band">Which column, from 0.</param>
/// <param name="Reports">Reports with modules there, by the oldest of them; the list behind the cell has as many rows.</param>
/// <param name="Modules">Modules of these reports in that state.</param>
/// <param name="Extended">Of the reports, those that have more time now.</param>
public sealed record BoardCell(HeldState State, int Band, int Reports, int Modules, int Extended);

/// <param name="CycleId">Required.</param>
/// <param name="OrganisationId">A place; without it the caller's own.</param>
internal sealed record BoardFilter(Guid CycleId, Guid? OrganisationId);

internal static class GetBoard
{
    private const string Sql = $"""
        with {HeldReports.Sql}, cells as (
          select case when h.path = @root then @root else @root || split_part(substr(h.path, length(@root) + 1), '/', 1) || '/' end as child, h.state,
            (h.since < @e1)::int + (h.since < @e2)::int + (h.since < @e3)::int + (h.since < @e4)::int as band, count(*)::int as reports, sum(h.modules)::int as modules,
            (count(*) filter (where h.extended_until > @now))::int as extended
          from held h group by 1, 2, 3
          union all
          select case when x.organisation_path = @root then @root else @root || split_part(substr(x.organisation_path, length(@root) + 1), '/', 1) || '/' end, null, 0, count(*)::int, 0, 0
          from unnest(@from, @to) s(f, t) join roster x on x.cycle_id = @cycle and x.organisation_path >= s.f and x.organisation_path < s.t where x.exempt_at is not null group by 1
        )
        select c.child as "Path", c.state as "State", c.band as "Band", c.reports as "Reports", c.modules as "Modules", c.extended as "Extended", o.id as "Id", o.code as "Code", o.name_zh as "NameZh", o.name_en as "NameEn",
          coalesce(not 'school' = any(o.level_roles), false) as "HasChildren"
        from cells c left join organisations o on o.path = c.child order by c.child <> @root, o.code, c.child
        """;

    public static async Task<Results<Ok<BoardResponse>, ProblemHttpResult>> HandleAsync(
        [AsParameters] BoardFilter filter, Caller caller, SupervisionDbContext db, AuditTrail trail, TimeProvider clock, CancellationToken cancellationToken)
    {
        var (place, scope, problem) = await BoardPlaces.FindAsync(db, caller, filter.OrganisationId, cancellationToken);
        if (place is null)
        {
            return problem!.ToHttpResult();
        }

        var now = clock.GetUtcNow();
        var found = await db.Database.SqlQueryRaw<Row>(Sql, [.. HeldReports.Of(filter.CycleId, scope), new NpgsqlParameter<string>("root", place.Path), new NpgsqlParameter<DateTimeOffset>("now", now.ToUniversalTime()),
            .. HeldBands.Edges(now).Select((edge, i) => new NpgsqlParameter<DateTimeOffset>($"e{i + 1}", edge))]).ToListAsync(cancellationToken);
        var rows = found.GroupBy(row => row.Path).Select(cells => cells.First() is { Id: { } id } first
            ? new BoardRow(id, first.Code, first.NameZh, first.NameEn, first.HasChildren && first.Path != place.Path, Cells(cells), Exempt(cells))
            // A place that the replica does not know (yet, or any more at that path): its reports are the asked one's.
            : new BoardRow(place.Id, place.Code, place.NameZh, place.NameEn, false, Cells(cells), Exempt(cells))).ToList();
        var whole = found.Where(row => row.State is not null).GroupBy(row => (row.State, row.Band))
            .Select(cells => new BoardCell(HeldStates.Find(cells.Key.State)!.Value, cells.Key.Band, cells.Sum(c => c.Reports), cells.Sum(c => c.Modules), cells.Sum(c => c.Extended)));
        await trail.SawAsync("board", filter.CycleId, place.Path, rows.Count, filter);
        return TypedResults.Ok(new BoardResponse(filter.CycleId, now, "working", [.. HeldBands.From.Select((from, band) => new BoardBand(from, HeldBands.To(band)))],
            new(place.Id, place.Code, place.NameZh, place.NameEn, true, [.. whole.OrderBy(cell => cell.State).ThenBy(cell => cell.Band)], Exempt(found)), rows));
    }

    private static BoardCell[] Cells(IEnumerable<Row> rows) =>
        [.. rows.Where(row => row.State is not null).Select(row => new BoardCell(HeldStates.Find(row.State)!.Value, row.Band, row.Reports, row.Modules, row.Extended))];

    private static int Exempt(IEnumerable<Row> rows) => rows.Where(row => row.State is null).Sum(row => row.Reports);

    /// <param name="State">Null: exempt ones.</param>
    private sealed record Row(string Path, string? State, int Band, int Reports, int Modules, int Extended, Guid? Id, string? Code, string? NameZh, string? NameEn, bool HasChildren);
}
