using Gengdu.Contracts.Identity.V1;
using Gengdu.ServiceDefaults;

namespace Gengdu.Identity.Organisations;

/// <summary>
/// One node of the supervision tree: province, city, county or school. Never deleted, only closed. Each change adds a
/// version, so that every earlier state stays answerable. What concerns several of them at once is in Restructuring.
/// </summary>
internal sealed class Organisation
{
    private readonly List<OrganisationVersion> _versions = [];

    private Organisation()
    {
    }

    public Guid Id { get; private init; }

    /// <summary>Short number from a sequence; the path is made of these.</summary>
    public long Number { get; private init; }

    public Guid? ParentId { get; private set; }

    public string Path { get; private set; } = "";

    public string Code { get; private set; } = "";

    /// <summary>Codes it carried before; void, but a search by them still finds it.</summary>
    public string[] FormerCodes { get; private set; } = [];

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

    /// <summary>Where its pupils went when it was merged.</summary>
    public Guid? SuccessorId { get; private set; }

    /// <summary>What it was split from.</summary>
    public Guid? PredecessorId { get; private init; }

    /// <summary>First day of the present version: no change may hold from an earlier one.</summary>
    public DateOnly ChangedOn { get; private set; }

    /// <summary>When we were told of the present version.</summary>
    public DateTimeOffset RecordedAt { get; private set; }

    /// <summary>Names, readings and codes to search in; see <see cref="OrganisationSearch"/>.</summary>
    public string SearchText { get; private set; } = "";

    public long Version { get; private set; }

    /// <summary>What was loaded of the history; to change something the present version must be there.</summary>
    public IReadOnlyCollection<OrganisationVersion> Versions => _versions;

    public bool IsOpen => ValidTo is null;

    public bool IsSchool => Kind == "school";

    public static Organisation Create(OrganisationFacts facts, Organisation? parent, long number, TreeChange change, Guid? predecessorId = null)
    {
        var organisation = new Organisation { Id = Guid.CreateVersion7(change.RecordedAt), Number = number, Code = facts.Code, PredecessorId = predecessorId };
        organisation.Take(facts);
        organisation.PlaceBelow(parent);
        organisation.Record(change with { EffectiveOn = facts.ValidFrom }, parent);
        return organisation;
    }

    /// <summary>Takes the facts of a file over; the version grows only when something differs.</summary>
    /// <returns>true when something changed.</returns>
    public bool Change(OrganisationFacts facts, Organisation? parent, TreeChange change)
    {
        var before = (NameZh, NameEn, Kind, SchoolType, UrbanRural, RunBy, ValidFrom, ValidTo, Path);
        var sameLists = LevelRoles.SequenceEqual(facts.LevelRoles) && Grades.SequenceEqual(facts.Grades);
        Take(facts);
        PlaceBelow(parent);
        if (sameLists && before == (NameZh, NameEn, Kind, SchoolType, UrbanRural, RunBy, ValidFrom, ValidTo, Path))
        {
            return false;
        }

        Record(change, parent);
        return true;
    }

    /// <summary>Stands below this parent from now on, or follows it where it went.</summary>
    /// <returns>true when the path changed.</returns>
    public bool Follow(Organisation parent, TreeChange change)
    {
        var before = Path;
        PlaceBelow(parent);
        if (Path == before)
        {
            return false;
        }

        Record(change, parent);
        return true;
    }

    /// <summary>Another name; the code stays.</summary>
    public Problem? Rename(string nameZh, string nameEn, TreeChange change)
    {
        if (Refuse(change) is { } refused)
        {
            return refused;
        }

        if ((NameZh, NameEn) == (nameZh, nameEn))
        {
            return TreeProblems.NothingChanges;
        }

        (NameZh, NameEn) = (nameZh, nameEn);
        Record(change);
        return null;
    }

    /// <summary>Another school type. Where the class of the code changes with it, a new code comes and the old one is void.</summary>
    public Problem? Retype(string schoolType, IReadOnlyList<string> grades, string? code, TreeChange change)
    {
        if (Refuse(change) is { } refused)
        {
            return refused;
        }

        if (!IsSchool)
        {
            return TreeProblems.SchoolsOnly;
        }

        if (SchoolType == schoolType && Grades.SequenceEqual(grades))
        {
            return TreeProblems.NothingChanges;
        }

        var keepsCode = SchoolClass.Of(schoolType) == SchoolClass.Of(SchoolType!);
        if (keepsCode ? code is not null && code != Code : code is null || code == Code || !code.StartsWith(SchoolClass.Of(schoolType), StringComparison.Ordinal))
        {
            return keepsCode ? TreeProblems.CodeStays : TreeProblems.CodeNeeded(SchoolClass.Of(schoolType));
        }

        (SchoolType, Grades) = (schoolType, [.. grades]);
        CarryCode(code ?? Code);
        Record(change);
        return null;
    }

    /// <summary>Ends on the day before the change; whoever is below it must have gone before.</summary>
    public void Close(TreeChange change, Guid? successorId = null)
    {
        (ValidTo, SuccessorId) = (change.EffectiveOn.AddDays(-1), successorId);
        Record(change);
    }

    /// <summary>Goes on after a merger or a split, with one of the merged codes where it was chosen.</summary>
    public void GoOn(string code, TreeChange change)
    {
        CarryCode(code);
        Record(change);
    }

    /// <summary>What forbids any change from that day.</summary>
    public Problem? Refuse(TreeChange change) =>
        !IsOpen ? TreeProblems.AlreadyClosed
        : change.EffectiveOn > SchoolDay.Of(change.RecordedAt) ? TreeProblems.InTheFuture
        : change.EffectiveOn < ChangedOn ? TreeProblems.BeforeTheLastChange(Code, ChangedOn)
        : null;

    /// <summary>Readers order its time against the closing of cycles: it is that of the change, also when told again.</summary>
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
        SuccessorId = SuccessorId,
        Version = Version,
        ChangedAt = RecordedAt,
    };

    /// <summary>For rows written before there was a search text.</summary>
    public void ReadNamesAgain() => SearchText = OrganisationSearch.TextOf(NameZh, NameEn, [Code, .. FormerCodes]);

    private void Take(OrganisationFacts facts)
    {
        (NameZh, NameEn, Kind) = (facts.NameZh, facts.NameEn, facts.Kind);
        (SchoolType, UrbanRural, RunBy) = (facts.SchoolType, facts.UrbanRural, facts.RunBy);
        (LevelRoles, Grades) = ([.. facts.LevelRoles], [.. facts.Grades]);
        (ValidFrom, ValidTo) = (facts.ValidFrom, facts.ValidTo);
    }

    private void CarryCode(string code) => (FormerCodes, Code) = (code == Code ? FormerCodes : [.. FormerCodes.Except([code]), Code], code);

    private void PlaceBelow(Organisation? parent) =>
        (ParentId, Path) = (parent?.Id, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{parent?.Path ?? "/"}{Number}/"));

    /// <summary>Ends the present version and begins the next. Without a parent at hand it is the one of the version before.</summary>
    private void Record(TreeChange change, Organisation? parent = null)
    {
        var before = Version == 0 ? null : _versions.Single(v => v.EffectiveUntil is null);
        before?.EndOn(change.EffectiveOn);
        (ChangedOn, RecordedAt) = (change.EffectiveOn, change.RecordedAt);
        ReadNamesAgain();
        _versions.Add(new()
        {
            OrganisationId = Id,
            Version = ++Version,
            Act = change.Act,
            EffectiveFrom = change.EffectiveOn,
            RecordedAt = change.RecordedAt,
            RecordedBy = change.RecordedBy,
            Reason = change.Reason,
            ParentId = ParentId,
            ParentCode = parent is null ? before?.ParentCode : parent.Code,
            ParentNameZh = parent is null ? before?.ParentNameZh : parent.NameZh,
            ParentNameEn = parent is null ? before?.ParentNameEn : parent.NameEn,
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
        });
    }
}
