using System.Linq.Expressions;
using Gengdu.Reporting.Data;
using Gengdu.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Reporting.Outages;

/// <param name="Id">The outage.</param>
/// <param name="StartedAt">Since when nobody could submit.</param>
/// <param name="EndedAt">Until when.</param>
/// <param name="GraceMinutes">How much longer the windows it touched stay open.</param>
/// <param name="Noticed">By the service itself; else a person said it.</param>
/// <param name="Reason">What the person said.</param>
internal sealed record OutageResponse(Guid Id, DateTimeOffset StartedAt, DateTimeOffset EndedAt, int GraceMinutes, bool Noticed, string? Reason)
{
    public static readonly Expression<Func<Outage, OutageResponse>> Of = o => new OutageResponse(o.Id, o.StartedAt, o.EndedAt, o.GraceMinutes, o.DeclaredBy == null, o.Reason);

    public static readonly Func<Outage, OutageResponse> From = Of.Compile();
}

/// <summary>When the service was away is no secret: everybody's windows hang on it.</summary>
internal static class ListOutages
{
    public static async Task<Ok<Page<OutageResponse>>> HandleAsync([AsParameters] PageRequest page, ReportingDbContext db, CancellationToken cancellationToken)
    {
        var total = await db.Outages.CountAsync(cancellationToken);
        var items = await db.Outages.OrderByDescending(o => o.EndedAt).ThenBy(o => o.Id).Skip(page.Skip()).Take(page.Size()).Select(OutageResponse.Of).ToListAsync(cancellationToken);
        return TypedResults.Ok(new Page<OutageResponse>(items, page.Number(), page.Size(), total));
    }
}
