using Gengdu.Reporting.Data;
using Gengdu.Reporting.ModuleReports;
using Gengdu.Rules;
using Gengdu.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Reporting.Cycles;

/// <param name="ModuleKey">The module.</param>
/// <param name="State">State of its reports.</param>
/// <param name="ProgrammeVersion">The version they are on; null: untouched, they follow the cycle.</param>
/// <param name="Count">How many.</param>
internal sealed record VersionCount(string ModuleKey, ModuleReportState State, string? ProgrammeVersion, int Count);

/// <summary>What a change of the version means for the reports of a cycle.</summary>
internal sealed class VersionReports(ReportingDbContext db, Cycle cycle, Programme from, Programme to)
{
    public ProgrammeDifferences Differences { get; } = ProgrammeDifferences.Between(from, to);

    /// <summary>Older than the present one, or a form that reports of the frozen roster would lose.</summary>
    public async Task<Problem?> RefuseAsync(CancellationToken cancellationToken)
    {
        if (from.Version == to.Version)
        {
            return null;
        }

        var published = await db.ProgrammeVersions.Where(v => v.Key == from.Key && (v.Version == from.Version || v.Version == to.Version))
            .ToDictionaryAsync(v => v.Version, v => v.PublishedAt, cancellationToken);
        if (published[to.Version] < published[from.Version])
        {
            return VersionProblems.OlderVersion(to.Version, from.Version);
        }

        var errors = new List<FieldError>();
        foreach (var key in cycle.ModuleKeys)
        {
            if (Differences.Of(key) is { } lost && (lost.Kind == "removed" || lost.LevelsChanged))
            {
                var owed = await db.ModuleReports.CountAsync(m => m.CycleId == cycle.Id && m.ModuleKey == key, cancellationToken);
                var withContent = await db.ModuleReports.CountAsync(m => m.CycleId == cycle.Id && m.ModuleKey == key && m.State != ModuleReportState.NotStarted, cancellationToken);
                errors.Add(lost.Kind == "removed" ? VersionProblems.ModuleGone(key, lost.Name.Zh, lost.Name.En, owed, withContent)
                    : VersionProblems.LevelsChanged(key, lost.Name.Zh, lost.Name.En, owed, withContent));
            }
        }

        return errors.Count > 0 ? VersionProblems.NoBridge(from.Version, to.Version, errors) : null;
    }

    public async Task<IReadOnlyList<VersionCount>> CountAsync(CancellationToken cancellationToken)
    {
        var keys = Touched();
        var counts = await db.ModuleReports.Where(m => m.CycleId == cycle.Id && keys.Contains(m.ModuleKey))
            .GroupBy(m => new { m.ModuleKey, m.State, m.ProgrammeVersion })
            .Select(g => new VersionCount(g.Key.ModuleKey, g.Key.State, g.Key.ProgrammeVersion, g.Count())).ToListAsync(cancellationToken);
        return [.. counts.OrderBy(c => Array.IndexOf(cycle.ModuleKeys, c.ModuleKey)).ThenBy(c => c.State).ThenBy(c => c.ProgrammeVersion, StringComparer.Ordinal)];
    }

    /// <summary>
    /// What has content keeps the version it has, now by name. What is untouched follows: its version number grows, so that typing that is just
    /// under way is not taken for typing on the new form but comes again, and says which form it was typed on.
    /// </summary>
    public async Task<int> MoveAsync(CancellationToken cancellationToken)
    {
        if (from.Version == to.Version)
        {
            return 0;
        }

        await db.ModuleReports.Where(m => m.CycleId == cycle.Id && m.ProgrammeVersion == null && m.State != ModuleReportState.NotStarted)
            .ExecuteUpdateAsync(set => set.SetProperty(m => m.ProgrammeVersion, from.Version), cancellationToken);
        var moved = 0;
        foreach (var key in Touched())
        {
            string[] reads = [.. to.Module(key)!.RelatedModules];
            moved += await db.ModuleReports.Where(m => m.CycleId == cycle.Id && m.ModuleKey == key && m.State == ModuleReportState.NotStarted)
                .ExecuteUpdateAsync(set => set.SetProperty(m => m.Reads, reads).SetProperty(m => m.Version, m => m.Version + 1), cancellationToken);
        }

        return moved;
    }

    private string[] Touched() => [.. cycle.ModuleKeys.Where(key => Differences.Of(key) is not null)];
}
