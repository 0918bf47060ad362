using Gengdu.ServiceDefaults;

namespace Gengdu.Organisations;

/// <summary>Who makes this request, with the rights of this moment. Bind it as a handler parameter: it is never anonymous.</summary>
public sealed class Caller
{
    internal Caller(Guid personId, IReadOnlyList<Right> rights) => (PersonId, Rights) = (personId, rights);

    /// <summary>The token's subject; empty for another system that speaks for itself.</summary>
    public Guid PersonId { get; }

    /// <summary>All rights of this moment; empty for a person without assignments.</summary>
    public IReadOnlyList<Right> Rights { get; }

    /// <summary>True when one of the roles reaches the path.</summary>
    public bool MayActAs(string path, params ReadOnlySpan<string> roles)
    {
        foreach (var right in Rights)
        {
            if (roles.Contains(right.Role) && right.Covers(path))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>True when any right reaches the path: the difference between "not found" and "forbidden".</summary>
    public bool Sees(string path) => Rights.Any(right => right.Covers(path));

    /// <summary>Paths whose whole subtree is visible by the given roles (all roles when none is named).</summary>
    public string[] SubtreePaths(params ReadOnlySpan<string> roles) => Paths(subtree: true, roles);

    /// <summary>Paths visible by themselves alone: the caller's own organisations as reporter or approver.</summary>
    public string[] OwnPaths(params ReadOnlySpan<string> roles) => Paths(subtree: false, roles);

    /// <summary>The place a look is about, for the audit: of rows at one place that place; of rows across several, or none, the widest of the caller's own.</summary>
    public string? PlaceOf(IEnumerable<string> paths) =>
        paths.Distinct().Take(2).ToList() is [var only] ? only : Rights.Select(right => right.Path).MinBy(path => path.Length);

    /// <summary>Until the connection's transaction ends it sees this caller's rows alone: for work in their name in the background.</summary>
    public Task NarrowAsync(Npgsql.NpgsqlConnection connection, CancellationToken cancellationToken) => ToRowScope().NarrowAsync(connection, cancellationToken);

    /// <summary>What row-level security lets through: every way in which any filter could let a row through.</summary>
    internal RowScope ToRowScope()
    {
        var own = OwnPaths();
        return RowScope.Of(Rights.Where(right => !right.CoversSubtree).Select(right => right.OrganisationId).Distinct(), own, own.Select(Above).Distinct(), SubtreePaths());
    }

    private static string Above(string path) => path[..(path.AsSpan(0, path.Length - 1).LastIndexOf('/') + 1)];

    private string[] Paths(bool subtree, ReadOnlySpan<string> roles)
    {
        var paths = new List<string>();
        foreach (var right in Rights)
        {
            if (right.CoversSubtree == subtree && (roles.IsEmpty || roles.Contains(right.Role)) && !paths.Contains(right.Path))
            {
                paths.Add(right.Path);
            }
        }

        return [.. paths];
    }
}
