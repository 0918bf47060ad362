using Gengdu.Contracts.Reporting.V1;
using Gengdu.ServiceDefaults;

namespace Gengdu.Reporting.Cycles;

internal enum CycleState
{
    Planned,
    Open,
    Closed,
}

/// <summary>One collection of some modules over one period. Its roster is frozen at opening and never changes afterwards.</summary>
internal sealed partial class Cycle
{
    private string _programmeVersion = "";

    public required Guid Id { get; init; }

    /// <summary>The province that collects; whoever has a right below it sees the cycle.</summary>
    public required string OrganisationPath { get; init; }

    /// <summary>First two digits of the province's division code; begins every receipt number.</summary>
    public required string Region { get; init; }

    public required string ProgrammeKey { get; init; }

    /// <summary>The version that new entries are made with; reports in flight may be on an earlier one (<see cref="ModuleReports.ModuleReport.ProgrammeVersion"/>).</summary>
    public required string ProgrammeVersion
    {
        get => _programmeVersion;
        init => _programmeVersion = value;
    }

    public required string NameZh { get; init; }

    public required string NameEn { get; init; }

    public required string PeriodKey { get; init; }

    public required string AcademicYear { get; init; }

    public required DateOnly PeriodStart { get; init; }

    public required DateOnly PeriodEnd { get; init; }

    public required int FiscalYear { get; init; }

    public required string[] ModuleKeys { get; init; }

    public required DateTimeOffset OpensAt { get; init; }

    public required DateTimeOffset SchoolDeadline { get; init; }

    public required DateTimeOffset CountyDeadline { get; init; }

    public required DateTimeOffset CityDeadline { get; init; }

    public required DateTimeOffset ProvinceDeadline { get; init; }

    public required int GraceMinutes { get; init; }

    public required Guid CreatedBy { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public CycleState State { get; private set; }

    /// <summary>Reports on the roster; 0 until opened.</summary>
    public int RosterSize { get; private set; }

    public DateTimeOffset? OpenedAt { get; private set; }

    public DateTimeOffset? ClosedAt { get; private set; }

    /// <summary>When the last personal value of its reports was erased, years after the closing.</summary>
    public DateTimeOffset? ErasedAt { get; private set; }

    public DateTimeOffset DeadlineOf(string level) => level switch
    {
        Levels.County => CountyDeadline,
        Levels.City => CityDeadline,
        Levels.Province => ProvinceDeadline,
        _ => SchoolDeadline,
    };

    public Problem? Open(Roster roster, DateTimeOffset now)
    {
        if (State != CycleState.Planned)
        {
            return CycleProblems.AlreadyOpened;
        }

        if (roster.LacksSchools)
        {
            return CycleProblems.NoSchools;
        }

        (State, RosterSize, OpenedAt) = (CycleState.Open, roster.Reports.Count, now);
        return null;
    }

    public Problem? Close(DateTimeOffset now)
    {
        if (State != CycleState.Open)
        {
            return CycleProblems.NotOpen;
        }

        (State, ClosedAt) = (CycleState.Closed, now);
        return null;
    }

    public CycleOpened ToCycleOpened(int rosterParts, IReadOnlyList<ModuleName> moduleNames) => new()
    {
        CycleId = Id,
        ProgrammeKey = ProgrammeKey,
        ProgrammeVersion = ProgrammeVersion,
        NameZh = NameZh,
        NameEn = NameEn,
        PeriodKey = PeriodKey,
        PeriodStart = PeriodStart,
        PeriodEnd = PeriodEnd,
        AcademicYear = AcademicYear,
        FiscalYear = FiscalYear,
        OpensAt = OpensAt,
        Deadlines = Levels.All.ToDictionary(level => level, DeadlineOf),
        ModuleKeys = ModuleKeys,
        ModuleNames = moduleNames,
        RosterSize = RosterSize,
        RosterParts = rosterParts,
        OpenedAt = OpenedAt!.Value,
    };

    public CycleClosed ToCycleClosed() => new() { CycleId = Id, ClosedAt = ClosedAt!.Value };
}
