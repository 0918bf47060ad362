using System.Collections.Concurrent;
using System.Diagnostics;
using Gengdu.System.Tests.Scope.World;

namespace Gengdu.System.Tests.Scope.Catalogue;

/// <summary>TR-17 and TR-19: a right that is taken away dies in seconds, at every service, also in the middle of work.</summary>
[Collection(nameof(ScopeShared))]
public sealed class RemovedRightTests(ScopeFixture fixture)
{
    private static readonly TimeSpan Most = TimeSpan.FromSeconds(5);

    private Scene Scene => fixture.Scene;

    [Fact]
    public async Task TR17_RemovedRight_IsRefusedAtEveryServiceWithinFiveSeconds_AndTheNewOneHolds()
    {
        var owner = Scene.Owners["C2S1"];
        var who = Cast.Find("county-reviewer@C2");
        (string Service, string Path)[] asked =
        [
            ("identity", $"/api/identity/organisations/{owner.Id}"), ("reporting", $"/api/reporting/module-reports/{owner.Submitted.Id}/revisions/1"),
            ("supervision", $"/api/supervision/reviews/{owner.Submitted.ReviewId}"), ("analytics", $"/api/analytics/dashboards/schools/{owner.Id}?cycleId={Scene.CycleId}"),
        ];
        foreach (var (_, path) in asked)
        {
            Assert.Equal(200, (await Scene.AskAsync(who.Name, "GET", path)).Status);
        }

        var assignment = (await Scene.AskAsync(who.Name, "GET", "/api/identity/me")).Json()["assignments"]![0]!["id"]!.GetValue<Guid>();
        Assert.Equal(204, (await Scene.AskAsync("administrator@P", "DELETE", $"/api/identity/assignments/{assignment}")).Status);
        var removed = Stopwatch.GetTimestamp();
        var dead = new ConcurrentDictionary<string, double>();
        await Parallel.ForEachAsync(asked, TestContext.Current.CancellationToken, async (one, cancel) =>
        {
            while ((await Scene.AskAsync(who.Name, "GET", one.Path)).Status != 404)
            {
                Assert.True(Stopwatch.GetElapsedTime(removed) < Most * 4, $"{one.Service} still answers");
                await Task.Delay(10, cancel);
            }

            dead[one.Service] = Stopwatch.GetElapsedTime(removed).TotalMilliseconds;
        });
        TestContext.Current.TestOutputHelper?.WriteLine($"A removed right was refused after {string.Join(", ", dead.Select(pair => $"{pair.Value:0} ms ({pair.Key})"))}");
        Assert.All(dead, pair => Assert.True(pair.Value < Most.TotalMilliseconds, $"{pair.Key} refused after {pair.Value:0} ms"));

        // Given another county, the old link stays dead and the new one works.
        Assert.Equal(201, (await Scene.AskAsync("administrator@P", "POST", "/api/identity/assignments", new { personId = Scene.PersonIds[who.Name], role = "county-reviewer", organisationId = Scene.Owners["C3"].Id })).Status);
        await Running.Eventually.BecomesAsync(
            async () => (await Scene.AskAsync(who.Name, "GET", $"/api/supervision/reviews/{Scene.Owners["C3S1"].Submitted.ReviewId}")).Status, status => status == 200, "the new county", TestContext.Current.CancellationToken);
        foreach (var (_, path) in asked)
        {
            Assert.Equal(404, (await Scene.AskAsync(who.Name, "GET", path)).Status);
        }

        // As it was, for the tests that come after.
        var other = (await Scene.AskAsync(who.Name, "GET", "/api/identity/me")).Json()["assignments"]![0]!["id"]!.GetValue<Guid>();
        Assert.Equal(204, (await Scene.AskAsync("administrator@P", "DELETE", $"/api/identity/assignments/{other}")).Status);
        Assert.Equal(201, (await Scene.AskAsync("administrator@P", "POST", "/api/identity/assignments", new { personId = Scene.PersonIds[who.Name], role = "county-reviewer", organisationId = Scene.Owners["C2"].Id })).Status);
        foreach (var (_, path) in asked)
        {
            await Running.Eventually.BecomesAsync(async () => (await Scene.AskAsync(who.Name, "GET", path)).Status, status => status == 200, $"{path} is open again", TestContext.Current.CancellationToken);
        }
    }

    /// <summary>TR-19: somebody types on while the right is taken away; what was saved after five seconds is nothing.</summary>
    [Fact]
    public async Task TR19_RightRemovedWhileTyping_EndsTheTyping()
    {
        var cancel = TestContext.Current.CancellationToken;
        var form = Scene.Owners["C1S1"].Draft;
        var path = $"/api/reporting/module-reports/{form.Id}";
        var assignment = (await Scene.AskAsync("reporter@C1S1", "GET", "/api/identity/me")).Json()["assignments"]![0]!["id"]!.GetValue<Guid>();
        var version = (await Scene.AskAsync("reporter@C1S1", "GET", path)).Json()["version"]!.GetValue<long>();
        var (saved, removed, last) = (0, 0L, TimeSpan.Zero);
        Task? removing = null;
        for (var started = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(20);)
        {
            var answer = await Scene.AskAsync("reporter@C1S1", "PATCH", $"{path}/values", new { changes = new[] { new { at = "staff_total", value = 40 + (saved % 5) } } }, ("If-Match", Asking.IfMatch(version)));
            if (!answer.IsFine)
            {
                Assert.Equal(404, answer.Status);
                break;
            }

            version = answer.Json()["version"]!.GetValue<long>();
            last = removed == 0 ? TimeSpan.Zero : Stopwatch.GetElapsedTime(removed);
            if (++saved == 20)
            {
                removing = Task.Run(async () =>
                {
                    Assert.Equal(204, (await Scene.AskAsync("administrator@P", "DELETE", $"/api/identity/assignments/{assignment}")).Status);
                    removed = Stopwatch.GetTimestamp();
                }, cancel);
            }
        }

        await removing!;
        TestContext.Current.TestOutputHelper?.WriteLine($"{saved} saves, the last {last.TotalMilliseconds:0} ms after the right was removed");
        Assert.True(last < Most, $"Saved {last} after the right was removed");
        var given = await Scene.AskAsync("administrator@P", "POST", "/api/identity/assignments", new { personId = Scene.PersonIds["reporter@C1S1"], role = "reporter", organisationId = Scene.Owners["C1S1"].Id });
        Assert.Equal(201, given.Status);
        await Running.Eventually.BecomesAsync(async () => (await Scene.AskAsync("reporter@C1S1", "GET", path)).Status, status => status == 200, "the right is back", cancel);
    }
}
