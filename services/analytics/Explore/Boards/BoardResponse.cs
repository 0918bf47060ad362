using Gengdu.Analytics.Data;
using Gengdu.Organisations;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Analytics.Explore.Boards;

/// <summary>What a board is to be.</summary>
/// <param name="Title">1 to 80 characters; seen by those the link is given to.</param>
/// <param name="Shared">Whether others may open its link, and the questions on it: with their own rights, never with the owner's.</param>
/// <param name="Tiles">Up to 12, in their order: views of one's own, each shown as "chart" or "table".</param>
public sealed record BoardRequest(string Title, bool Shared, IReadOnlyList<BoardTile> Tiles);

/// <summary>One place of a board.</summary>
/// <param name="View">The question; null when it is gone or its place is out of the reader's reach: both look the same.</param>
public sealed record BoardTileResponse(Guid ViewId, string Show, SavedViewResponse? View);

/// <summary>A board as its reader may see it.</summary>
/// <param name="Own">Whether it is the caller's, who alone may change it.</param>
/// <param name="Version">For If-Match.</param>
public sealed record BoardResponse(Guid Id, string Title, bool Own, bool Shared, IReadOnlyList<BoardTileResponse> Tiles, long Version)
{
    /// <summary>Each question that the caller may open: the own ones, and of a shared board those about places the caller may see.</summary>
    internal static async Task<BoardResponse> OfAsync(Board board, Caller caller, Explorer explorer, AnalyticsDbContext db, CancellationToken cancellationToken)
    {
        var (tiles, own) = (board.Tiles, board.OwnerId == caller.PersonId);
        var ids = tiles.Select(tile => tile.ViewId).ToArray();
        // Only the owner's: a view that changed hands in the meantime is nobody's to show here.
        var views = await db.SavedViews.AsNoTracking().Where(view => ids.Contains(view.Id) && view.OwnerId == board.OwnerId).ToDictionaryAsync(view => view.Id, cancellationToken);
        var shown = new List<BoardTileResponse>();
        foreach (var tile in tiles)
        {
            var opens = views.GetValueOrDefault(tile.ViewId) is { } view && (own || await explorer.RefuseAsync(SaveView.Read(view), caller, cancellationToken) is not { Status: 403 or 404 }) ? view : null;
            shown.Add(new(tile.ViewId, tile.Show, opens is null ? null : SaveView.ToResponse(opens, caller)));
        }

        return new(board.Id, board.Title, own, board.Shared, shown, board.Version);
    }

    /// <summary>The views that may stand on a board of the caller's.</summary>
    internal static async Task<HashSet<Guid>> AllowedAsync(AnalyticsDbContext db, Caller caller, CancellationToken cancellationToken) =>
        await db.SavedViews.Where(view => view.OwnerId == caller.PersonId).Select(view => view.Id).ToHashSetAsync(cancellationToken);
}
