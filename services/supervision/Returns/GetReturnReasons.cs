using Gengdu.Audit;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Gengdu.Supervision.Clocks;
using Gengdu.Supervision.Data;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Gengdu.Supervision.Returns;

/// <summary>Why forms came back in a cycle: by code, for a place and each place right below it.</summary>
/// <param name="Whole">The place asked for with all below it; the sum of the rows.</param>
/// <param name="Rows">Those with a return, most reasons first.</param>
public sealed record ReturnReasonsResponse(Guid CycleId, ReasonRow Whole, IReadOnlyList<ReasonRow> Rows);

/// <param name="Returns">How often a form was sent back.</param>
/// <param name="Reasons">Each return has one or more.</param>
/// <param name="HasChildren">Whether there is a table below it.</param>
public sealed record ReasonRow(Guid OrganisationId, string? Code, string? NameZh, string? NameEn, bool HasChildren, int Returns, IReadOnlyList<ReasonCount> Reasons);

/// <param name="Code">One of the standard codes.</param>
/// <param name="Count">Reasons with it.</param>
public sealed record ReasonCount(string Code, int Count);

/// <param name="CycleId">Required.</param>
/// <param name="OrganisationId">A place; without it the caller's own.</param>
internal sealed record ReturnReasonsFilter(Guid CycleId, Guid? OrganisationId);

internal static class GetReturnReasons
{
    // Where the form stands now, not who sent it back: a county learns what its schools get wrong, whichever level saw it.
    private const string Sql = """
        with returned as (
          select case when r.organisation_path = @root then @root else @root || split_part(substr(r.organisation_path, length(@root) + 1), '/', 1) || '/' end as child, e.reasons
          from reviews r join review_entries e on e.review_id = r.id and e.act = 'return'
          where r.cycle_id = @cycle and r.organisation_path >= @from and r.organisation_path < @to
        ), counted as (
          select child, null as code, count(*)::int as count from returned group by child
          union all
          select child, x ->> 'code', count(*)::int from returned cross join jsonb_array_elements(reasons) x group by 1, 2
        )
        select c.child as "Path", c.code as "Reason", c.count as "Count", o.id as "Id", o.code as "Code", o.name_zh as "NameZh", o.name_en as "NameEn", coalesce(not 'school' = any(o.level_roles), false) as "HasChildren"
        from counted c left join organisations o on o.path = c.child order by c.child, c.code nulls first
        """;

    public static async Task<Results<Ok<ReturnReasonsResponse>, ProblemHttpResult>> HandleAsync(
        [AsParameters] ReturnReasonsFilter filter, Caller caller, SupervisionDbContext db, AuditTrail trail, CancellationToken cancellationToken)
    {
        var (place, scope, problem) = await BoardPlaces.FindAsync(db, caller, filter.OrganisationId, cancellationToken);
        if (place is null)
        {
            return problem!.ToHttpResult();
        }

        var found = await db.Database.SqlQueryRaw<Row>(Sql, new NpgsqlParameter<Guid>("cycle", filter.CycleId), new NpgsqlParameter<string>("root", place.Path),
            new NpgsqlParameter<string>("from", scope.From[0]), new NpgsqlParameter<string>("to", scope.To[0])).ToListAsync(cancellationToken);
        // A place that the replica does not know (yet, or any more at that path): its returns are the asked one's.
        var rows = found.GroupBy(row => row.Path).Select(cells => cells.First() is { Id: { } id } first
            ? new ReasonRow(id, first.Code, first.NameZh, first.NameEn, first.HasChildren && first.Path != place.Path, Returns(cells), Reasons(cells))
            : new ReasonRow(place.Id, place.Code, place.NameZh, place.NameEn, false, Returns(cells), Reasons(cells))).OrderByDescending(row => row.Reasons.Sum(one => one.Count)).ThenBy(row => row.Code, StringComparer.Ordinal).ToList();
        await trail.SawAsync("return-reason", filter.CycleId, place.Path, rows.Count, filter);
        return TypedResults.Ok(new ReturnReasonsResponse(filter.CycleId, new(place.Id, place.Code, place.NameZh, place.NameEn, true, Returns(found), Reasons(found)), rows));
    }

    private static int Returns(IEnumerable<Row> rows) => rows.Where(row => row.Reason is null).Sum(row => row.Count);

    private static ReasonCount[] Reasons(IEnumerable<Row> rows) =>
        [.. rows.Where(row => row.Reason is not null).GroupBy(row => row.Reason!).Select(same => new ReasonCount(same.Key, same.Sum(row => row.Count))).OrderByDescending(one => one.Count).ThenBy(one => one.Code, StringComparer.Ordinal)];

    /// <param name="Reason">Null: how many returns.</param>
    private sealed record Row(string Path, string? Reason, int Count, Guid? Id, string? Code, string? NameZh, string? NameEn, bool HasChildren);
}
