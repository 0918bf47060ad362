using System.Net.Http.Json;
using Gengdu.Organisations;
using Gengdu.Supervision.Reviews;
using Gengdu.Supervision.Samples;
using Gengdu.TestKit;

namespace Gengdu.Supervision.Tests.Samples;

public sealed class AnnounceSampleTests(SupervisionFixture fixture) : IClassFixture<SupervisionFixture>
{
    [Fact]
    public async Task Post_FreezesWhatWaits_AndTellsTheHashBeforeAnySeedIsKnown()
    {
        using var world = await SampleWorld.WithSchoolsAsync(fixture, 4);

        var sample = await world.AnnouncedAsync(20);

        Assert.Equal((SampleState.Announced, 4, 20, (string?)null, ReviewLevel.City), (sample.State, sample.Candidates, sample.SharePercent, sample.Seed, sample.Step));
        Assert.Empty(sample.Drawn);
        Assert.Equal([true, false], sample.Acts.Select(act => act.Allowed));
        var entry = Assert.Single(await fixture.Host.AuditOfAsync(sample.Id), entry => entry.Act == "sample.announced");
        Assert.Equal((world.Supervisor, world.County.Path), (entry.ActorId, entry.OrganisationPath));
        Assert.Contains($"\"listHash\":\"{sample.ListHash}\"", entry.Details, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_TakesTheQualityOfThen_AndNoLaterOneChangesTheDraw()
    {
        using var world = await SampleWorld.WithSchoolsAsync(fixture, 3);
        await world.JudgedAsync(version: 4, 40, 100);
        var sample = await world.AnnouncedAsync(100);
        await world.JudgedAsync(version: 5, 100, 0, 0);
        await fixture.Host.AuditAsync();
        using var response = await world.City.PostAsync($"/api/supervision/samples/{sample.Id}/draw", null);

        var drawn = (await SampleWorld.ReadAsync<SampleResponse>(response)).Drawn.ToDictionary(one => one.Organisation.Id);
        // Nobody was read lately: 20 for each, and 18 of 30 for a quality of 40.
        Assert.Equal([(40, 38), (100, 20), (null, 20)], world.Submitted.Select(s => (drawn[s.OrganisationId].Quality, drawn[s.OrganisationId].Weight)));
    }

    [Fact]
    public async Task Post_WhileOneIsOpen_Returns409_AlsoForAnAreaAroundIt()
    {
        using var world = await SampleWorld.WithSchoolsAsync(fixture, 1);
        await world.AnnouncedAsync();

        using var again = await world.AnnounceAsync();
        await SupervisionFixture.RefusedAsync(again, 409, "SUP-0030");
        using var around = await world.City.PostAsJsonAsync("/api/supervision/samples", new { cycleId = world.Cycle, step = "city", organisationId = fixture.Province.Shijiazhuang.Id });
        await SupervisionFixture.RefusedAsync(around, 409, "SUP-0031");
    }

    [Fact]
    public async Task Post_NothingAtTheStep_Returns409()
    {
        using var world = await SampleWorld.WithSchoolsAsync(fixture, 0);
        await fixture.SubmittedAsync(await fixture.Province.SchoolAsync(world.County), world.Cycle);
        await fixture.SubmittedAsync(world.County, world.Cycle, "county", "county-department");

        using var none = await world.AnnounceAsync();
        await SupervisionFixture.RefusedAsync(none, 409, "SUP-0031");
    }

    /// <summary>Nothing is asked of it any more: neither listed nor offered, and drawn before that it holds up nobody.</summary>
    [Fact]
    public async Task Post_ExemptReport_IsNotDrawn_AndWhatWasDrawnNoLongerWaits()
    {
        using var world = await SampleWorld.WithSchoolsAsync(fixture, 4);
        await world.ExemptAsync(world.Submitted[0]);
        var drawn = await world.DrawnAsync(100);
        Assert.Equal(3, drawn.Candidates);
        Assert.DoesNotContain(world.Submitted[0].ReportId, drawn.Drawn.Select(one => one.ReportId));

        var later = drawn.Drawn[0];
        await world.ExemptAsync(world.Submitted.Single(one => one.ReportId == later.ReportId));
        Assert.Equal(
            [(later.ReportId, SampleOutcome.Replaced), (drawn.Drawn[1].ReportId, SampleOutcome.Waiting), (drawn.Drawn[2].ReportId, SampleOutcome.Waiting)],
            (await world.SampleAsync(drawn.Id)).Drawn.Select(one => (one.ReportId, one.Outcome)));
    }

    [Theory]
    [InlineData(Roles.CountyReviewer, "county", 403, "SUP-0003")]
    [InlineData(Roles.ProvinceOwner, "root", 403, "SUP-0003")]
    [InlineData(Roles.Administrator, "city", 403, "GEN-0005")]
    [InlineData(Roles.CitySupervisor, "other", 404, "GEN-0006")]
    public async Task Post_OfAnotherStepOrPlace_IsRefused(string role, string place, int status, string code)
    {
        using var world = await SampleWorld.WithSchoolsAsync(fixture, 1);
        var at = place switch { "county" => world.County, "root" => fixture.Province.Root, "city" => fixture.Province.Shijiazhuang, _ => fixture.Province.Baoding };
        using var client = await fixture.ClientAsync(role, at);

        using var refused = await client.PostAsJsonAsync("/api/supervision/samples", new { cycleId = world.Cycle, step = "city", organisationId = world.County.Id });
        await SupervisionFixture.RefusedAsync(refused, status, code);
    }

    [Fact]
    public async Task Post_ThatCannotBe_Returns422()
    {
        using var world = await SampleWorld.WithSchoolsAsync(fixture, 1);
        foreach (object request in new object[]
        {
            new { cycleId = world.Cycle, step = "county", organisationId = world.County.Id },
            new { cycleId = world.Cycle, step = "city", organisationId = world.Submitted[0].OrganisationId },
            new { cycleId = world.Cycle, step = "city", organisationId = world.County.Id, sharePercent = 9 },
            new { cycleId = world.Cycle, step = "city", organisationId = world.County.Id, sharePercent = 101 },
        })
        {
            using var refused = await world.City.PostAsJsonAsync("/api/supervision/samples", request);
            await SupervisionFixture.RefusedAsync(refused, 422, "GEN-0011");
        }
    }
}
