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
