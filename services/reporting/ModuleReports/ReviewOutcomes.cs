using Gengdu.Reporting.Data;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Reporting.ModuleReports;

/// <summary>What a review decided about one revision.</summary>
internal readonly record struct ReviewOutcome(Guid ModuleReportId, int Revision, long ReviewVersion);

/// <summary>
/// One act of review covers up to 500 module reports, so it is one statement and not 500 aggregates. The guard is that of
/// <see cref="ModuleReport.ApplyReturn"/>: the same revision, still under review, and a newer act; anything else changes nothing.
/// </summary>
internal static class ReviewOutcomes
{
    public static async Task ApplyAsync(
        ReportingDbContext db, ModuleReportState state, string level, IReadOnlyList<ReviewOutcome> outcomes, CancellationToken cancellationToken)
    {
        var ids = outcomes.Select(o => o.ModuleReportId).ToArray();
        var revisions = outcomes.Select(o => o.Revision).ToArray();
        var versions = outcomes.Select(o => o.ReviewVersion).ToArray();
        await db.Database.ExecuteSqlAsync($"""
            update module_reports m set state = {state.ToText()}, approved_level = {level}, review_version = o.review_version, version = m.version + 1
            from (select * from unnest({ids}, {revisions}, {versions}) as t (id, revision, review_version) order by id) o
            where m.id = o.id and m.revision = o.revision and m.review_version < o.review_version and m.state in ('submitted', 'approved', 'accepted')
            """, cancellationToken);
    }
}
