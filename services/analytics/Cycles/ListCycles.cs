using System.Text.Json;
using Gengdu.Analytics.Data;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Analytics.Cycles;

/// <summary>A cycle that analytics has figures of.</summary>
/// <param name="State">"open" or "closed".</param>
/// <param name="RosterSize">Organisations on the frozen roster.</param>
public sealed record CycleResponse(
    Guid Id, string ProgrammeKey, string ProgrammeVersion, string NameZh, string NameEn, CyclePeriodResponse Period, string State,
    DateTimeOffset OpensAt, DateTimeOffset OpenedAt, DateTimeOffset? ClosedAt, IReadOnlyDictionary<string, DateTimeOffset> Deadlines,
    IReadOnlyList<string> ModuleKeys, int RosterSize);

/// <summary>What the cycle reports on.</summary>
public sealed record CyclePeriodResponse(string Key, string AcademicYear, DateOnly Start, DateOnly End, int FiscalYear);

internal static class ListCycles
{
    /// <summary>Newest first. Everyone with a right somewhere sees them: a cycle's name and dates are no secret, its figures are scoped.</summary>
    public static async Task<Results<Ok<Page<CycleResponse>>, ProblemHttpResult>> HandleAsync(
        [AsParameters] PageRequest page, Caller caller, AnalyticsDbContext db, CancellationToken cancellationToken)
    {
        if (caller.Rights.Count == 0)
        {
            return GeneralProblems.Forbidden.ToHttpResult();
        }

        var total = await db.Cycles.CountAsync(cancellationToken);
        var rows = await db.Cycles.AsNoTracking()
            .OrderByDescending(c => c.OpenedAt).ThenBy(c => c.Id).Skip(page.Skip()).Take(page.Size())
            .Select(c => new { Cycle = c, ClosedAt = db.Set<CycleClosing>().Where(x => x.CycleId == c.Id).Select(x => (DateTimeOffset?)x.ClosedAt).FirstOrDefault(), Version = db.Set<CycleProgramme>().Where(x => x.CycleId == c.Id).Select(x => x.ProgrammeVersion).FirstOrDefault() ?? c.ProgrammeVersion })
            .ToListAsync(cancellationToken);
        var items = rows.Select(row => new CycleResponse(
            row.Cycle.Id, row.Cycle.ProgrammeKey, row.Version, row.Cycle.NameZh, row.Cycle.NameEn,
            new(row.Cycle.PeriodKey, row.Cycle.AcademicYear, row.Cycle.PeriodStart, row.Cycle.PeriodEnd, row.Cycle.FiscalYear),
            row.ClosedAt is null ? "open" : "closed", row.Cycle.OpensAt, row.Cycle.OpenedAt, row.ClosedAt,
            JsonSerializer.Deserialize<Dictionary<string, DateTimeOffset>>(row.Cycle.Deadlines, JsonSerializerOptions.Web)!, row.Cycle.ModuleKeys, row.Cycle.RosterSize));
        return TypedResults.Ok(new Page<CycleResponse>([.. items], page.Number(), page.Size(), total));
    }
}
