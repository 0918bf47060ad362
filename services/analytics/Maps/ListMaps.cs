using Gengdu.Analytics.Data;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Analytics.Maps;

/// <summary>A version of the map with boundaries.</summary>
/// <param name="Number">1, 2, …</param>
/// <param name="ApprovalNumber">审图号.</param>
/// <param name="FileHash">SHA-256 of the file as it was sent.</param>
/// <param name="Places">Counties with an outline.</param>
/// <param name="Points">Of the file.</param>
/// <param name="KeptPoints">Of the shapes that pages get.</param>
/// <param name="InForceSince">Since when all pages show it; null when they do not.</param>
public sealed record MapResponse(
    int Number, string Title, string ApprovalNumber, string Source, string FileHash, long FileBytes, int Places, int Points, int KeptPoints, DateTimeOffset ImportedAt,
    DateTimeOffset? InForceSince)
{
    internal static MapResponse Of(AreaMap m, DateTimeOffset? since) => new(
        m.Number, m.Title, m.ApprovalNumber, m.Source, m.FileHash, m.FileBytes, m.Places, m.Points, m.KeptPoints, m.ImportedAt, since);
}

internal static class ListMaps
{
    private const int Newest = 100;

    /// <summary>Newest first, at most a hundred.</summary>
    public static async Task<Results<Ok<IReadOnlyList<MapResponse>>, ProblemHttpResult>> HandleAsync(Caller caller, AnalyticsDbContext db, CancellationToken cancellationToken)
    {
        if (!UseMap.MayDecide(caller))
        {
            return GeneralProblems.Forbidden.ToHttpResult();
        }

        var use = await UseMap.InForceAsync(db, cancellationToken);
        // Without the shapes, which are most of a row.
        var maps = await db.Maps.AsNoTracking().OrderByDescending(m => m.Number).Take(Newest)
            .Select(m => new MapResponse(
                m.Number, m.Title, m.ApprovalNumber, m.Source, m.FileHash, m.FileBytes, m.Places, m.Points, m.KeptPoints, m.ImportedAt, null)).ToListAsync(cancellationToken);
        return TypedResults.Ok<IReadOnlyList<MapResponse>>([.. maps.Select(map => map.Number == use?.Number ? map with { InForceSince = use.Since } : map)]);
    }
}
