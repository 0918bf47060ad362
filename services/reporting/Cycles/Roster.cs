using Gengdu.Contracts.Reporting.V1;
using Gengdu.Organisations;
using Gengdu.Reporting.ModuleReports;
using Gengdu.Reporting.Reports;
using Gengdu.Rules;

namespace Gengdu.Reporting.Cycles;

/// <summary>
/// Who owes which modules in a cycle, as of the opening day. An organisation has one report for each level it plays:
/// Dingzhou and Xinji, city and county at once, owe a county report and a city report, each with its own deadline and review.
/// </summary>
internal sealed class Roster
{
    private const int PartSize = 500;

    private Roster(IReadOnlyList<Report> reports, IReadOnlyList<ModuleReport> moduleReports, bool lacksSchools) =>
        (Reports, ModuleReports, LacksSchools) = (reports, moduleReports, lacksSchools);

    public IReadOnlyList<Report> Reports { get; }

    public IReadOnlyList<ModuleReport> ModuleReports { get; }

    /// <summary>The cycle collects from schools, but there is none.</summary>
    public bool LacksSchools { get; }

    public static Roster Freeze(Cycle cycle, Programme programme, IEnumerable<Organisation> organisations, DateTimeOffset now, IReadOnlyDictionary<Guid, SchoolProfile>? profiles = null)
    {
        var modules = Levels.All.ToDictionary(level => level, level =>
            cycle.ModuleKeys.Select(key => programme.Module(key)!).Where(module => module.Levels.Contains(level)).ToList());
        var known = organisations.OrderBy(o => o.Path, StringComparer.Ordinal).ToList();
        var codes = known.ToDictionary(o => o.Id, o => o.Code);
        var reports = new List<Report>(known.Count);
        var moduleReports = new List<ModuleReport>();
        foreach (var organisation in known)
        {
            foreach (var level in Levels.All)
            {
                if (modules[level].Count == 0 || !organisation.LevelRoles.Contains(level))
                {
                    continue;
                }

                var parentCode = organisation.ParentId is { } parent ? codes.GetValueOrDefault(parent) : null;
                var report = Report.Owed(cycle.Id, organisation, level, parentCode, modules[level].Select(m => m.Key), now,
                    level == Levels.School && profiles is not null ? profiles.GetValueOrDefault(organisation.Id) : default);
                reports.Add(report);
                moduleReports.AddRange(modules[level].Select(module => ModuleReport.NotStarted(report, module, now)));
            }
        }

        return new(reports, moduleReports, modules[Levels.School].Count > 0 && !reports.Exists(r => r.Level == Levels.School));
    }

    public IReadOnlyList<CycleRosterPublished> ToCycleRosterPublished(Guid cycleId)
    {
        var parts = Reports.Chunk(PartSize).ToList();
        return [.. parts.Select((part, i) => new CycleRosterPublished
        {
            CycleId = cycleId,
            Part = i + 1,
            Parts = parts.Count,
            Entries = [.. part.Select(report => report.ToRosterEntry())],
        })];
    }
}
