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
        Guid id, HttpContext http, Caller caller, ReportingDbContext db, ProgrammeCatalogue catalogue, TimeProvider clock, CancellationToken cancellationToken)
    {
        var found = await db.Cycles.VisibleTo(caller).Where(c => c.Id == id).Select(c => new { Cycle = c, Tag = EF.Property<uint>(c, "xmin") }).SingleOrDefaultAsync(cancellationToken);
        if (found is null)
        {
            return GeneralProblems.NotFound.ToHttpResult();
        }

        EntityTag.Set(http.Response, found.Tag);
        return TypedResults.Ok(await CycleResponse.From(found.Cycle).WithPreviewAsync(found.Cycle.OrganisationPath, catalogue, db, clock, cancellationToken));
    }
}
