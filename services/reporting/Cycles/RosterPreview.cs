using Gengdu.Reporting.Data;
using Gengdu.Reporting.Programmes;
using Gengdu.Organisations;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Reporting.Cycles;

/// <summary>
/// How many reports a planned cycle would have if it were opened now: the province owner sees whether the register has
/// arrived here before freezing it.
/// </summary>
internal static class RosterPreview
{
    public static async Task<CycleResponse> WithPreviewAsync(
        this CycleResponse cycle, string organisationPath, ProgrammeCatalogue catalogue, ReportingDbContext db, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (cycle.State != CycleState.Planned)
        {
            return cycle;
        }

        var programme = await catalogue.GetAsync(cycle.ProgrammeKey, cycle.ProgrammeVersion, cancellationToken);
        var today = ChinaTime.DateOf(clock.GetUtcNow());
        var valid = db.Organisations.Under(organisationPath, o => o.Path).Where(o => o.ValidFrom <= today && (o.ValidTo == null || o.ValidTo >= today));
        var reports = 0;
        foreach (var level in Levels.All.Where(level => cycle.ModuleKeys.Any(key => programme.Module(key)!.Levels.Contains(level))))
        {
            reports += await valid.CountAsync(o => o.LevelRoles.Contains(level), cancellationToken);
        }

        return cycle with { RosterSize = reports };
    }
}
