using Gengdu.Supervision.Data;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Supervision.Dispatches;

/// <summary>A school of which not everything that it owes has passed the county.</summary>
internal sealed record MissingSchool(Guid ReportId, Guid OrganisationId, string? Code, string? NameZh, string? NameEn, int Owed, int Passed);

/// <summary>Who is missing: the roster against the reviews, at this moment. Exempt schools owe nothing.</summary>
internal static class Missing
{
    /// <summary>How many schools of the county owe something, and those that are not complete.</summary>
    public static async Task<(int Owed, List<MissingSchool> Schools)> OfCountyAsync(this SupervisionDbContext db, Guid cycleId, string county, CancellationToken cancellationToken)
    {
        var end = county[..^1] + "0";
        var schools = await db.Database.SqlQuery<MissingSchool>($"""
            select w.report_id as "ReportId", w.organisation_id as "OrganisationId", o.code as "Code", o.name_zh as "NameZh", o.name_en as "NameEn", cardinality(w.module_keys) as "Owed",
              (select count(*)::int from reviews r where r.report_id = w.report_id and r.module_key = any(w.module_keys) and r.state in ('city-review', 'province-review', 'accepted')) as "Passed"
            from roster w left join organisations o on o.id = w.organisation_id
            where w.cycle_id = {cycleId} and w.level = 'school' and w.exempt_at is null and w.organisation_path >= {county} and w.organisation_path < {end}
              and not exists (select from organisations z where z.path > {county} and z.path < {end} and 'county' = any(z.level_roles) and w.organisation_path ^@ z.path)
            order by o.code, w.report_id
            """).ToListAsync(cancellationToken);
        return (schools.Count, schools.FindAll(school => school.Passed < school.Owed));
    }
}
