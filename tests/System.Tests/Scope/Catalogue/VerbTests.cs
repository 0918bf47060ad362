using Gengdu.System.Tests.Scope.World;

namespace Gengdu.System.Tests.Scope.Catalogue;

/// <summary>TR-14, TR-15, TR-23: the ways round the front door that HTTP itself offers.</summary>
[Collection(nameof(ScopeShared))]
public sealed class VerbTests(ScopeFixture fixture)
{
    private Scene Scene => fixture.Scene;

    /// <summary>TR-14: verbs that a path does not know do nothing there.</summary>
    [Fact]
    public Task TR14_OtherVerbs_DoNothing() => Scene.UnchangedAsync(async () =>
    {
        foreach (var routes in RouteList.All.Where(route => route.Unscoped is null).GroupBy(route => route.Template))
        {
            using var request = routes.First().Request(new(Scene, Scene.Owners[Cast.ControlPlace]));
            var path = request.RequestUri!.OriginalString.Split('?')[0];
            foreach (var verb in new[] { "POST", "PUT", "PATCH", "DELETE", "PURGE", "PROPFIND", "MOVE", "TRACE" }.Except(RouteList.All.Where(route => SamePath(route.Template, routes.Key)).Select(route => route.Method)))
            {
                var answer = await Scene.AskAsync("administrator@P", verb, path, new { });
                Assert.True(answer.Status is 400 or 404 or 405 or 501, $"{verb} {path}: {answer.Status}");
            }
        }
    });

    /// <summary>TR-14: a header that names another verb is not believed.</summary>
    [Fact]
    public Task TR14_VerbInAHeader_IsNotBelieved() => Scene.UnchangedAsync(async () =>
    {
        foreach (var header in new[] { "X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override" })
        {
            var person = $"/api/identity/people/{Scene.Owners["A1S1"].PersonId}/disabled";
            Assert.Contains((await Scene.AskAsync("administrator@A1", "POST", person, null, (header, "PUT"))).Status, new[] { 404, 405 });
            var organisation = await Scene.AskAsync("administrator@A1", "GET", $"/api/identity/organisations/{Scene.Owners["A1"].Id}?_method=DELETE", null, (header, "DELETE"));
            Assert.True(organisation.IsFine);
        }
    });

    /// <summary>TR-15: HEAD, OPTIONS, Range and conditions say no more of what is foreign than of what does not exist.</summary>
    [Fact]
    public async Task TR15_HeadOptionsRangeAndConditions_TellNothing()
    {
        var cancel = TestContext.Current.CancellationToken;
        var victim = Scene.Owners["B1S1"];
        var own = await Scene.AskAsync("reporter@B1S1", "GET", $"/api/reporting/module-reports/{victim.Draft.Id}");
        var tag = own.Headers.Split('\n').First(line => line.StartsWith("ETag", StringComparison.OrdinalIgnoreCase)).Split(": ")[1];
        foreach (var route in RouteList.All.Where(route => route is { Unscoped: null, IsRead: true, IsOnce: false } && route.Expected(Cast.Find("county-reviewer@A1"), "B1S1") == 404 && route.Fits(victim)))
        {
            foreach (var (verb, header) in new[] { ("HEAD", ("Accept", "*/*")), ("OPTIONS", ("Origin", "https://elsewhere.example")), ("GET", ("Range", "bytes=0-10")), ("GET", ("If-None-Match", tag)), ("GET", ("If-Match", tag)), ("GET", ("If-None-Match", "*")) })
            {
                var foreign = await AskAsync(route, verb, header, victim, cancel);
                var nothing = await AskAsync(route, verb, header, Nowhere(), cancel);
                Assert.False(foreign.IsFine || foreign.Status is 304 or 206 or 412, $"{verb} {route.Name} with {header}: {foreign.Status}");
                Assert.Equal(nothing.Refusal(), foreign.Refusal());
                Assert.DoesNotContain("ETag:", foreign.Headers, StringComparison.OrdinalIgnoreCase);
                Assert.Equal(Length(nothing), Length(foreign));
            }
        }
    }

    /// <summary>TR-23: nothing on the way may keep an answer, and the same address gives each the own answer.</summary>
    [Fact]
    public async Task TR23_Answers_AreKeptByNoCache()
    {
        var cancel = TestContext.Current.CancellationToken;
        var bodies = new HashSet<string>();
        foreach (var who in new[] { "reporter@A1S1", "county-reviewer@A1", "city-supervisor@A", "province-owner@P", "county-reviewer@B1", "nobody" })
        {
            Assert.True(bodies.Add((await Scene.AskAsync(who, "GET", $"/api/reporting/reports?cycleId={Scene.CycleId}&pageSize=500")).Body), $"{who} got somebody else's list");
        }

        foreach (var route in RouteList.All.Where(route => route is { Unscoped: null, IsRead: true }))
        {
            foreach (var who in new[] { "province-owner@P", "auditor@P", "administrator@P", "nobody" })
            {
                var answer = await Answer.AskAsync(Scene, Cast.Find(who), route.Service, route.Request(new(Scene, Scene.Owners["A1S1"])), cancel);
                var cache = answer.Headers.Split('\n').FirstOrDefault(line => line.StartsWith("Cache-Control", StringComparison.OrdinalIgnoreCase)) ?? "none";
                Assert.True(cache.Contains("private", StringComparison.Ordinal) || cache.Contains("no-store", StringComparison.Ordinal), $"{route.Name}: {cache}");
                Assert.DoesNotContain("public", cache, StringComparison.Ordinal);
            }
        }
    }

    private async Task<Answer> AskAsync(Route route, string verb, (string Name, string Value) header, Owner owner, CancellationToken cancellationToken)
    {
        var request = route.Request(new(Scene, owner));
        request.Method = new(verb);
        request.Headers.TryAddWithoutValidation(header.Name, header.Value);
        return await Answer.AskAsync(Scene, Cast.Find("county-reviewer@A1"), route.Service, request, cancellationToken);
    }

    private static Owner Nowhere() => Owner.Nothing("B1S1");

    // Ids have one length; what the server adds of time and trace too.
    private static string? Length(Answer answer) => answer.Headers.Split('\n').FirstOrDefault(line => line.StartsWith("Content-Length", StringComparison.OrdinalIgnoreCase));

    private static bool SamePath(string template, string other) =>
        template.Split('/') is var a && other.Split('/') is var b && a.Length == b.Length && a.Zip(b).All(pair => pair.First == pair.Second || pair.First.StartsWith('{') || pair.Second.StartsWith('{'));
}
