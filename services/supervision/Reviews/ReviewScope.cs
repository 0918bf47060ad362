using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Gengdu.Supervision.Data;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Supervision.Reviews;

/// <summary>
/// Subtrees as path ranges for own SQL: row in scope = organisation_path in one of [From[i], To[i]). The ranges do not
/// overlap, so a join with them gives each row once.
/// </summary>
internal sealed record ReviewScope(string[] From, string[] To)
{
    public static readonly ReviewScope Nothing = new([], []);

    public static ReviewScope Of(IEnumerable<string> roots)
    {
        var all = roots.Distinct().Order(StringComparer.Ordinal).ToList();
        string[] top = [.. all.Where(path => !all.Any(other => other != path && path.StartsWith(other, StringComparison.Ordinal)))];
        // "0" is the character after "/": the end of the subtree's range under collation C.
        return new(top, [.. top.Select(path => path[..^1] + "0")]);
    }

    /// <summary>The part of these subtrees that lies under one organisation.</summary>
    public ReviewScope Under(string root) => Of(From.Where(path => path.StartsWith(root, StringComparison.Ordinal))
        .Concat(From.Any(path => root.StartsWith(path, StringComparison.Ordinal)) ? [root] : []));

    /// <summary>Narrows to an organisation's subtree: 404 when the caller does not see that organisation.</summary>
    public async Task<(ReviewScope Scope, Problem? Problem)> UnderAsync(
        SupervisionDbContext db, Caller caller, Guid? organisationId, CancellationToken cancellationToken)
    {
        if (organisationId is not { } id)
        {
            return (this, null);
        }

        var path = await db.Organisations.Where(o => o.Id == id).Select(o => o.Path).FirstOrDefaultAsync(cancellationToken);
        return path is null || !caller.Sees(path) ? (Nothing, GeneralProblems.NotFound) : (Under(path), null);
    }

    public bool Covers(string path) => From.Any(root => path.StartsWith(root, StringComparison.Ordinal));

    /// <summary>
    /// Nodes of the level below the tops of this scope: their subtrees have a nearer node than the top and are not the
    /// top's to act for. Hardly ever any (a zone with county level inside a county).
    /// </summary>
    public async Task<ReviewScope> NestedAsync(SupervisionDbContext db, ReviewLevel level, CancellationToken cancellationToken)
    {
        var nested = new List<string>();
        var key = level.Key();
        foreach (var root in From)
        {
            nested.AddRange(await db.Organisations.Under(root, o => o.Path).Where(o => o.Path != root && o.LevelRoles.Contains(key)).Select(o => o.Path).ToListAsync(cancellationToken));
        }

        return Of(nested);
    }
}
