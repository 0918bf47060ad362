using Gengdu.Contracts.Identity.V1;

namespace Gengdu.Identity.Assignments;

/// <summary>One role of one person at one organisation. Never deleted: who had which right when must stay answerable.</summary>
internal sealed class Assignment
{
    private Assignment()
    {
    }

    public Guid Id { get; private init; }

    public Guid PersonId { get; private init; }

    public string Role { get; private init; } = "";

    public Guid OrganisationId { get; private init; }

    public DateOnly ValidFrom { get; private init; }

    public DateOnly? ValidTo { get; private init; }

    public bool Removed { get; private set; }

    public long Version { get; private set; }

    public static Assignment Create(Guid personId, string role, Guid organisationId, DateOnly validFrom, DateOnly? validTo, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        PersonId = personId,
        Role = role,
        OrganisationId = organisationId,
        ValidFrom = validFrom,
        ValidTo = validTo,
        Version = 1,
    };

    public void Remove() => (Removed, Version) = (true, Version + 1);

    public AssignmentChanged ToAssignmentChanged() => new()
    {
        AssignmentId = Id,
        PersonId = PersonId,
        Role = Role,
        OrganisationId = OrganisationId,
        ValidFrom = ValidFrom,
        ValidTo = ValidTo,
        Removed = Removed,
        Version = Version,
    };
}
