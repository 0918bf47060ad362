using Gengdu.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gengdu.Analytics.OpenFigures;

internal static class ListOpenChanges
{
    /// <summary>Which numbers are told otherwise than in the publication before: the old one beside the new one. Empty of the first.</summary>
    public static async Task<Results<Ok<Page<OpenChangeResponse>>, StatusCodeHttpResult, ProblemHttpResult>> HandleAsync(
        Guid cycleId, int number, [AsParameters] PageRequest page, HttpContext http, Database database, CancellationToken cancellationToken)
    {
        if (await OpenPublications.FindAsync(database, cycleId, number, cancellationToken) is not var (publication, _))
        {
            return AnalyticsProblems.NothingPublished.ToHttpResult();
        }

        return http.IsKnown($"{publication.Sha256[..32]}-changes-{page.Number()}-{page.Size()}", forGood: true)
            ? TypedResults.StatusCode(StatusCodes.Status304NotModified)
            : TypedResults.Ok(await OpenChanges.ReadAsync(database, cycleId, number, page, cancellationToken));
    }
}
