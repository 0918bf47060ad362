using System.Text;
using Gengdu.Analytics.Data;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Net.Http.Headers;

namespace Gengdu.Analytics.Maps;

internal static class GetMapShapes
{
    /// <summary>
    /// The outlines of a version, which never change: kept by the browser for a day, and after it asked for by their entity tag. One that is
    /// not in force is for those alone who decide whether it comes to be.
    /// </summary>
    public static async Task<Results<FileContentHttpResult, ProblemHttpResult>> HandleAsync(int number, HttpResponse response, Caller caller, AnalyticsDbContext db, CancellationToken cancellationToken)
    {
        if (caller.Rights.Count == 0)
        {
            return GeneralProblems.Forbidden.ToHttpResult();
        }

        var map = UseMap.MayDecide(caller) || (await UseMap.InForceAsync(db, cancellationToken))?.Number == number
            ? await db.Maps.AsNoTracking().Where(m => m.Number == number).Select(m => new { m.Shapes, m.FileHash }).FirstOrDefaultAsync(cancellationToken)
            : null;
        if (map is null)
        {
            return AnalyticsProblems.UnknownMap.ToHttpResult();
        }

        response.Headers.CacheControl = "private, max-age=86400";
        return TypedResults.File(Encoding.UTF8.GetBytes(map.Shapes), "application/geo+json", entityTag: new EntityTagHeaderValue($"\"{map.FileHash}\""));
    }
}
