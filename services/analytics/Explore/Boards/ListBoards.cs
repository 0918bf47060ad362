using Gengdu.Analytics.Data;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Analytics.Explore.Boards;

/// <summary>A board in the list of one's own.</summary>
/// <param name="Tiles">How many views stand on it.</param>
public sealed record BoardLineResponse(Guid Id, string Title, bool Shared, int Tiles);

internal static class ListBoards
{
    /// <summary>One's own, by title.</summary>
    public static async Task<Results<Ok<Page<BoardLineResponse>>, ProblemHttpResult>> HandleAsync([AsParameters] PageRequest page, Caller caller, AnalyticsDbContext db, CancellationToken cancellationToken)
    {
        if (caller.Rights.Count == 0)
        {
            return GeneralProblems.Forbidden.ToHttpResult();
        }

        var own = db.Boards.AsNoTracking().Where(board => board.OwnerId == caller.PersonId);
        var total = await own.CountAsync(cancellationToken);
        var rows = await own.OrderBy(board => board.Title).ThenBy(board => board.Id).Skip(page.Skip()).Take(page.Size()).ToListAsync(cancellationToken);
        return TypedResults.Ok(new Page<BoardLineResponse>([.. rows.Select(board => new BoardLineResponse(board.Id, board.Title, board.Shared, board.Tiles.Count))], page.Number(), page.Size(), total));
    }
}
