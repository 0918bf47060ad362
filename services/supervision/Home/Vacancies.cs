using Gengdu.Supervision.Clocks;
using Gengdu.Supervision.Data;
using Gengdu.Supervision.Reviews;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Gengdu.Supervision.Home;

/// <summary>
/// Who is missing for the work of the open cycles: reports that nobody can fill in or sign, levels at which nobody reviews. An
/// administrator learns it before the deadline does.
/// </summary>
internal static class Vacancies
{
    private const string Sql = """
        with owed as (
          select distinct r.organisation_id, r.organisation_path from roster r join cycles c on c.id = r.cycle_id and c.closed_at is null
          where r.organisation_path >= @from and r.organisation_path < @to and r.exempt_at is null
        ), needed as (
          select organisation_id as id, role from owed cross join unnest(array['reporter', 'approver']) role
          union
          select o.id, case l when 'county' then 'county-reviewer' when 'city' then 'city-supervisor' else 'province-owner' end
          from organisations o cross join unnest(o.level_roles) l
          where l <> 'school' and o.path >= @from and o.path < @to and exists (select from owed w where w.organisation_path ^@ o.path)
        ), missing as (
          select n.id, array_agg(n.role order by n.role) as roles from needed n
          where not exists (select from assignments a where a.organisation_id = n.id and a.role = n.role and not a.removed and a.valid_from <= @today and (a.valid_to is null or a.valid_to >= @today))
          group by n.id
        )
        select count(*) over ()::int as "Total", o.id as "Id", o.code as "Code", o.name_zh as "NameZh", o.name_en as "NameEn", o.path as "Path", m.roles as "Roles"
        from missing m join organisations o on o.id = m.id order by o.path limit 100
        """;

    public static async Task<HomeVacancies> UnderAsync(SupervisionDbContext db, string path, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var scope = ReviewScope.Of([path]);
        var found = await db.Database.SqlQueryRaw<Row>(Sql, new NpgsqlParameter<string>("from", scope.From[0]), new NpgsqlParameter<string>("to", scope.To[0]), new NpgsqlParameter<DateOnly>("today", HeldDays.DayOf(now)))
            .ToListAsync(cancellationToken);
        return new(found.Count > 0 ? found[0].Total : 0, [.. found.Select(row => new HomeVacancy(new(row.Id, row.Code, row.NameZh, row.NameEn, row.Path), row.Roles))]);
    }

    private sealed record Row(int Total, Guid Id, string Code, string NameZh, string NameEn, string Path, string[] Roles);
}

/// <param name="Total">Organisations with a role that nobody holds today.</param>
/// <param name="Organisations">The first hundred of them.</param>
public sealed record HomeVacancies(int Total, IReadOnlyList<HomeVacancy> Organisations);

/// <param name="Roles">Those that nobody holds there.</param>
public sealed record HomeVacancy(ReviewOrganisation Organisation, IReadOnlyList<string> Roles);
