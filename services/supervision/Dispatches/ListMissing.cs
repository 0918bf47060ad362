using Gengdu.Audit;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Gengdu.Supervision.Data;
using Gengdu.Supervision.Reviews;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Supervision.Dispatches;

/// <summary>A school of which not everything that it owes has passed its county.</summary>
public sealed record MissingResponse(Guid ReportId, ActingOrganisation Organisation, string? Code, int Owed, int Passed);

/// <summary>Who would have to be named if the county were sent up now.</summary>
internal static class ListMissing
{
    public static async Task<Results<Ok<IReadOnlyList<MissingResponse>>, ProblemHttpResult>> HandleAsync(
        [AsParameters] ListCountiesFilter filter, Caller caller, SupervisionDbContext db, AuditTrail trail, CancellationToken cancellationToken)
    {
        var county = await db.Organisations.AsNoTracking().FirstOrDefaultAsync(o => o.Id == filter.OrganisationId, cancellationToken);
        if (county is null || !caller.Sees(county.Path))
        {
            return GeneralProblems.NotFound.ToHttpResult();
        }

        if (!caller.MayActAs(county.Path, ReviewRoles.Reviewers))
        {
            return GeneralProblems.Forbidden.ToHttpResult();
        }

        var (_, missing) = await db.OfCountyAsync(filter.CycleId, county.Path, cancellationToken);
        await trail.SawAsync("missing", null, county.Path, missing.Count, filter);
        return TypedResults.Ok<IReadOnlyList<MissingResponse>>([.. missing.Select(m => new MissingResponse(m.ReportId, new(m.OrganisationId, m.NameZh, m.NameEn), m.Code, m.Owed, m.Passed))]);
    }
}
