using Gengdu.Contracts.Reporting.V1;
using Gengdu.Organisations;

namespace Gengdu.Supervision.Tests.Cycles;

/// <summary>What reporting tells of a cycle.</summary>
internal static class CycleEvents
{
    public static readonly DateTimeOffset Opened = new(2026, 9, 1, 0, 0, 0, TimeSpan.Zero);

    public static CycleOpened CycleOpened(Guid cycleId, int parts = 1) => new()
    {
        CycleId = cycleId,
        ProgrammeKey = "labor-education",
        ProgrammeVersion = "2026.1",
        NameZh = "2026 年秋季",
        NameEn = "Autumn 2026",
        PeriodKey = "2026-autumn",
        PeriodStart = new(2026, 9, 1),
        PeriodEnd = new(2027, 1, 31),
        AcademicYear = "2026-2027",
        FiscalYear = 2026,
        OpensAt = Opened,
        Deadlines = new Dictionary<string, DateTimeOffset> { ["school"] = Opened.AddDays(30), ["county"] = Opened.AddDays(40) },
        ModuleKeys = ["curriculum", "teachers"],
        ModuleNames = [new() { Key = "curriculum", Zh = "课程实施", En = "Curriculum" }],
        RosterSize = 2,
        RosterParts = parts,
        OpenedAt = Opened,
    };

    public static CycleRosterPublished Roster(Guid cycleId, params Organisation[] schools) => new()
    {
        CycleId = cycleId,
        Part = 1,
        Parts = 1,
        Entries = [.. schools.Select(school => new RosterEntry
        {
            ReportId = SupervisionFixture.NewId(),
            OrganisationId = school.Id,
            OrganisationPath = school.Path,
            Level = "school",
            Code = school.Code,
            ModuleKeys = ["curriculum", "teachers"],
        })],
    };
}
