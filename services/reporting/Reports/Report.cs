using Gengdu.Contracts.Reporting.V1;
using Gengdu.Organisations;
using Gengdu.Rules;

namespace Gengdu.Reporting.Reports;

/// <summary>
/// What one organisation owes in one cycle at one level, with its master data of the opening day. Its state is computed
/// from its module reports (<see cref="ReportState"/>).
/// </summary>
internal sealed class Report
{
    public required Guid Id { get; init; }

    /// <summary>Short number for receipts; given by the database in roster order.</summary>
    public long Number { get; init; }

    public required Guid CycleId { get; init; }

    public required Guid OrganisationId { get; init; }

    /// <summary>Place in the tree while the cycle is open; then the last one before it closed.</summary>
    public required string OrganisationPath { get; init; }

    public required string Level { get; init; }

    public required string Code { get; init; }

    public required string NameZh { get; init; }

    public required string NameEn { get; init; }

    public string? ParentCode { get; init; }

    public string? SchoolType { get; init; }

    public string? UrbanRural { get; init; }

    public string? RunBy { get; init; }

    /// <summary>Class of its number of pupils on the opening day; null where it is not known.</summary>
    public string? SizeClass { get; init; }

    /// <summary>"boarding" or "day" on the opening day; null where it is not known.</summary>
    public string? Boarding { get; init; }

    public required string[] Grades { get; init; }

    public required string[] ModuleKeys { get; init; }

    /// <summary>The latest extension that covers this organisation.</summary>
    public DateTimeOffset? ExtendedUntil { get; init; }

    /// <summary>Since when nothing is due any more (免报); the roster stays as it was frozen.</summary>
    public DateTimeOffset? ExemptedAt { get; private set; }

    public void Exempt(DateTimeOffset now) => ExemptedAt ??= now;

    public static Report Owed(Guid cycleId, Organisation organisation, string level, string? parentCode, IEnumerable<string> moduleKeys, DateTimeOffset now, SchoolProfile profile = default) => new()
    {
        Id = Guid.CreateVersion7(now),
        CycleId = cycleId,
        OrganisationId = organisation.Id,
        OrganisationPath = organisation.Path,
        Level = level,
        Code = organisation.Code,
        NameZh = organisation.NameZh,
        NameEn = organisation.NameEn,
        ParentCode = parentCode,
        SchoolType = organisation.SchoolType,
        UrbanRural = organisation.UrbanRural,
        RunBy = organisation.RunBy,
        SizeClass = profile.SizeClass,
        Boarding = profile.Boarding,
        Grades = organisation.Grades,
        ModuleKeys = [.. moduleKeys],
    };

    public SchoolContext ToSchoolContext() => new(Code, SchoolType, Grades, UrbanRural, RunBy);

    public RosterEntry ToRosterEntry() => new()
    {
        ReportId = Id,
        OrganisationId = OrganisationId,
        OrganisationPath = OrganisationPath,
        Level = Level,
        Code = Code,
        SchoolType = SchoolType,
        UrbanRural = UrbanRural,
        RunBy = RunBy,
        SizeClass = SizeClass,
        Boarding = Boarding,
        Grades = Grades,
        ModuleKeys = ModuleKeys,
    };
}
