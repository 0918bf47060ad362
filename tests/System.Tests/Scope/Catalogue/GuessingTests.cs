using System.Collections.Concurrent;
using System.Diagnostics;
using Gengdu.System.Tests.Scope.World;

namespace Gengdu.System.Tests.Scope.Catalogue;

/// <summary>TR-24: ids cannot be guessed, and a wrong one is answered like any other.</summary>
[Collection(nameof(ScopeShared))]
public sealed class GuessingTests(ScopeFixture fixture)
{
    private const int Tries = 10_000;

    [Fact]
    public async Task TR24_TenThousandIds_HitNothing_AndAreAnsweredAlike()
    {
        var scene = fixture.Scene;
        var who = Cast.Find("city-supervisor@A");
        // Routes whose address holds an id, with those ids random: half of them fresh as ours are, half without any order.
        var routes = RouteList.All.Where(route => route is { Unscoped: null, IsRead: true, IsOnce: false }
            && (route.Template.Contains("{id}", StringComparison.Ordinal) || route.Template.Contains("{organisationId}", StringComparison.Ordinal))).ToList();
        var answers = new ConcurrentDictionary<(string Route, string Refusal), int>();
        var random = new Random(24);

        await Parallel.ForEachAsync(Enumerable.Range(0, Tries).Select(i => (Route: routes[i % routes.Count], Id: i % 2 == 0 ? Guid.CreateVersion7(TimeProvider.System.GetUtcNow()) : Random(random))),
            new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = TestContext.Current.CancellationToken }, async (one, cancel) =>
            {
                var owner = new Owner("A1S1") { Id = one.Id, ReportId = one.Id, PersonId = one.Id, AssignmentId = one.Id };
                owner.Add("guess", new(one.Id, "guess") { ReviewId = one.Id });
                var answer = await Answer.AskAsync(scene, who, one.Route.Service, one.Route.Request(new(scene, owner)), cancel);
                answers.AddOrUpdate((one.Route.Name, answer.Refusal()), 1, (_, n) => n + 1);
            });

        Assert.Equal(Tries, answers.Values.Sum());
        Assert.All(answers.Keys, answer => Assert.StartsWith("404", answer.Refusal, StringComparison.Ordinal));
        Assert.Equal(routes.Count, answers.Count);
        TestContext.Current.TestOutputHelper?.WriteLine($"{Tries} guesses at {routes.Count} routes, 0 hits");
    }

    /// <summary>Not a test but a measurement (GENGDU_SCOPE_TIMING=1): medians of "does not exist" and "is foreign", in turn.</summary>
    [Fact]
    public async Task Timing_OfForeignAndMissing_IsMeasuredWhenAskedFor()
    {
        if (Environment.GetEnvironmentVariable("GENGDU_SCOPE_TIMING") != "1")
        {
            return;
        }

        var scene = fixture.Scene;
        var who = Cast.Find("county-reviewer@A1");
        foreach (var route in RouteList.All.Where(route => route is { Unscoped: null, IsRead: true, IsOnce: false } && route.Expected(who, "B1S1") == 404 && route.Fits(new("B1S1"))))
        {
            var (foreign, missing) = (new List<double>(), new List<double>());
            for (var i = 0; i < 600; i++)
            {
                foreach (var (list, owner) in new[] { (foreign, scene.Owners["B1S1"]), (missing, Owner.Nothing("B1S1")) })
                {
                    var started = Stopwatch.GetTimestamp();
                    await Answer.AskAsync(scene, who, route.Service, route.Request(new(scene, owner)), TestContext.Current.CancellationToken);
                    list.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
                }
            }

            TestContext.Current.TestOutputHelper?.WriteLine($"{route.Name}: foreign {Median(foreign):0.00} ms, missing {Median(missing):0.00} ms, ratio {Median(foreign) / Median(missing):0.000}");
        }
    }

    private static double Median(List<double> values) => values.Skip(100).Order().ElementAt((values.Count - 100) / 2);

    private static Guid Random(Random random)
    {
        var bytes = new byte[16];
        lock (random)
        {
            random.NextBytes(bytes);
        }

        return new(bytes);
    }
}
