using System.Linq.Expressions;

namespace Gengdu.Reporting.Cycles;

internal sealed record CyclePeriod(string Key, string AcademicYear, DateOnly Start, DateOnly End, int FiscalYear);

internal sealed record CycleDeadlines(DateTimeOffset School, DateTimeOffset County, DateTimeOffset City, DateTimeOffset Province);

/// <summary>
/// RosterSize of a planned cycle, read by its id, is what the roster would be if it were opened now. OpenedWith is the first version of
/// the programme where it was changed since, VersionRequiredBy when earlier versions can no longer be signed.
/// </summary>
internal sealed record CycleResponse(
    Guid Id, string ProgrammeKey, string ProgrammeVersion, string NameZh, string NameEn, CyclePeriod Period, CycleState State, DateTimeOffset OpensAt,
    CycleDeadlines Deadlines, int GraceMinutes, IReadOnlyList<string> ModuleKeys, int RosterSize, DateTimeOffset? OpenedAt, DateTimeOffset? ClosedAt,
    string? OpenedWith, DateTimeOffset? VersionRequiredBy)
{
    public static readonly Expression<Func<Cycle, CycleResponse>> Of = c => new CycleResponse(
        c.Id, c.ProgrammeKey, c.ProgrammeVersion, c.NameZh, c.NameEn,
        new CyclePeriod(c.PeriodKey, c.AcademicYear, c.PeriodStart, c.PeriodEnd, c.FiscalYear), c.State, c.OpensAt,
        new CycleDeadlines(c.SchoolDeadline, c.CountyDeadline, c.CityDeadline, c.ProvinceDeadline), c.GraceMinutes, c.ModuleKeys, c.RosterSize, c.OpenedAt, c.ClosedAt, c.OpenedWith, c.VersionRequiredBy);

    public static readonly Func<Cycle, CycleResponse> From = Of.Compile();
}
