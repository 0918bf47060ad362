using Gengdu.Contracts.Identity.V1;
using Gengdu.ServiceDefaults;

namespace Gengdu.Identity.Assignments;

/// <summary>One role of one person at one organisation. Never deleted: who had which right when must stay answerable.</summary>
internal sealed class Assignment
{
    public const int ReasonLength = 200;

    private Assignment()
    {
    }

    public Guid Id { get; private init; }

    public Guid PersonId { get; private init; }

    public string Role { get; private init; } = "";

    public Guid OrganisationId { get; private init; }

    public DateOnly ValidFrom { get; private init; }

    public DateOnly? ValidTo { get; private set; }

    public bool Removed { get; private set; }

    public long Version { get; private set; }

    /// <summary>Null for those of before this was kept.</summary>
    public DateTimeOffset? GivenAt { get; private init; }

    public Guid? GivenBy { get; private init; }

    public DateTimeOffset? EndedAt { get; private set; }

    public Guid? EndedBy { get; private set; }

    /// <summary>Why it was given, changed or taken away, in the words of the last one who did; for the desk only.</summary>
    public string? Reason { get; private set; }

    /// <summary>The assignment this one stands in for; it ends with it and cannot be delegated on.</summary>
    public Guid? DelegatedFrom { get; private init; }

    /// <summary>The role at a central school that this one at its teaching point comes from; it ends with it.</summary>
    public Guid? FillsInFrom { get; private init; }

    /// <summary>What was declared for it.</summary>
    public Guid? FillInId { get; private init; }

    public static Assignment FillingIn(Assignment original, Guid teachingPointId, Guid fillInId, DateOnly validFrom, DateOnly? validTo, DateTimeOffset now, Guid? givenBy) => new()
    {
        Id = Guid.CreateVersion7(now),
        PersonId = original.PersonId,
        Role = original.Role,
        OrganisationId = teachingPointId,
        ValidFrom = validFrom,
        ValidTo = validTo,
        Version = 1,
        GivenAt = now,
        GivenBy = givenBy,
        FillsInFrom = original.Id,
        FillInId = fillInId,
    };

    public static Assignment Create(
        Guid personId, string role, Guid organisationId, DateOnly validFrom, DateOnly? validTo, DateTimeOffset now, Guid? givenBy = null, string? reason = null, Guid? delegatedFrom = null) => new()
    {
        Id = Guid.CreateVersion7(now),
        PersonId = personId,
        Role = role,
        OrganisationId = organisationId,
        ValidFrom = validFrom,
        ValidTo = validTo,
        Version = 1,
        GivenAt = now,
        GivenBy = givenBy,
        Reason = reason,
        DelegatedFrom = delegatedFrom,
    };

    /// <summary>In force today, or still to come.</summary>
    public bool IsOpen(DateOnly today) => !Removed && (ValidTo is null || ValidTo >= today);

    public void Remove(Guid? by, DateTimeOffset now, string? reason = null) =>
        (Removed, EndedBy, EndedAt, Reason, Version) = (true, by, now, reason ?? Reason, Version + 1);

    /// <summary>A last day, or none. Days that are over stay as they were.</summary>
    public Problem? ChangePeriod(DateOnly? lastDay, string? reason, DateOnly today)
    {
        if (!IsOpen(today))
        {
            return AssignmentProblems.AlreadyEnded;
        }

        if (lastDay < ValidFrom)
        {
            return AssignmentProblems.PeriodReversed;
        }

        if (lastDay < today)
        {
            return AssignmentProblems.LastDayIsPast;
        }

        (ValidTo, Reason, Version) = (lastDay, reason ?? Reason, Version + 1);
        return null;
    }

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
