using Gengdu.Analytics.Data;
using Gengdu.Analytics.OpenFigures;
using Gengdu.Analytics.Recounts;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Analytics.Publications;

internal static class ListDraftChanges
{
    /// <summary>What everybody will find changed since the publication before: for whoever drafts and checks. All of it for the first one would be the file itself, so there is none.</summary>
    public static async Task<Results<Ok<Page<OpenChangeResponse>>, ProblemHttpResult>> HandleAsync(
        Guid id, [AsParameters] PageRequest page, Caller caller, AnalyticsDbContext db, Database database, CancellationToken cancellationToken)
    {
        if (!RebuildFigures.MayRebuild(caller))
        {
            return GeneralProblems.Forbidden.ToHttpResult();
        }

        return await db.Set<PublicationDraft>().AsNoTracking().FirstOrDefaultAsync(draft => draft.Id == id, cancellationToken) is { } found
            ? TypedResults.Ok(await OpenChanges.ReadAsync(database, found.CycleId, found.Number, page, cancellationToken))
            : GeneralProblems.NotFound.ToHttpResult();
    }
}
