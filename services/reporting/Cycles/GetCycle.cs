using Gengdu.Organisations;
using Gengdu.Reporting.Data;
using Gengdu.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Reporting.Cycles;

internal static class GetCycle
{
    public static async Task<Results<Ok<CycleResponse>, ProblemHttpResult>> Handle(Guid id, Caller caller, ReportingDbContext db, CancellationToken cancellationToken) =>
        await db.Cycles.VisibleTo(caller).Where(c => c.Id == id).Select(CycleResponse.Of).SingleOrDefaultAsync(cancellationToken) is { } cycle
            ? TypedResults.Ok(cycle)
            : GeneralProblems.NotFound.ToHttpResult();
}
