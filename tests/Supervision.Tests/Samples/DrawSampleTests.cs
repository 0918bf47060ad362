using Gengdu.Contracts.Supervision.V1;
using Gengdu.Organisations;
using Gengdu.Supervision.Notices;
using Gengdu.Supervision.Samples;
using Gengdu.TestKit;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Supervision.Tests.Samples;

public sealed class DrawSampleTests(SupervisionFixture fixture) : IClassFixture<SupervisionFixture>
{
    [Fact]
    public async Task Post_DrawsWithTheHashOfTheAnnouncementsAuditEntry()
    {
        using var world = await SampleWorld.WithSchoolsAsync(fixture, 6);

        var sample = await world.DrawnAsync();

        var entry = Assert.Single(await fixture.Host.AuditOfAsync(sample.Id), entry => entry.Act == "sample.announced");
        Assert.Equal((Convert.ToHexStringLower(entry.Hash), (long?)entry.Seq, SampleState.Reading), (sample.Seed, sample.AuditSeq, sample.State));
        Assert.Equal((3, 3, 3, 3), (sample.FirstSize, sample.Reach, sample.Waiting, sample.RestStanding));
        Assert.Equal([1, 2, 3], sample.Drawn.Select(drawn => drawn.Place));
        Assert.All(sample.Drawn, drawn => Assert.Equal((SampleOutcome.Waiting, 20), (drawn.Outcome, drawn.Weight)));
        var told = await fixture.Host.Events.WaitForAsync<SampleDrawn>(e => e.SampleId == sample.Id);
        Assert.Equal((sample.Seed, sample.ListHash, 6, 3, "city"), (told.Seed, told.ListHash, told.Candidates, told.Size, told.Level));
    }

    [Fact]
    public async Task Post_BeforeTheAnnouncementIsChained_Returns409_AndNothingElseCountsAsSeed()
    {
        using var world = await SampleWorld.WithSchoolsAsync(fixture, 3);
        var sample = await world.AnnouncedAsync();
        await fixture.Host.AuditAsync();
        // As long as the entry is on its way: here it tells of another sample.
        await fixture.Host.InDatabaseAsync(db => db.Database.ExecuteSqlAsync($"update supervision.samples set id = {SupervisionFixture.NewId()} where id = {sample.Id}"));
        var other = await fixture.Host.InDatabaseAsync(db => db.Set<Sample>().Where(s => s.CycleId == world.Cycle).Select(s => s.Id).SingleAsync());

        using var early = await world.City.PostAsync($"/api/supervision/samples/{other}/draw", null);
        await SupervisionFixture.RefusedAsync(early, 409, "SUP-0032");
    }

    [Fact]
    public async Task Post_Twice_Returns409AndChangesNothing()
    {
        using var world = await SampleWorld.WithSchoolsAsync(fixture, 5);
        var drawn = await world.DrawnAsync();

        using var again = await world.City.PostAsync($"/api/supervision/samples/{drawn.Id}/draw", null);

        await SupervisionFixture.RefusedAsync(again, 409, "SUP-0033");
        Assert.Equal(drawn.Drawn.Select(d => d.ReportId), (await world.SampleAsync(drawn.Id)).Drawn.Select(d => d.ReportId));
    }

    [Fact]
    public async Task Post_ByTheCountyOrFromElsewhere_IsRefused()
    {
        using var world = await SampleWorld.WithSchoolsAsync(fixture, 1);
        var sample = await world.AnnouncedAsync();
        using var county = await fixture.ClientAsync(Roles.CountyReviewer, world.County);
        using var elsewhere = await fixture.ClientAsync(Roles.CitySupervisor, fixture.Province.Baoding);

        using var own = await county.PostAsync($"/api/supervision/samples/{sample.Id}/draw", null);
        using var foreign = await elsewhere.PostAsync($"/api/supervision/samples/{sample.Id}/draw", null);

        await SupervisionFixture.RefusedAsync(own, 403, "SUP-0003");
        await SupervisionFixture.RefusedAsync(foreign, 404, "GEN-0006");
    }

    [Fact]
    public async Task SampleDrawn_TellsTheCountysReviewersOnce()
    {
        using var world = await SampleWorld.WithSchoolsAsync(fixture, 1);
        var reviewer = await fixture.Province.PersonAsync(Roles.CountyReviewer, world.County);
        var sample = await world.DrawnAsync();
        var told = await fixture.Host.Events.WaitForAsync<SampleDrawn>(e => e.SampleId == sample.Id);
        await fixture.Host.Events.DeliverAsync(told);
        await fixture.Host.Events.DeliverAsync(told);

        var notice = Assert.Single(await fixture.Host.InDatabaseAsync(db => db.Set<Notice>().Where(n => n.PersonId == reviewer && n.Kind == "sample-drawn").ToListAsync()));
        Assert.Equal($"/review/samples/{sample.Id}", notice.Link);
    }
}
