namespace Gengdu.Organisations;

/// <summary>This service's copy of one organisation, kept by OrganisationChanged. Read-only for the service's own code.</summary>
public sealed class Organisation
{
    /// <summary>Surrogate key, the same in all services.</summary>
    public required Guid Id { get; init; }

    /// <summary>Supervising organisation; null for the province.</summary>
    public Guid? ParentId { get; set; }

    /// <summary>Stored path "/1/12/157/"; a subtree is everything that starts with it.</summary>
    public required string Path { get; set; }

    /// <summary>Division or school code.</summary>
    public required string Code { get; set; }

    /// <summary>Chinese name.</summary>
    public required string NameZh { get; set; }

    /// <summary>English name.</summary>
    public required string NameEn { get; set; }

    /// <summary>"province", "city", "county", "school"; several for a node that plays two levels.</summary>
    public required string[] LevelRoles { get; set; }

    /// <summary>"division", "zone" or "school".</summary>
    public required string Kind { get; set; }

    /// <summary>School type key; null for departments.</summary>
    public string? SchoolType { get; set; }

    /// <summary>"urban", "town", "rural"; null for departments.</summary>
    public string? UrbanRural { get; set; }

    /// <summary>Who runs it; null for departments.</summary>
    public string? RunBy { get; set; }

    /// <summary>Grades taught.</summary>
    public required string[] Grades { get; set; }

    /// <summary>First day of validity.</summary>
    public required DateOnly ValidFrom { get; set; }

    /// <summary>Last day of validity; null while open.</summary>
    public DateOnly? ValidTo { get; set; }

    /// <summary>Highest version applied.</summary>
    public required long Version { get; set; }
}
