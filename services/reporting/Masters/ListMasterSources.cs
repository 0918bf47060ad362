using Gengdu.Audit;
using Gengdu.Organisations;
using Gengdu.Reporting.Data;
using Gengdu.Reporting.Programmes;
using Gengdu.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Reporting.Masters;

/// <param name="Schools">Open schools below the caller.</param>
/// <param name="Loads">What is loaded, the last first: figures that nothing newer has replaced.</param>
/// <param name="Figures">What the programme knows of registers.</param>
internal sealed record MasterSourcesResponse(int Schools, IReadOnlyList<MasterLoad> Loads, IReadOnlyList<MasterColumnResponse> Figures);

/// <param name="Source">Name of the register.</param>
/// <param name="AsOf">The day it was read.</param>
/// <param name="RecordedAt">When it was handed in, server time.</param>
/// <param name="Key">students, or students/g1.</param>
/// <param name="Schools">With this figure from there.</param>
/// <param name="Sum">Of those schools.</param>
internal sealed record MasterLoad(string Source, DateOnly AsOf, DateTimeOffset RecordedAt, string Key, int Schools, double Sum);

internal sealed record MasterColumnResponse(string Key, string Zh, string En);

/// <summary>Which register is loaded, from when, for how many schools.</summary>
internal static class ListMasterSources
{
    private const int Most = 500;

    public static async Task<Results<Ok<MasterSourcesResponse>, ProblemHttpResult>> HandleAsync(
        Caller caller, ReportingDbContext db, ProgrammeCatalogue catalogue, AuditTrail trail, CancellationToken cancellationToken)
    {
        if (caller.SubtreePaths(MasterImport.Keepers).MinBy(path => path.Length) is not { } place)
        {
            return GeneralProblems.Forbidden.ToHttpResult();
        }

        var mine = db.Organisations.VisibleTo(caller, o => o.Path, MasterImport.Keepers).Where(o => o.ValidTo == null && o.Kind == "school");
        var schools = await mine.CountAsync(cancellationToken);
        var loads = await db.MasterFigures.Join(mine, f => f.OrganisationId, o => o.Id, (f, _) => f)
            .GroupBy(f => new { f.Source, f.AsOf, f.RecordedAt, f.Key })
            .OrderByDescending(g => g.Key.RecordedAt).ThenBy(g => g.Key.Key)
            .Select(g => new MasterLoad(g.Key.Source, g.Key.AsOf, g.Key.RecordedAt, g.Key.Key, g.Count(), g.Sum(f => f.Value))).Take(Most).ToListAsync(cancellationToken);
        await trail.SawAsync("master-figures", null, place, loads.Count);
        return TypedResults.Ok(new MasterSourcesResponse(schools, loads, [.. new MasterColumns(catalogue.Shipped).Figures.Select(column => new MasterColumnResponse(column.Key, column.Zh, column.En))]));
    }
}
