using Gengdu.Analytics.Data;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Analytics.Maps;

/// <summary>Which map pages show.</summary>
/// <param name="Number">Its shapes are under …/maps/{number}/shapes; null: the cartogram, which needs no approval.</param>
/// <param name="ApprovalNumber">审图号, to be shown beside it.</param>
public sealed record MapInForceResponse(int? Number, string? Title, string? ApprovalNumber, string? Source);

internal static class GetMapInForce
{
    /// <summary>For everyone with a right somewhere.</summary>
    public static async Task<Results<Ok<MapInForceResponse>, ProblemHttpResult>> HandleAsync(Caller caller, AnalyticsDbContext db, CancellationToken cancellationToken)
    {
        if (caller.Rights.Count == 0)
        {
            return GeneralProblems.Forbidden.ToHttpResult();
        }

        var use = await UseMap.InForceAsync(db, cancellationToken);
        return TypedResults.Ok(await UseMap.DescribeAsync(db, use?.Number, cancellationToken));
    }
}
