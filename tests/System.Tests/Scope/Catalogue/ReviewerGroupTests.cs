using System.Diagnostics;
using Gengdu.System.Tests.Scope.World;

namespace Gengdu.System.Tests.Scope.Catalogue;

/// <summary>Somebody without any right becomes a member of a reviewer group: at every service exactly its modules of its school, and nothing once it has ended.</summary>
[Collection(nameof(ScopeShared))]
public sealed class ReviewerGroupTests(ScopeFixture fixture)
{
    private static readonly TimeSpan Most = TimeSpan.FromSeconds(5);

    private Scene Scene => fixture.Scene;

    [Fact]
    public async Task Member_SeesTheGroupsModulesOfItsSchoolAlone_UntilItEnds()
    {
        var (school, sibling, foreign, county) = (Scene.Owners["A2S1"], Scene.Owners["A2S2"], Scene.Owners["B1S1"], Scene.Owners["A2"]);
        var who = Cast.Nobody.Name;
        string[] theirs = [Review(school.Submitted), Revision(school.Submitted)];
        foreach (var path in theirs)
        {
            Assert.Equal(404, (await Scene.AskAsync(who, "GET", path)).Status);
        }

        var group = (await Scene.AskAsync("county-reviewer@A2", "POST", "/api/supervision/reviewer-groups", new
        {
            name = "课程专家组", level = "county", organisationId = county.Id, personIds = new[] { Scene.PersonIds[who] }, organisationIds = new[] { school.Id },
            validTo = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime).AddDays(7), moduleKeys = new[] { school.Submitted.Key },
        })).Json()["id"]!.GetValue<Guid>();
        foreach (var path in theirs)
        {
            await Running.Eventually.BecomesAsync(async () => (await Scene.AskAsync(who, "GET", path)).Status, status => status == 200, $"the member reads {path}", TestContext.Current.CancellationToken);
        }

        Assert.Equal(1, (await Scene.AskAsync(who, "GET", "/api/supervision/reviews?pageSize=100")).Total());
        foreach (var (path, status) in new[]
        {
            (Review(school.Returnable), 403), (Revision(school.Returnable), 403), (Review(sibling.Submitted), 404), (Revision(sibling.Submitted), 404), (Review(foreign.Submitted), 404),
            ($"/api/supervision/queue?cycleId={Scene.CycleId}", 403), ($"/api/reporting/reports/{school.ReportId}/document", 403),
            ($"/api/analytics/dashboards/schools/{school.Id}?cycleId={Scene.CycleId}", 404), ("/api/supervision/reviewer-groups", 403),
        })
        {
            Assert.Equal((path, status), (path, (await Scene.AskAsync(who, "GET", path)).Status));
        }

        Assert.Equal(204, (await Scene.AskAsync("administrator@A2", "DELETE", $"/api/supervision/reviewer-groups/{group}")).Status);
        var ended = Stopwatch.GetTimestamp();
        foreach (var path in theirs)
        {
            while ((await Scene.AskAsync(who, "GET", path)).Status != 404)
            {
                Assert.True(Stopwatch.GetElapsedTime(ended) < Most * 4, $"{path} still answers");
                await Task.Delay(20, TestContext.Current.CancellationToken);
            }
        }
    }

    private static string Review(OwnedModule module) => $"/api/supervision/reviews/{module.ReviewId}";

    private static string Revision(OwnedModule module) => $"/api/reporting/module-reports/{module.Id}/revisions/1";
}
