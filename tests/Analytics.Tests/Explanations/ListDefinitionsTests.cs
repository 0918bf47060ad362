using System.Text.Json.Nodes;
using Gengdu.Analytics.Explanations;
using Gengdu.Contracts.Reporting.V1;
using static Gengdu.Analytics.Tests.Explanations.ReportedProvince;

namespace Gengdu.Analytics.Tests.Explanations;

public sealed class ListDefinitionsTests(AnalyticsFixture fixture) : IClassFixture<AnalyticsFixture>
{
    [Fact]
    public async Task List_SaysFromWhenToWhenEachDefinitionMadeFigures()
    {
        var cycle = new TestCycle(fixture, fixture.Province.ChanganPrimary);
        foreach (var (version, target) in new[] { ("2026.9", 100), ("2026.10", 100), ("2026.11", 95) })
        {
            await cycle.DeliverAsync(Published("definitions", version, target));
        }

        await cycle.DeliverAsync(cycle.Opened() with { ProgrammeKey = "definitions", ProgrammeVersion = "2026.10" });
        var definitions = await AskAsync<DefinitionsResponse>(fixture, "/api/analytics/definitions/definitions");

        Assert.Equal(["K01", "K02", "K03", "K04", "K05", "K27", "K30", "K37", "K38", "K40"], definitions.Indicators.Select(i => i.Id));
        var unchanged = Assert.Single(definitions.Indicators.Single(i => i.Id == "K27").Versions);
        Assert.Equal(["2026.9", "2026.10", "2026.11"], unchanged.ProgrammeVersions);
        var changed = definitions.Indicators.Single(i => i.Id == "K01").Versions;
        Assert.Equal(["2026.9 2026.10: 100", "2026.11: 95"], changed.Select(v => $"{string.Join(' ', v.ProgrammeVersions)}: {v.Definition.Target}"));
        Assert.Equal([(new DateOnly(2026, 9, 1), new DateOnly(2027, 1, 31), 1), (null, null, 0)], changed.Select(v => (v.EffectiveFrom, v.EffectiveUntil, v.Cycles)));
        await RefusedAsync(fixture, "/api/analytics/definitions/nothing", 404, "GEN-0006");

        using var stranger = fixture.Host.CreateClient(await fixture.Province.PersonAsync());
        using var refused = await stranger.GetAsync(new Uri("/api/analytics/definitions/definitions", UriKind.Relative));
        await AnalyticsFixture.RefusedAsync(refused, 403, "GEN-0005");
    }

    private static ProgrammePublished Published(string key, string version, int target)
    {
        var published = TestProgramme.Published(version);
        var bundle = JsonNode.Parse(published.Bundle)!;
        bundle["programme"]!["key"] = key;
        bundle["indicators"]![0]!["target"]!["value"] = target;
        return published with { ProgrammeKey = key, Bundle = bundle.ToJsonString() };
    }
}
