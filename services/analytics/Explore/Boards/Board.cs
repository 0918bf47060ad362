using System.Text.Json;
using Gengdu.ServiceDefaults;

namespace Gengdu.Analytics.Explore.Boards;

/// <summary>One kept question on a board, drawn as "chart" or as "table".</summary>
public sealed record BoardTile(Guid ViewId, string Show);

/// <summary>Kept questions side by side under a title. Questions alone: each tile is answered anew with the rights of whoever opens the board.</summary>
internal sealed class Board
{
    public const int LongestTitle = 80;
    public const int MostTiles = 12;
    public const string Chart = "chart";
    public const string Table = "table";

    public required Guid Id { get; init; }

    public required Guid OwnerId { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required string Title { get; set; }

    /// <summary>Whether others may open its link, and with it the questions on it.</summary>
    public required bool Shared { get; set; }

    /// <summary>Tiles as JSON, in their order.</summary>
    public string TilesText { get; private set; } = "[]";

    public long Version { get; private set; } = 1;

    public IReadOnlyList<BoardTile> Tiles => JsonSerializer.Deserialize<List<BoardTile>>(TilesText, JsonSerializerOptions.Web)!;

    /// <summary>Null when a board can be like this. Every tile is a question of the owner's, or one that stood on the board before.</summary>
    public static FieldError? Refuse(string title, IReadOnlyList<BoardTile> tiles, IReadOnlySet<Guid> allowed)
    {
        if (title.Trim() is not { Length: > 0 and <= LongestTitle } trimmed || trimmed.Any(char.IsControl))
        {
            return new("title", "length", new($"标题须为 1 至 {LongestTitle} 个字", $"A title has 1 to {LongestTitle} characters"));
        }

        if (tiles.Count > MostTiles)
        {
            return new("tiles", "count", new($"一个看板最多放 {MostTiles} 个视图", $"A board holds up to {MostTiles} views"));
        }

        return tiles.DistinctBy(tile => tile.ViewId).Count() != tiles.Count || !tiles.All(tile => tile.Show is Chart or Table && allowed.Contains(tile.ViewId))
            ? new("tiles", "unknown", new("只能放自己保存的视图，每个一次，以 chart 或 table 显示", "Only views of one's own, each once, shown as chart or table"))
            : null;
    }

    public void Lay(IReadOnlyList<BoardTile> tiles) => TilesText = JsonSerializer.Serialize(tiles, JsonSerializerOptions.Web);

    public void Changed() => Version++;
}
