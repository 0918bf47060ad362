using System.Text.Json.Nodes;
using Gengdu.Analytics.Quality;
using Gengdu.Organisations;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Gengdu.Analytics.Tests.Quality;

/// <summary>A county of its own with schools that reported, and the judging of them.</summary>
internal static class QualityScene
{
    /// <summary>The county's schools, as many as asked for, none with a past.</summary>
    public static async Task<(Organisation County, IReadOnlyList<Organisation> Schools)> CountyAsync(this AnalyticsFixture fixture, int schools)
    {
        var county = await fixture.Province.DivisionAsync(fixture.Province.Shijiazhuang, "county");
        var list = new List<Organisation>();
        for (var n = 0; n < schools; n++)
        {
            list.Add(await fixture.Province.SchoolAsync(county));
        }

        return (county, list);
    }

    /// <summary>A cycle a year before the others.</summary>
    public static async Task<TestCycle> EarlierAsync(this TestCycle cycle)
    {
        await cycle.DeliverAsync(cycle.Programme());
        await cycle.DeliverAsync(cycle.Opened() with { PeriodStart = new(2025, 9, 1), PeriodEnd = new(2026, 1, 31), AcademicYear = "2025-2026", PeriodKey = "2025-autumn" });
        await cycle.DeliverAsync(cycle.Roster());
        return cycle;
    }

    /// <summary>Six numbers large enough to tell schools apart.</summary>
    public static JsonObject Basics(int seed) => new()
    {
        ["students"] = new JsonObject { ["g1"] = 101 + (17 * seed), ["g7"] = 203 + (19 * seed), ["v1"] = 307 + (23 * seed) },
        ["classes"] = new JsonObject { ["g1"] = 21 + seed, ["g7"] = 31 + (2 * seed), ["v1"] = 41 + (3 * seed) },
    };

    /// <summary>Judges all that is marked.</summary>
    public static Task AssessAsync(this AnalyticsFixture fixture) => fixture.Host.Services.GetRequiredService<QualityAssessor>().AssessMarkedAsync(CancellationToken.None);

    /// <summary>Has all that is stored of a cycle's quality judged anew from the revisions.</summary>
    public static async Task AssessAnewAsync(this AnalyticsFixture fixture, TestCycle cycle)
    {
        await fixture.Host.InDatabaseAsync(async db =>
        {
            await db.Set<SchoolQuality>().Where(q => q.CycleId == cycle.Id).ExecuteDeleteAsync();
            await db.Set<PlaceQuality>().Where(q => q.CycleId == cycle.Id).ExecuteDeleteAsync();
            foreach (var path in await db.Roster.Where(r => r.CycleId == cycle.Id && r.Level == "school").Select(r => r.NodePath).Distinct().ToListAsync())
            {
                db.Add(new QualityMark { CycleId = cycle.Id, NodePath = path });
            }

            await db.SaveChangesAsync();
        });
        await fixture.AssessAsync();
    }

    /// <summary>Everything that is stored of a cycle's quality but when and how often it was written.</summary>
    public static Task<string> StoredQualityAsync(this AnalyticsFixture fixture, TestCycle cycle) => fixture.Host.InDatabaseAsync(async db =>
    {
        var schools = await db.Set<SchoolQuality>().Where(q => q.CycleId == cycle.Id && q.Score != null).OrderBy(q => q.OrganisationId).ToListAsync();
        var places = await db.Set<PlaceQuality>().Where(q => q.CycleId == cycle.Id).OrderBy(q => q.Path).ToListAsync();
        return string.Join('\n',
        [
            .. schools.Select(q => $"{q.OrganisationId} {q.Score} {q.Parts} {q.Findings} {string.Join(',', q.Suspicions)} {string.Join(',', q.Digits)}"),
            .. places.Select(q => $"{q.Path} {q.Due} {q.Scored} {q.ScoreSum} {string.Join(',', q.Bands)} {string.Join(',', q.Suspected)} {string.Join(',', q.Digits)}"),
        ]);
    });

    public static Task<SchoolQuality?> QualityOfAsync(this AnalyticsFixture fixture, TestCycle cycle, Organisation school) =>
        fixture.Host.InDatabaseAsync(db => db.Set<SchoolQuality>().AsNoTracking().FirstOrDefaultAsync(q => q.CycleId == cycle.Id && q.OrganisationId == school.Id));

    public static Task<int> MarksAsync(this AnalyticsFixture fixture, TestCycle cycle) => fixture.Host.InDatabaseAsync(db => db.Set<QualityMark>().CountAsync(m => m.CycleId == cycle.Id));
}
