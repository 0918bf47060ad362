using Gengdu.Organisations;
using Gengdu.Supervision.Data;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Supervision.Reviews;

/// <summary>
/// Who acts for an organisation: the nearest node of each level on its path, itself included. Dingzhou and Xinji are
/// the county and the city of their schools at once.
/// </summary>
internal sealed record ReviewLine(string? County, string? City, string? Province)
{
    public string? At(ReviewLevel level) => level switch
    {
        ReviewLevel.County => County,
        ReviewLevel.City => City,
        ReviewLevel.Province => Province,
        _ => null,
    };
}

internal static class ReviewLines
{
    public static async Task<ReviewLine> LineOfAsync(this SupervisionDbContext db, string path, CancellationToken cancellationToken) =>
        (await db.LinesOfAsync([path], cancellationToken))[path];

    /// <summary>The lines of many organisations in one query.</summary>
    public static async Task<IReadOnlyDictionary<string, ReviewLine>> LinesOfAsync(
        this SupervisionDbContext db, IReadOnlyCollection<string> paths, CancellationToken cancellationToken)
    {
        var wanted = paths.SelectMany(Upwards).Distinct().ToArray();
        var nodes = await db.Organisations.Where(o => wanted.Contains(o.Path)).Select(o => new { o.Path, o.LevelRoles }).ToListAsync(cancellationToken);
        var levels = nodes.ToDictionary(node => node.Path, node => node.LevelRoles);
        string? Nearest(string path, ReviewLevel level) => Upwards(path).FirstOrDefault(p => levels.TryGetValue(p, out var roles) && roles.Contains(level.Key()));
        return paths.Distinct().ToDictionary(path => path, path => new ReviewLine(
            Nearest(path, ReviewLevel.County), Nearest(path, ReviewLevel.City), Nearest(path, ReviewLevel.Province)));
    }

    /// <summary>"/1/12/157/" gives itself, "/1/12/", "/1/".</summary>
    private static IEnumerable<string> Upwards(string path)
    {
        for (var end = path.Length; end > 1; end = path.LastIndexOf('/', end - 2) + 1)
        {
            yield return path[..end];
        }
    }
}
