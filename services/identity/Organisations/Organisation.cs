using Gengdu.Contracts.Identity.V1;

namespace Gengdu.Identity.Organisations;

/// <summary>One node of the supervision tree: province, city, county or school. Never deleted, only closed.</summary>
internal sealed class Organisation
{
    private Organisation()
    {
    }

    public Guid Id { get; private init; }

    /// <summary>Short number from a sequence; the path is made of these.</summary>
    public long Number { get; private init; }

    public Guid? ParentId { get; private set; }

    public string Path { get; private set; } = "";

    public string Code { get; private init; } = "";

    public string NameZh { get; private set; } = "";

    public string NameEn { get; private set; } = "";

    public string[] LevelRoles { get; private set; } = [];

    public string Kind { get; private set; } = "";

    public string? SchoolType { get; private set; }

    public string? UrbanRural { get; private set; }

    public string? RunBy { get; private set; }

    public string[] Grades { get; private set; } = [];

    public DateOnly ValidFrom { get; private set; }

    public DateOnly? ValidTo { get; private set; }

    public long Version { get; private set; }

    public static Organisation Create(OrganisationFacts facts, Organisation? parent, long number, DateTimeOffset now)
    {
        var organisation = new Organisation { Id = Guid.CreateVersion7(now), Number = number, Code = facts.Code, Version = 1 };
        organisation.Take(facts);
        organisation.PlaceBelow(parent);
        return organisation;
    }

    /// <summary>Takes the facts over; the version grows only when something differs.</summary>
    /// <returns>true when something changed.</returns>
    public bool Change(OrganisationFacts facts, Organisation? parent)
    {
        var before = (NameZh, NameEn, Kind, SchoolType, UrbanRural, RunBy, ValidFrom, ValidTo, Path);
        var sameLists = LevelRoles.SequenceEqual(facts.LevelRoles) && Grades.SequenceEqual(facts.Grades);
        Take(facts);
        PlaceBelow(parent);
        if (sameLists && before == (NameZh, NameEn, Kind, SchoolType, UrbanRural, RunBy, ValidFrom, ValidTo, Path))
        {
            return false;
        }

        Version++;
        return true;
    }

    /// <summary>Follows a parent that moved.</summary>
    /// <returns>true when the path changed.</returns>
    public bool Follow(Organisation parent)
    {
        var before = Path;
        PlaceBelow(parent);
        if (Path == before)
        {
            return false;
        }

        Version++;
        return true;
    }

    public bool IsOpenOn(DateOnly day) => ValidFrom <= day && (ValidTo is null || ValidTo >= day);

    public OrganisationChanged ToOrganisationChanged() => new()
    {
        OrganisationId = Id,
        ParentId = ParentId,
        Path = Path,
        Code = Code,
        NameZh = NameZh,
        NameEn = NameEn,
        LevelRoles = LevelRoles,
        Kind = Kind,
        SchoolType = SchoolType,
        UrbanRural = UrbanRural,
        RunBy = RunBy,
        Grades = Grades,
        ValidFrom = ValidFrom,
        ValidTo = ValidTo,
        Version = Version,
    };

    private void Take(OrganisationFacts facts)
    {
        (NameZh, NameEn, Kind) = (facts.NameZh, facts.NameEn, facts.Kind);
        (SchoolType, UrbanRural, RunBy) = (facts.SchoolType, facts.UrbanRural, facts.RunBy);
        (LevelRoles, Grades) = ([.. facts.LevelRoles], [.. facts.Grades]);
        (ValidFrom, ValidTo) = (facts.ValidFrom, facts.ValidTo);
    }

    private void PlaceBelow(Organisation? parent) =>
        (ParentId, Path) = (parent?.Id, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{parent?.Path ?? "/"}{Number}/"));
}
