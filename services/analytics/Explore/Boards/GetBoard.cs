using Gengdu.Analytics.Data;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Analytics.Explore.Boards;

internal static class GetBoard
{
    /// <summary>
    /// One's own, or one whose owner shares its link. Whoever may open none of its questions is told nothing of it, its title included: in the
    /// same words as of a board that is not there or not shared.
    /// </summary>
    public static async Task<Results<Ok<BoardResponse>, ProblemHttpResult>> HandleAsync(
        Guid id, Caller caller, Explorer explorer, AnalyticsDbContext db, HttpResponse response, CancellationToken cancellationToken)
    {
        if (await db.Boards.AsNoTracking().FirstOrDefaultAsync(board => board.Id == id && (board.OwnerId == caller.PersonId || board.Shared), cancellationToken) is not { } found)
        {
            return AnalyticsProblems.BoardOutOfReach.ToHttpResult();
        }

        var answer = await BoardResponse.OfAsync(found, caller, explorer, db, cancellationToken);
        if (!answer.Own && answer.Tiles.All(tile => tile.View is null))
        {
            return AnalyticsProblems.BoardOutOfReach.ToHttpResult();
        }

        EntityTag.Set(response, found.Version);
        return TypedResults.Ok(answer);
    }
}
