using System.Text.Json;
using System.Text.Json.Nodes;
using Gengdu.Contracts.Reporting.V1;
using Gengdu.Organisations;
using static Gengdu.Analytics.Tests.Figures.ModuleReportSubmittedConsumerTests;

namespace Gengdu.Analytics.Tests.Figures;

/// <summary>Random submissions in random order, some twice, against a recount that shares no code with the service.</summary>
public sealed class RecountTests(AnalyticsFixture fixture) : IClassFixture<AnalyticsFixture>
{
    [Theory]
    [InlineData(1)]
    [InlineData(20260915)]
    public async Task RandomSubmissions_AnyOrder_EqualTheRecountToTheLastDigit(int seed)
    {
        var p = fixture.Province;
        var random = new Random(seed);
        var schools = new List<Organisation> { p.ChanganPrimary, p.ChanganNineYear, p.ZhengdingJunior, p.LianchiVocational, p.DingzhouPrimary };
        for (var i = 0; i < 12; i++)
        {
            schools.Add(await p.SchoolAsync(new[] { p.Changan, p.Zhengding, p.Lianchi, p.Dingzhou }[i % 4], "primary", ["g1"]));
        }

        var cycle = new TestCycle(fixture, [.. schools]);
        var latest = new Dictionary<(Guid School, string Module), ModuleReportSubmitted>();
        var onTime = 0;
        var deliveries = new List<ModuleReportSubmitted>();
        foreach (var school in schools)
        {
            foreach (var module in new[] { "basics", "money", "care" })
            {
                var revisions = random.Next(0, 4);
                for (var revision = 1; revision <= revisions; revision++)
                {
                    var punctual = random.Next(3) > 0;
                    onTime += revision == 1 && punctual ? 1 : 0;
                    var submitted = cycle.Submitted(school, module, RandomValues(random, module), revision, punctual, random.Next(1, 10_000));
                    latest[(school.Id, module)] = submitted;
                    deliveries.AddRange(Enumerable.Repeat(submitted, random.Next(1, 3)));
                }
            }
        }

        var shuffled = deliveries.OrderBy(_ => random.Next()).ToList();
        await cycle.DeliverAsync(cycle.Programme());
        await cycle.DeliverAllAsync(shuffled.Take(10));
        await cycle.DeliverAsync(cycle.Opened());
        await cycle.DeliverAsync(cycle.Roster(1, 2, [.. schools.Take(9)]));
        await cycle.DeliverAllAsync(shuffled.Skip(10).Take(30));
        await cycle.DeliverAsync(cycle.Roster(2, 2, [.. schools.Skip(9)]));
        await cycle.DeliverAllAsync(shuffled.Skip(40));

        foreach (var node in new[] { p.Root, p.Shijiazhuang, p.Baoding, p.Dingzhou, p.Changan, p.Zhengding, p.Lianchi })
        {
            var below = schools.Where(school => school.Path.StartsWith(node.Path, StringComparison.Ordinal)).ToList();
            var dashboard = await fixture.NodeAsync(cycle, node);
            var (pupils, spend) = (0m, 0m);
            var (visits, pupilsWithCare) = (0m, 0m);
            var both = 0;
            foreach (var school in below)
            {
                var basics = latest.GetValueOrDefault((school.Id, "basics"));
                if (basics is not null && latest.GetValueOrDefault((school.Id, "money")) is { } money)
                {
                    (pupils, spend, both) = (pupils + Sum(basics, "students"), spend + money.Values.GetProperty("spend").GetDecimal(), both + 1);
                }

                if (basics is not null && latest.GetValueOrDefault((school.Id, "care")) is { } care)
                {
                    (pupilsWithCare, visits) = (pupilsWithCare + Sum(basics, "students"), visits + (care.Values.TryGetProperty("visits", out var v) ? v.GetDecimal() : 0));
                }
            }

            var (k27, k03) = (Figure(dashboard, "K27"), Figure(dashboard, "K03"));
            Assert.Equal(both == 0 ? (null, null) : ((decimal?)spend, (decimal?)pupils), (k27.Numerator, k27.Denominator));
            Assert.Equal((both, below.Count), (k27.Passport.Coverage.Reported, k27.Passport.Coverage.Due));
            Assert.Equal((visits, pupilsWithCare), (k03.Numerator ?? 0, k03.Denominator ?? 0));
            Assert.Equal((below.Count * 3, latest.Keys.Count(key => below.Any(s => s.Id == key.School))), (dashboard.Completeness.Due, dashboard.Completeness.Submitted));
        }

        Assert.Equal(onTime, (await fixture.NodeAsync(cycle, p.Root)).Completeness.OnTime);
        Assert.Equal(0, (await fixture.RebuildAsync(cycle)).Differences);
    }

    private static decimal Sum(ModuleReportSubmitted submitted, string field) => submitted.Values.GetProperty(field).EnumerateObject().Sum(entry => entry.Value.GetDecimal());

    private static JsonObject RandomValues(Random random, string module) => module switch
    {
        "basics" => TestProgramme.Basics("g1", random.Next(1, 3000), random.Next(1, 40)),
        // Amounts in fen: sums of doubles would differ in the last digits with the order.
        "money" => TestProgramme.Money(random.Next(0, 100_000_000) / 100m),
        _ => TestProgramme.Care(random.Next(0, 3), random.Next(2) == 0 ? null : random.Next(0, 500)),
    };
}
