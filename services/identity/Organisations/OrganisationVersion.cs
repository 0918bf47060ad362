namespace Gengdu.Identity.Organisations;

/// <summary>
/// An organisation as it was for a while. The versions of one organisation follow each other without a gap: each ends on
/// the day the next begins. One that was corrected on its own day is kept, and holds on no day.
/// </summary>
internal sealed class OrganisationVersion
{
    public Guid OrganisationId { get; init; }

    public long Version { get; init; }

    /// <summary>One of <see cref="TreeActs"/>: what led to this version.</summary>
    public string Act { get; init; } = "";

    public DateOnly EffectiveFrom { get; init; }

    /// <summary>First day that it no longer holds; null for the present version.</summary>
    public DateOnly? EffectiveUntil { get; private set; }

    public DateTimeOffset RecordedAt { get; init; }

    public Guid? RecordedBy { get; init; }

    public string? Reason { get; init; }

    public Guid? ParentId { get; init; }

    // The parent as it was called then: the line stays readable when the parent is renamed, closed or out of the reader's area.
    public string? ParentCode { get; init; }

    public string? ParentNameZh { get; init; }

    public string? ParentNameEn { get; init; }

    public string Path { get; init; } = "";

    public string Code { get; init; } = "";

    public string NameZh { get; init; } = "";

    public string NameEn { get; init; } = "";

    public string[] LevelRoles { get; init; } = [];

    public string Kind { get; init; } = "";

    public string? SchoolType { get; init; }

    public string? UrbanRural { get; init; }

    public string? RunBy { get; init; }

    public string[] Grades { get; init; } = [];

    public DateOnly ValidFrom { get; init; }

    public DateOnly? ValidTo { get; init; }

    public bool HoldsOn(DateOnly day) => EffectiveFrom <= day && (EffectiveUntil is null || EffectiveUntil > day);

    public void EndOn(DateOnly day) => EffectiveUntil = day;
}
