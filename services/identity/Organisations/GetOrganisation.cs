using Gengdu.Identity.Data;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Identity.Organisations;

internal static class GetOrganisation
{
    public static async Task<Results<Ok<OrganisationResponse>, ProblemHttpResult>> HandleAsync(Guid id, Caller caller, IdentityDbContext db, CancellationToken cancellationToken) =>
        await db.Organisations.Where(o => o.Id == id).VisibleTo(caller, o => o.Path).Select(OrganisationResponse.From).SingleOrDefaultAsync(cancellationToken) is { } found
            ? TypedResults.Ok(found)
            : GeneralProblems.NotFound.ToHttpResult();
}
