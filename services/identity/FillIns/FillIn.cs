using Gengdu.Identity.Organisations;

namespace Gengdu.Identity.FillIns;

/// <summary>
/// A central school fills in for one of its teaching points, because the administrator says so: its people get ordinary roles
/// there, which end with this or with the roles they come from. Never deleted.
/// </summary>
internal sealed class FillIn
{
    public const int ReasonLength = 200;

    public required Guid Id { get; init; }

    public required Guid SchoolId { get; init; }

    public required Guid TeachingPointId { get; init; }

    public required DateOnly ValidFrom { get; init; }

    public required DateOnly? ValidTo { get; init; }

    public required string? Reason { get; init; }

    /// <summary>Whoever gets one of these roles at the school while this lasts fills in too; empty: only the people named when it was declared.</summary>
    public required string[] Roles { get; init; }

    public required Guid DeclaredBy { get; init; }

    public required DateTimeOffset DeclaredAt { get; init; }

    public Guid? EndedBy { get; private set; }

    public DateTimeOffset? EndedAt { get; private set; }

    public bool IsOpen(DateOnly today) => EndedAt is null && (ValidTo is null || ValidTo >= today);

    public void End(Guid by, DateTimeOffset now) => (EndedBy, EndedAt) = (by, now);

    /// <summary>A teaching point, and another school of the same county that is none.</summary>
    public static bool Fits(Organisation school, Organisation point) =>
        school.IsSchool && point.IsSchool && school.IsOpen && point.IsOpen && school.ParentId == point.ParentId && point.SchoolType == TeachingPoint && school.SchoolType != TeachingPoint;

    private const string TeachingPoint = "teaching-point";
}
