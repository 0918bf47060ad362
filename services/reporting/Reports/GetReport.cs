using Gengdu.Organisations;
using Gengdu.Reporting.Data;
using Gengdu.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Reporting.Reports;

internal static class GetReport
{
    public static async Task<Results<Ok<ReportResponse>, ProblemHttpResult>> HandleAsync(Guid id, Caller caller, ReportingDbContext db, CancellationToken cancellationToken)
    {
        var report = await db.Reports.VisibleTo(caller).SingleOrDefaultAsync(r => r.Id == id, cancellationToken);
        return report is null
            ? GeneralProblems.NotFound.ToHttpResult()
            : TypedResults.Ok((await ReportResponse.OfAsync([report], caller, db, cancellationToken))[0]);
    }
}
