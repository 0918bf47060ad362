using Gengdu.Identity.Data;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Identity.Organisations;

/// <summary>One organisation as it is, closed ones too, or as it was on a day when it existed.</summary>
internal static class GetOrganisation
{
    public static async Task<Results<Ok<OrganisationResponse>, ProblemHttpResult>> HandleAsync(
        Guid id, Caller caller, IdentityDbContext db, HttpResponse response, CancellationToken cancellationToken, DateOnly? on = null)
    {
        var found = on is { } day
            ? await db.On(day, caller).Where(row => row.Present.Id == id).Select(OrganisationResponse.AsOf).SingleOrDefaultAsync(cancellationToken)
            : await db.Organisations.Where(o => o.Id == id).VisibleTo(caller, o => o.Path).Select(OrganisationResponse.From).SingleOrDefaultAsync(cancellationToken);
        if (found is null)
        {
            return GeneralProblems.NotFound.ToHttpResult();
        }

        EntityTag.Set(response, found.Version);
        return TypedResults.Ok(found);
    }
}
