using System.Text.Json;
using System.Text.Json.Nodes;
using Gengdu.Organisations;
using Gengdu.Reporting.Peers;
using Gengdu.ServiceDefaults;
using Microsoft.Extensions.DependencyInjection;
using static Gengdu.Reporting.Tests.ReportingFixture;

namespace Gengdu.Reporting.Tests.Peers;

/// <summary>Figures of schools of the same type and class in a county: from signed values, behind, and with the form.</summary>
public sealed class PeerRecomputerTests(ReportingFixture fixture)
{
    private static readonly (string Module, string Values)[] Pupils =
        [("basic-information", """{"students":{"g1":100}}"""), ("curriculum", """{"offered":{"g1":true}}""")];

    [Fact]
    public async Task SixSchoolsOfAKind_AreShownToSchoolsOfThatKind_AndTheRuleSpeaks()
    {
        var world = await WorldAsync();
        for (var i = 0; i < 5; i++)
        {
            await SignAsync(world, i, 10_000 + (1000 * i));
        }

        await RecomputeAsync();
        Assert.Equal(JsonValueKind.Null, (await PeersAsync(world.Mine)).ValueKind);

        await SignAsync(world, 5, 15_000);
        await RecomputeAsync();
        var figures = (await PeersAsync(world.Mine)).GetProperty("K27");
        Assert.Equal((6, 125), (figures.GetProperty("n").GetInt32(), figures.GetProperty("mean").GetDouble()));
        Assert.Equal(JsonValueKind.Null, (await PeersAsync(world.NineYear)).ValueKind);
        using var reviewer = await fixture.ClientAsync(Roles.CountyReviewer, world.County);
        Assert.Equal(JsonValueKind.Null, (await world.Mine.ReadAsync(reviewer)).GetProperty("context").GetProperty("peers").ValueKind);

        var saved = await world.Mine.SavedAsync(("spend_total", "90000"));
        var result = Assert.Single(saved.GetProperty("results").EnumerateArray(), r => r.GetProperty("rule").GetString() == "W22i");
        Assert.StartsWith("Your 900 yuan a pupil is far above the ", result.GetProperty("message").GetProperty("en").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task OneSchoolMore_ChangesNothing_FiveDo_AndARepetitionDoesNot()
    {
        var world = await WorldAsync();
        for (var i = 0; i < 6; i++)
        {
            await SignAsync(world, i, 10_000);
        }

        await RecomputeAsync();
        var before = (await PeersAsync(world.Mine)).GetRawText();
        for (var i = 6; i < 10; i++)
        {
            await SignAsync(world, i, 50_000);
            await RecomputeAsync();
            Assert.Equal(before, (await PeersAsync(world.Mine)).GetRawText());
        }

        await SignAsync(world, 10, 50_000);
        await RecomputeAsync();
        await RecomputeAsync();
        var after = (await PeersAsync(world.Mine)).GetProperty("K27");
        Assert.Equal((11, 282), (after.GetProperty("n").GetInt32(), after.GetProperty("mean").GetDouble()));
    }

    [Fact]
    public async Task DraftsAndReturnedReports_DoNotCount_AndTheGroupIsWithdrawnBelowSix()
    {
        var world = await WorldAsync();
        for (var i = 0; i < 6; i++)
        {
            await SignAsync(world, i, 10_000);
        }

        await RecomputeAsync();
        Assert.NotEqual(JsonValueKind.Null, (await PeersAsync(world.Mine)).ValueKind);

        await ExecuteAsync("update module_reports set state = 'returned', submitted_at = $3 where organisation_id = $1 and cycle_id = $2", world.Schools[0].Id, world.CycleId, fixture.Now);
        await world.Mine.SavedAsync(("spend_total", "20000"));
        await RecomputeAsync();
        Assert.Equal(JsonValueKind.Null, (await PeersAsync(world.Mine)).ValueKind);
    }

    [Fact]
    public async Task CountyThatCannotBeComputed_LeavesTheOthersTheirs_AndIsDueAgain()
    {
        var (broken, world) = (await WorldAsync(), await WorldAsync());
        for (var i = 0; i < 6; i++)
        {
            await SignAsync(broken, i, 10_000);
            await SignAsync(world, i, 10_000);
        }

        // A form that cannot be read: as any value the figures cannot be made of.
        await ExecuteAsync("update cycles set programme_version = $2 where id = $1", broken.CycleId, await NewerPack.BrokenAsync(fixture));
        try
        {
            await RecomputeAsync();
            Assert.NotEqual(JsonValueKind.Null, (await PeersAsync(world.Mine)).ValueKind);
        }
        finally
        {
            await ExecuteAsync("update cycles set programme_version = $2 where id = $1", broken.CycleId, TestPack.Programme.Version);
        }

        await RecomputeAsync();
        Assert.NotEqual(JsonValueKind.Null, (await PeersAsync(broken.Mine)).ValueKind);
    }

    private Task<int> RecomputeAsync() => fixture.Host.Services.GetRequiredService<PeerRecomputer>().RecomputeAsync(default);

    private static async Task<JsonElement> PeersAsync(Desk desk) => (await desk.ReadAsync()).GetProperty("context").GetProperty("peers");

    /// <summary>A county of its own with twelve primary schools (the first is "mine") and a nine-year school, all on one roster.</summary>
    private async Task<World> WorldAsync()
    {
        var county = await fixture.Province.DivisionAsync(fixture.Province.Shijiazhuang, "county");
        var schools = new List<Organisation>();
        for (var i = 0; i < 12; i++)
        {
            schools.Add(await fixture.Province.SchoolAsync(county));
        }

        var nineYear = await fixture.Province.SchoolAsync(county, "nine-year");
        var cycleId = await fixture.OpenCycleAsync(request => request["moduleKeys"] = new JsonArray("basic-information", "curriculum", "capital-investment"));
        return new(county, cycleId, schools[1..], await DeskAsync(cycleId, schools[0]), await DeskAsync(cycleId, nineYear));
    }

    private async Task<Desk> DeskAsync(Guid cycleId, Organisation school)
    {
        foreach (var (module, values) in Pupils)
        {
            await ExecuteAsync("update module_reports set values = $3::jsonb where organisation_id = $1 and cycle_id = $2 and module_key = $4", school.Id, cycleId, values, module);
        }

        var capital = await fixture.ModuleAsync(school, "capital-investment", cycleId);
        return new(fixture, capital.Id, cycleId, school, await fixture.ClientAsync(Roles.Reporter, school), await fixture.ClientAsync(Roles.Approver, school));
    }

    /// <summary>What a submission leaves behind; the whole way of a submission is tested elsewhere.</summary>
    private async Task SignAsync(World world, int school, double spent)
    {
        foreach (var (module, values) in Pupils.Append(("capital-investment", $$"""{"spend_total":{{spent}}}""")))
        {
            await ExecuteAsync("""
                with signed as (
                  update module_reports set state = 'submitted', revision = revision + 1, submitted_at = $4, values = $3::jsonb
                  where organisation_id = $1 and cycle_id = $2 and module_key = $5 returning id, revision)
                insert into revisions (module_report_id, number, values, explanations, results, content_hash, receipt_number, submitted_at, submitted_by, on_time)
                select id, revision, $3::jsonb, '[]', '[]', '', gen_random_uuid()::text, $4, gen_random_uuid(), true from signed
                """, world.Schools[school].Id, world.CycleId, values, fixture.Now, module);
        }
    }

    private async Task ExecuteAsync(string sql, params object[] parameters)
    {
        await using var command = fixture.Host.Services.GetRequiredService<Database>().System.CreateCommand(sql);
        foreach (var parameter in parameters)
        {
            command.Parameters.AddWithValue(parameter);
        }

        Assert.True(await command.ExecuteNonQueryAsync() > 0);
    }

    private sealed record World(Organisation County, Guid CycleId, IReadOnlyList<Organisation> Schools, Desk Mine, Desk NineYear);
}
