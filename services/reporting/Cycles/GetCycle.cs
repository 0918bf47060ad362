using Gengdu.Organisations;
using Gengdu.Reporting.Data;
using Gengdu.Reporting.Programmes;
using Gengdu.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Reporting.Cycles;

internal static class GetCycle
{
    public static async Task<Results<Ok<CycleResponse>, ProblemHttpResult>> HandleAsync(
        Guid id, Caller caller, ReportingDbContext db, ProgrammeCatalogue catalogue, TimeProvider clock, CancellationToken cancellationToken)
    {
        var cycle = await db.Cycles.VisibleTo(caller).SingleOrDefaultAsync(c => c.Id == id, cancellationToken);
        return cycle is null
            ? GeneralProblems.NotFound.ToHttpResult()
            : TypedResults.Ok(await CycleResponse.From(cycle).WithPreviewAsync(cycle.OrganisationPath, catalogue, db, clock, cancellationToken));
    }
}
