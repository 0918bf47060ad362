using MassTransit;

namespace Gengdu.Contracts.Identity.V1;

/// <summary>
/// An organisation was created, moved, renamed, retyped or closed. Carries its whole present state: a reader keeps the
/// row with the highest <see cref="Version"/> and needs no earlier event.
/// </summary>
[MessageUrn("event:gengdu-identity-v1-organisation-changed")]
[EntityName("gengdu.identity.v1.organisation-changed")]
public sealed record OrganisationChanged
{
    /// <summary>Never reused, survives renames, moves and new codes.</summary>
    public required Guid OrganisationId { get; init; }

    /// <summary>The supervising organisation; null only for the province.</summary>
    public required Guid? ParentId { get; init; }

    /// <summary>Stored path of short numbers from the province down, with leading and trailing slash: "/1/12/157/".</summary>
    public required string Path { get; init; }

    /// <summary>GB/T 2260 code of a division, ten-digit school code of a school; unique among those open at one time.</summary>
    public required string Code { get; init; }

    /// <summary>Official Chinese name.</summary>
    public required string NameZh { get; init; }

    /// <summary>English name.</summary>
    public required string NameEn { get; init; }

    /// <summary>One or more of "province", "city", "county", "school". Dingzhou and Xinji carry "city" and "county".</summary>
    public required IReadOnlyList<string> LevelRoles { get; init; }

    /// <summary>"division", "zone" (functional zone) or "school".</summary>
    public required string Kind { get; init; }

    /// <summary>School type key of the programme pack, e.g. "nine-year"; null for departments.</summary>
    public string? SchoolType { get; init; }

    /// <summary>"urban", "town" or "rural"; null for departments.</summary>
    public string? UrbanRural { get; init; }

    /// <summary>Who runs the school, e.g. "education-department"; null for departments.</summary>
    public string? RunBy { get; init; }

    /// <summary>Grades taught: "g1".."g12", "v1".."v3"; empty for departments.</summary>
    public IReadOnlyList<string> Grades { get; init; } = [];

    /// <summary>First day of validity.</summary>
    public required DateOnly ValidFrom { get; init; }

    /// <summary>Last day of validity; null while open.</summary>
    public DateOnly? ValidTo { get; init; }

    /// <summary>The organisation it was merged into; null while open, and for one that was closed or split.</summary>
    public Guid? SuccessorId { get; init; }

    /// <summary>Grows by one with each change of this organisation; apply only a higher one.</summary>
    public required long Version { get; init; }

    /// <summary>
    /// When this version was made, UTC: a cycle that closed before it keeps the older place, whichever event comes first.
    /// Missing from a publisher that does not know it: then it counts as made before every closing.
    /// </summary>
    public DateTimeOffset? ChangedAt { get; init; }
}
