using Gengdu.Analytics.Data;
using Gengdu.Audit;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Analytics.Explore.Boards;

internal static class CreateBoard
{
    /// <summary>More than anybody finds again.</summary>
    public const int MostOfOne = 50;

    /// <summary>Puts views of one's own side by side under a title.</summary>
    public static async Task<Results<Created<BoardResponse>, ProblemHttpResult>> HandleAsync(
        BoardRequest request, Caller caller, Explorer explorer, AnalyticsDbContext db, HttpResponse response, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (caller.Rights.Count == 0)
        {
            return GeneralProblems.Forbidden.ToHttpResult();
        }

        if (Board.Refuse(request.Title, request.Tiles, await BoardResponse.AllowedAsync(db, caller, cancellationToken)) is { } refused)
        {
            return GeneralProblems.Invalid(refused).ToHttpResult();
        }

        if (await db.Boards.CountAsync(board => board.OwnerId == caller.PersonId, cancellationToken) >= MostOfOne)
        {
            return AnalyticsProblems.TooManyBoards.ToHttpResult();
        }

        var now = clock.GetUtcNow();
        var board = new Board { Id = Guid.CreateVersion7(now), OwnerId = caller.PersonId, CreatedAt = now, Title = request.Title.Trim(), Shared = request.Shared };
        board.Lay(request.Tiles);
        db.Add(board);
        db.Audit(AuditAct.Of(caller, "board.created", board.Id, null, new { request.Shared, Tiles = request.Tiles.Count }), now);
        await db.SaveChangesAsync(cancellationToken);
        EntityTag.Set(response, board.Version);
        return TypedResults.Created($"/api/analytics/explore/boards/{board.Id}", await BoardResponse.OfAsync(board, caller, explorer, db, cancellationToken));
    }
}
