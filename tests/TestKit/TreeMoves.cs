using Gengdu.Contracts.Identity.V1;
using Gengdu.Organisations;

namespace Gengdu.TestKit;

/// <summary>What identity tells when the tree changes.</summary>
public static class TreeMoves
{
    /// <summary>The organisation as it was written to the replica, as an event.</summary>
    public static OrganisationChanged Known(this Organisation organisation)
    {
        ArgumentNullException.ThrowIfNull(organisation);
        return new()
        {
            OrganisationId = organisation.Id,
            ParentId = organisation.ParentId,
            Path = organisation.Path,
            Code = organisation.Code,
            NameZh = organisation.NameZh,
            NameEn = organisation.NameEn,
            LevelRoles = organisation.LevelRoles,
            Kind = organisation.Kind,
            SchoolType = organisation.SchoolType,
            UrbanRural = organisation.UrbanRural,
            RunBy = organisation.RunBy,
            Grades = organisation.Grades,
            ValidFrom = organisation.ValidFrom,
            ValidTo = organisation.ValidTo,
            Version = organisation.Version,
        };
    }

    /// <summary>It stands below another organisation from a moment on.</summary>
    public static OrganisationChanged MovedTo(this Organisation organisation, Organisation parent, DateTimeOffset at, long version = 2)
    {
        ArgumentNullException.ThrowIfNull(parent);
        return organisation.MovedTo(parent.Id, parent.Path, at, version);
    }

    /// <summary>The same below a parent that moved itself.</summary>
    public static OrganisationChanged MovedTo(this Organisation organisation, OrganisationChanged parent, DateTimeOffset at, long version = 2)
    {
        ArgumentNullException.ThrowIfNull(parent);
        return organisation.MovedTo(parent.OrganisationId, parent.Path, at, version);
    }

    private static OrganisationChanged MovedTo(this Organisation organisation, Guid parentId, string parentPath, DateTimeOffset at, long version)
    {
        var known = organisation.Known();
        var number = known.Path.TrimEnd('/').Split('/')[^1];
        return known with { ParentId = parentId, Path = $"{parentPath}{number}/", Version = version, ChangedAt = at };
    }
}
