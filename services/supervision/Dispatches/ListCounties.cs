using Gengdu.Audit;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Gengdu.Supervision.Data;
using Gengdu.Supervision.Reviews;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Supervision.Dispatches;

/// <param name="CycleId">The cycle.</param>
/// <param name="OrganisationId">Counties of this organisation's subtree.</param>
internal sealed record ListCountiesFilter(Guid CycleId, Guid OrganisationId);

/// <summary>Every county below an organisation: complete, or complete except whom, or not sent up yet.</summary>
internal static class ListCounties
{
    public static async Task<Results<Ok<IReadOnlyList<CountyResponse>>, ProblemHttpResult>> HandleAsync(
        [AsParameters] ListCountiesFilter filter, Caller caller, SupervisionDbContext db, AuditTrail trail, CancellationToken cancellationToken)
    {
        var path = await db.Organisations.Where(o => o.Id == filter.OrganisationId).Select(o => o.Path).FirstOrDefaultAsync(cancellationToken);
        if (path is null || !caller.Sees(path))
        {
            return GeneralProblems.NotFound.ToHttpResult();
        }

        if (!caller.MayActAs(path, ReviewRoles.Reviewers))
        {
            return GeneralProblems.Forbidden.ToHttpResult();
        }

        var counties = await db.Organisations.Under(path, o => o.Path).Where(o => o.LevelRoles.Contains("county")).Select(o => o.Id).ToArrayAsync(cancellationToken);
        var responses = await db.CountiesAsync(caller, filter.CycleId, counties, cancellationToken);
        await trail.SawAsync("dispatch", null, path, responses.Count, filter);
        return TypedResults.Ok(responses);
    }
}
