using System.Diagnostics;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Gengdu.Supervision.Samples;
using Gengdu.TestKit;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Supervision.Tests.Samples;

/// <summary>The proof is enough: a script that shares no code with us runs the draw again from it.</summary>
public sealed class GetSampleProofTests(SupervisionFixture fixture) : IClassFixture<SupervisionFixture>
{
    [Fact]
    public async Task Get_Proof_HoldsBeforeTheScript_AndNoLongerWhenAnythingInItIsChanged()
    {
        using var world = await SampleWorld.WithSchoolsAsync(fixture, 9);
        await world.JudgedAsync(version: 1, [100, 62, 0, 33, 97]);
        var sample = await world.DrawnAsync();
        await world.FailAsync(sample.Drawn[1]);

        var proof = await world.City.GetStringAsync($"/api/supervision/samples/{sample.Id}/proof");

        Assert.Equal((0, ""), await RecheckAsync(proof));
        foreach (Action<JsonNode> change in new Action<JsonNode>[]
        {
            p => p["seed"] = new string('0', 64),
            p => p["candidates"]![0]!["explainedWarnings"] = 4,
            p => p["candidates"]![0]!["weight"] = 11,
            p => p["candidates"]!.AsArray().First(one => (int?)one!["quality"] == 62)!["quality"] = 61,
            p => p["candidates"]!.AsArray().First(one => one!["quality"] is null)!["quality"] = 100,
            p => p["algorithm"] = "gengdu-sample-1",
            p => p["algorithm"] = "gengdu-sample-3",
            p => p["candidates"]!.AsArray().RemoveAt(3),
            p => p["order"] = new JsonArray([.. p["order"]!.AsArray().Reverse().Select(id => id!.DeepClone())]),
            p => p["sharePercent"] = 100,
            p => p["failures"] = 0,
            p => p["outcomes"]![1] = "passed",
        })
        {
            var forged = JsonNode.Parse(proof)!;
            change(forged);
            Assert.Equal(1, (await RecheckAsync(forged.ToJsonString())).Code);
        }
    }

    /// <summary>As the release before left it: announced, not yet drawn.</summary>
    [Fact]
    public async Task Get_OfASampleFromBeforeQualityWasARisk_HoldsByTheRulesOfThen()
    {
        using var world = await SampleWorld.WithSchoolsAsync(fixture, 5);
        var announced = await world.AnnouncedAsync();
        await fixture.Host.InDatabaseAsync(async db =>
        {
            var reports = await db.Set<SampleReport>().Where(r => r.SampleId == announced.Id).ToListAsync();
            var hash = SampleDraw.HashOf(SampleDraw.ListOf(SampleDraw.WithoutQuality, reports.Select(r => r.ToCandidate())));
            await db.Set<Sample>().Where(s => s.Id == announced.Id).ExecuteUpdateAsync(set => set.SetProperty(s => s.Algorithm, SampleDraw.WithoutQuality).SetProperty(s => s.ListHash, hash));
        });
        await fixture.Host.AuditAsync();
        using var drawn = await world.City.PostAsync($"/api/supervision/samples/{announced.Id}/draw", null);
        Assert.Equal(HttpStatusCode.OK, drawn.StatusCode);

        var proof = await world.City.GetStringAsync($"/api/supervision/samples/{announced.Id}/proof");
        Assert.Contains("\"algorithm\":\"gengdu-sample-1\"", proof, StringComparison.Ordinal);
        Assert.Equal((0, ""), await RecheckAsync(proof));
    }

    [Fact]
    public async Task Get_BeforeTheDraw_Returns409()
    {
        using var world = await SampleWorld.WithSchoolsAsync(fixture, 1);
        using var early = await world.City.GetAsync($"/api/supervision/samples/{(await world.AnnouncedAsync()).Id}/proof");
        await SupervisionFixture.RefusedAsync(early, 409, "SUP-0034");
    }

    [Fact]
    public async Task Get_IsALookThatIsWrittenDown()
    {
        using var world = await SampleWorld.WithSchoolsAsync(fixture, 1);
        var sample = await world.DrawnAsync();
        using var response = await world.City.GetAsync($"/api/supervision/samples/{sample.Id}/proof");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);

        Assert.Single(await fixture.Host.AuditOfAsync(sample.Id), entry => entry.Act == "sample-proof.seen" && entry.ActorId == world.Supervisor);
    }

    private static async Task<(int Code, string Faults)> RecheckAsync(string proof)
    {
        var file = Path.Combine(Path.GetTempPath(), $"proof-{SupervisionFixture.NewId():N}.json");
        await File.WriteAllTextAsync(file, proof);
        try
        {
            using var script = Process.Start(new ProcessStartInfo("node", [RepositoryRoot.Combine("scripts", "recheck-sample.mjs"), file]) { RedirectStandardError = true, RedirectStandardOutput = true })!;
            var faults = await script.StandardError.ReadToEndAsync();
            await script.WaitForExitAsync();
            return (script.ExitCode, faults);
        }
        finally
        {
            File.Delete(file);
        }
    }
}
