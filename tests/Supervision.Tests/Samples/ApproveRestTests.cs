using System.Net;
using Gengdu.Contracts.Supervision.V1;
using Gengdu.Organisations;
using Gengdu.Supervision.Notices;
using Gengdu.Supervision.Reviews;
using Gengdu.Supervision.Samples;
using Gengdu.TestKit;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Supervision.Tests.Samples;

public sealed class ApproveRestTests(SupervisionFixture fixture) : IClassFixture<SupervisionFixture>
{
    [Fact]
    public async Task Post_AllReadAndPassed_PassesTheRestWithOneEntryEach_NotWhatCameLater()
    {
        using var world = await SampleWorld.WithSchoolsAsync(fixture, 5);
        var sample = await world.DrawnAsync();
        var late = await fixture.SubmittedAsync(await fixture.Province.SchoolAsync(world.County), world.Cycle);
        await world.AtTheCityAsync();
        foreach (var drawn in sample.Drawn)
        {
            await world.PassAsync(drawn);
        }

        using var response = await world.ApproveRestAsync(sample.Id);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var result = await SampleWorld.ReadAsync<ApproveRestResponse>(response);
        Assert.Equal((2, 0, SampleState.Approved, (Guid?)world.Supervisor), (result.Approved, result.Left, result.Sample.State, result.Sample.ApprovedBy));
        Assert.All(await StatesAsync(world), state => Assert.Equal(ReviewState.ProvinceReview, state));
        Assert.Equal(ReviewState.CityReview, (await fixture.ReviewAsync(late)).State);
        var told = await fixture.Host.Events.WaitForAsync<SampleApproved>(e => e.SampleId == sample.Id);
        Assert.Equal((5, 3, 0, 2), (told.Candidates, told.ReadReports, told.FailedReports, told.ApprovedModules));
        var acts = await fixture.Host.AuditAsync();
        Assert.Single(acts, entry => entry.Act == "sample.approved" && entry.ObjectId == sample.Id.ToString());
        Assert.Equal(2, acts.Count(entry => entry.Act == "review.approved" && entry.ActorId == world.Supervisor && sample.Drawn.All(d => !entry.Details!.Contains(ModuleOf(world, d), StringComparison.Ordinal))));

        using var again = await world.ApproveRestAsync(sample.Id);
        await SupervisionFixture.RefusedAsync(again, 409, "SUP-0036");
        Assert.Equal(1, (await world.AnnouncedAsync()).Candidates);
    }

    [Fact]
    public async Task Post_BeforeTheDrawOrBeforeAllIsRead_IsRefused()
    {
        using var world = await SampleWorld.WithSchoolsAsync(fixture, 4);
        using var early = await world.ApproveRestAsync((await world.AnnouncedAsync()).Id);
        await SupervisionFixture.RefusedAsync(early, 409, "SUP-0034");

        using var other = await SampleWorld.WithSchoolsAsync(fixture, 4);
        var sample = await other.DrawnAsync();
        await other.PassAsync(sample.Drawn[0]);
        using var unread = await other.ApproveRestAsync(sample.Id);

        await SupervisionFixture.RefusedAsync(unread, 409, "SUP-0035");
        Assert.Equal(3, (await StatesAsync(other)).Count(state => state == ReviewState.CityReview));
    }

    [Fact]
    public async Task Return_InTheSample_WidensIt_ASecondOneToEverything()
    {
        using var world = await SampleWorld.WithSchoolsAsync(fixture, 9);
        var sample = await world.DrawnAsync();
        await world.FailAsync(sample.Drawn[0]);

        var wider = await world.SampleAsync(sample.Id);
        Assert.Equal((6, 1, 5), (wider.Reach, wider.Failures, wider.Waiting));
        Assert.Equal(sample.Drawn.Select(d => d.ReportId), wider.Drawn.Take(3).Select(d => d.ReportId));
        Assert.False(wider.Acts.Single(act => act.Act == SampleAct.Approve).Allowed);

        await world.FailAsync(wider.Drawn[5]);
        var all = await world.SampleAsync(sample.Id);
        Assert.Equal((9, 2, 7, 0), (all.Reach, all.Failures, all.Waiting, all.RestStanding));
    }

    [Fact]
    public async Task Revision_ThatReplacesADrawnOne_CallsTheNextOfTheOrder()
    {
        using var world = await SampleWorld.WithSchoolsAsync(fixture, 5);
        var sample = await world.DrawnAsync();
        await fixture.Host.Events.DeliverAsync(world.Submitted.Single(s => s.ReportId == sample.Drawn[1].ReportId) with { Revision = 2 });

        var now = await world.SampleAsync(sample.Id);

        Assert.Equal((4, 3, SampleOutcome.Replaced), (now.Reach, now.Waiting, now.Drawn[1].Outcome));
    }

    [Fact]
    public async Task Approval_WithoutOpening_IsNoReading_AndCallsTheNextOfTheOrder()
    {
        using var world = await SampleWorld.WithSchoolsAsync(fixture, 5);
        var sample = await world.DrawnAsync();
        await world.PassUnopenedAsync(world.City, sample.Drawn[0]);

        var now = await world.SampleAsync(sample.Id);

        Assert.Equal((4, 3, SampleOutcome.Unread), (now.Reach, now.Waiting, now.Drawn[0].Outcome));
    }

    [Fact]
    public async Task Post_ByWhoHadAHandInSomeOfIt_LeavesThose()
    {
        var dingzhou = fixture.Province.Dingzhou;
        var both = await fixture.Province.PersonAsync((Roles.CountyReviewer, dingzhou), (Roles.CitySupervisor, dingzhou));
        var cycle = SupervisionFixture.NewId();
        for (var n = 0; n < 4; n++)
        {
            await fixture.SubmittedAsync(await fixture.Province.SchoolAsync(dingzhou), cycle);
        }

        using var world = new SampleWorld(fixture, dingzhou, cycle, both, await SubmittedInAsync(cycle));
        using (var own = await world.City.PostAsync($"/api/supervision/reviews/{(await fixture.ReviewAsync(world.Submitted[0])).Id}/approval", System.Net.Http.Json.JsonContent.Create(new { revision = 1 })))
        {
            Assert.Equal(HttpStatusCode.OK, own.StatusCode);
        }

        await world.AtTheCityAsync();
        var sample = await world.DrawnAsync();
        var mine = world.Submitted[0].ReportId;
        using var other = await fixture.ClientAsync(Roles.CitySupervisor, dingzhou);
        foreach (var drawn in sample.Drawn)
        {
            var reader = drawn.ReportId == mine ? other : world.City;
            await world.OpenAsync(reader, drawn);
            await world.PassUnopenedAsync(reader, drawn);
        }

        using var response = await world.ApproveRestAsync(sample.Id);
        var result = await SampleWorld.ReadAsync<ApproveRestResponse>(response);
        var left = sample.Drawn.All(d => d.ReportId != mine) ? 1 : 0;
        Assert.Equal((1 - left, left), (result.Approved, result.Left));
    }

    [Fact]
    public async Task SampleApproved_TellsTheCountysReviewers()
    {
        using var world = await SampleWorld.WithSchoolsAsync(fixture, 1);
        var reviewer = await fixture.Province.PersonAsync(Roles.CountyReviewer, world.County);
        var sample = await world.DrawnAsync();
        await world.PassAsync(sample.Drawn[0]);
        using var response = await world.ApproveRestAsync(sample.Id);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        await fixture.Host.Events.DeliverAsync(await fixture.Host.Events.WaitForAsync<SampleApproved>(e => e.SampleId == sample.Id));

        Assert.True(await fixture.Host.InDatabaseAsync(db => db.Set<Notice>().AnyAsync(n => n.PersonId == reviewer && n.Kind == "sample-approved")));
    }

    private static string ModuleOf(SampleWorld world, DrawnReport drawn) => world.Submitted.Single(s => s.ReportId == drawn.ReportId).ModuleReportId.ToString();

    private Task<List<ReviewState>> StatesAsync(SampleWorld world) =>
        fixture.Host.InDatabaseAsync(db => db.Reviews.Where(r => world.Submitted.Select(s => s.ModuleReportId).Contains(r.ModuleReportId)).Select(r => r.State).ToListAsync());

    private Task<List<Contracts.Reporting.V1.ModuleReportSubmitted>> SubmittedInAsync(Guid cycle) => fixture.Host.InDatabaseAsync(async db =>
    {
        var reviews = await db.Reviews.Where(r => r.CycleId == cycle).OrderBy(r => r.Id).ToListAsync();
        var organisations = await db.Organisations.ToDictionaryAsync(o => o.Id);
        return reviews.Select(r => SupervisionFixture.Submitted(organisations[r.OrganisationId], cycle) with { ModuleReportId = r.ModuleReportId, ReportId = r.ReportId }).ToList();
    });
}
