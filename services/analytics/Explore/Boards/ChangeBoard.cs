using Gengdu.Analytics.Data;
using Gengdu.Audit;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Analytics.Explore.Boards;

internal static class ChangeBoard
{
    /// <summary>Another title, other tiles or another order for one's own. A view that is gone may stay where it stands until somebody takes it off.</summary>
    public static async Task<Results<Ok<BoardResponse>, ProblemHttpResult>> HandleAsync(
        Guid id, BoardRequest request, Caller caller, Explorer explorer, AnalyticsDbContext db, HttpContext http, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (await db.Boards.FirstOrDefaultAsync(board => board.Id == id && board.OwnerId == caller.PersonId, cancellationToken) is not { } found)
        {
            return GeneralProblems.NotFound.ToHttpResult();
        }

        var allowed = await BoardResponse.AllowedAsync(db, caller, cancellationToken);
        allowed.UnionWith(found.Tiles.Select(tile => tile.ViewId));
        if ((Board.Refuse(request.Title, request.Tiles, allowed) is { } wrong ? GeneralProblems.Invalid(wrong) : EntityTag.Check(http.Request, found.Version)) is { } refused)
        {
            return refused.ToHttpResult();
        }

        (found.Title, found.Shared) = (request.Title.Trim(), request.Shared);
        found.Lay(request.Tiles);
        found.Changed();
        db.Audit(AuditAct.Of(caller, "board.changed", id, null, new { request.Shared, Tiles = request.Tiles.Count }), clock.GetUtcNow());
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateConcurrencyException)
        {
            return GeneralProblems.Stale.ToHttpResult();
        }

        EntityTag.Set(http.Response, found.Version);
        return TypedResults.Ok(await BoardResponse.OfAsync(found, caller, explorer, db, cancellationToken));
    }
}
