using System.Diagnostics;
using Gengdu.System.Tests.Scope.World;

namespace Gengdu.System.Tests.Scope.Catalogue;

/// <summary>TR-16: a school goes to another county; the old county's rights at it end and the new one's begin, at every service.</summary>
[Collection(nameof(ScopeShared))]
public sealed class MovedSchoolTests(ScopeFixture fixture)
{
    private Scene Scene => fixture.Scene;

    [Fact]
    public async Task TR16_MovedSchool_IsSeenByItsNewCountyAlone_AndBackAgain()
    {
        var school = Scene.Owners["B2S2"];
        (string Service, string Path)[] asked =
        [
            ("identity", $"/api/identity/organisations/{school.Id}"), ("reporting", $"/api/reporting/module-reports/{school.Submitted.Id}/revisions/1"),
            ("supervision", $"/api/supervision/reviews/{school.Submitted.ReviewId}"), ("analytics", $"/api/analytics/dashboards/schools/{school.Id}?cycleId={Scene.CycleId}"),
        ];
        foreach (var (from, to) in new[] { ("B2", "B3"), ("B3", "B2") })
        {
            await MoveAsync(school, to);
            var moved = Stopwatch.GetTimestamp();
            foreach (var (service, path) in asked)
            {
                await Running.Eventually.BecomesAsync(
                    async () => ((await Scene.AskAsync($"county-reviewer@{from}", "GET", path)).Status, (await Scene.AskAsync($"county-reviewer@{to}", "GET", path)).Status),
                    pair => pair == (404, 200), $"{service} follows from {from} to {to}", TestContext.Current.CancellationToken);
                TestContext.Current.TestOutputHelper?.WriteLine($"{service} followed to {to} within {Stopwatch.GetElapsedTime(moved).TotalMilliseconds:0} ms");
            }

            // Its own people, and the city above both, see it as before.
            Assert.Equal(200, (await Scene.AskAsync("city-supervisor@B", "GET", asked[1].Path)).Status);
            Assert.Equal(404, (await Scene.AskAsync("city-supervisor@A", "GET", asked[1].Path)).Status);
        }
    }

    private async Task MoveAsync(Owner school, string to)
    {
        await Scene.LookAsync(TestContext.Current.CancellationToken);
        var answer = await Scene.AskAsync("administrator@B", "PUT", $"/api/identity/organisations/{school.Id}/parent", new { parentId = Scene.Owners[to].Id }, ("If-Match", Asking.IfMatch(Scene.VersionOf(school))));
        Assert.True(answer.IsFine, $"{answer.Status} {answer.Body}");
    }
}
