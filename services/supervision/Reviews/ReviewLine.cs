using Gengdu.Organisations;
using Gengdu.Supervision.Cycles;
using Gengdu.Supervision.Data;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Supervision.Reviews;

/// <summary>
/// Who acts for an organisation: the nearest node of each level on its path, itself included. Dingzhou and Xinji are
/// the county and the city of their schools at once. A step that the line does not have is left out (<see cref="ReviewPlaces"/>).
/// </summary>
internal sealed record ReviewLine(string? County, string? City, string? Province)
{
    /// <summary>The cycle takes nothing more: what were given back could not be submitted again.</summary>
    public bool CycleClosed { get; init; }

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

    public static async Task<ReviewLine> LineOfAsync(this SupervisionDbContext db, Review review, CancellationToken cancellationToken) =>
        (await db.LineOfAsync(review.OrganisationPath, cancellationToken)) with { CycleClosed = (await db.ClosedAsync([review.CycleId], cancellationToken)).Count > 0 };

    /// <summary>Which of these cycles take nothing more.</summary>
    public static async Task<IReadOnlySet<Guid>> ClosedAsync(this SupervisionDbContext db, Guid[] cycleIds, CancellationToken cancellationToken) =>
        (await db.Set<CycleClosing>().Where(c => cycleIds.Contains(c.CycleId)).Select(c => c.CycleId).ToListAsync(cancellationToken)).ToHashSet();

    /// <summary>The lines of many organisations in one query.</summary>
    public static async Task<IReadOnlyDictionary<string, ReviewLine>> LinesOfAsync(
        this SupervisionDbContext db, IReadOnlyCollection<string> paths, CancellationToken cancellationToken)
    {
        var wanted = paths.SelectMany(Upwards).Distinct().ToArray();
        // Former paths too: the reviews of a closed cycle keep the line of the fact.
        var nodes = await db.Organisations.Where(o => wanted.Contains(o.Path)).Select(o => new { o.Path, o.LevelRoles })
            .Union(from place in db.Set<OrganisationPlace>() where wanted.Contains(place.Path) join o in db.Organisations on place.OrganisationId equals o.Id select new { place.Path, o.LevelRoles })
            .ToListAsync(cancellationToken);
        var levels = nodes.ToDictionary(node => node.Path, node => node.LevelRoles);
        string? Nearest(string path, ReviewLevel level) => Upwards(path).FirstOrDefault(p => levels.TryGetValue(p, out var roles) && roles.Contains(level.Key()));
        return paths.Distinct().ToDictionary(path => path, path => new ReviewLine(
            Nearest(path, ReviewLevel.County), Nearest(path, ReviewLevel.City), Nearest(path, ReviewLevel.Province)));
    }

    /// <summary>"/1/12/157/" gives itself, "/1/12/", "/1/".</summary>
    internal static IEnumerable<string> Upwards(string path)
    {
        for (var end = path.Length; end > 1; end = path.LastIndexOf('/', end - 2) + 1)
        {
            yield return path[..end];
        }
    }
}
