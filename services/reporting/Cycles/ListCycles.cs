using Gengdu.Organisations;
using Gengdu.Reporting.Data;
using Gengdu.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Reporting.Cycles;

internal static class ListCycles
{
    public static async Task<Ok<Page<CycleResponse>>> HandleAsync([AsParameters] PageRequest page, Caller caller, ReportingDbContext db, CancellationToken cancellationToken)
    {
        var visible = db.Cycles.VisibleTo(caller);
        var total = await visible.CountAsync(cancellationToken);
        var items = await visible.OrderByDescending(c => c.PeriodStart).ThenByDescending(c => c.Id)
            .Skip(page.Skip()).Take(page.Size()).Select(CycleResponse.Of).ToListAsync(cancellationToken);
        return TypedResults.Ok(new Page<CycleResponse>(items, page.Number(), page.Size(), total));
    }
}
