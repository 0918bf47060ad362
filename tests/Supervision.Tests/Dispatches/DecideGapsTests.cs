using System.Net;
using Gengdu.Contracts.Supervision.V1;
using Gengdu.Organisations;
using Gengdu.Supervision.Dispatches;
using Gengdu.Supervision.Notices;
using Gengdu.TestKit;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Supervision.Tests.Dispatches;

public sealed class DecideGapsTests(SupervisionFixture fixture) : IClassFixture<SupervisionFixture>
{
    [Fact]
    public async Task Post_Allowed_TheCountyIsUp_AndLaterArrivalsAreSupplements()
    {
        using var world = await DispatchWorld.MadeAsync(fixture);
        await world.ArriveAsync(0);
        await world.ArriveAsync(1);
        var sent = await world.SentAsync(2);

        using var decided = await world.DecideAsync(sent.Id, true);

        Assert.Equal(HttpStatusCode.OK, decided.StatusCode);
        Assert.Equal(DispatchState.Allowed, (await world.CountyAsync(world.Client)).Dispatch!.State);
        await world.ArriveAsync(2);
        var after = await world.CountyAsync(world.City);
        Assert.Equal((3, 3), (after.Owed, after.Arrived));
        Assert.NotNull(Assert.Single(after.Dispatch!.Gaps).ArrivedAt);
        using var again = await world.DecideAsync(sent.Id, false, "改主意");
        await SupervisionFixture.RefusedAsync(again, 409, "SUP-0044");
    }

    [Fact]
    public async Task Post_Refused_NeedsANote_AndTheCountySendsAgain()
    {
        using var world = await DispatchWorld.MadeAsync(fixture);
        var sent = await world.SentAsync(0, 1, 2);
        using var silent = await world.DecideAsync(sent.Id, false, "  ");
        await SupervisionFixture.RefusedAsync(silent, 422, "GEN-0011");

        using var refused = await world.DecideAsync(sent.Id, false, "三所均未说明，请逐校核实");

        Assert.Equal(HttpStatusCode.OK, refused.StatusCode);
        var told = await fixture.Host.Events.WaitForAsync<CountyGapsDecided>(e => e.DispatchId == sent.Id);
        Assert.Equal((false, 3), (told.Allowed, told.Gaps));
        var seen = await world.CountyAsync(world.Client);
        Assert.Equal((DispatchState.Refused, "三所均未说明，请逐校核实"), (seen.Dispatch!.State, seen.Dispatch.Note));
        Assert.Equal(2, (await world.SentAsync(0, 1, 2)).Round);
        Assert.Single(await fixture.Host.AuditOfAsync(sent.Id), entry => entry.Act == "dispatch.refused");
    }

    [Fact]
    public async Task Post_OnOneThatWasReplaced_Returns409()
    {
        using var world = await DispatchWorld.MadeAsync(fixture);
        var (first, second) = (await world.SentAsync(0, 1, 2), await world.SentAsync(0, 1, 2));

        using var late = await world.DecideAsync(first.Id, true);
        await SupervisionFixture.RefusedAsync(late, 409, "SUP-0045");
        using var right = await world.DecideAsync(second.Id, true);
        Assert.Equal(HttpStatusCode.OK, right.StatusCode);
    }

    [Fact]
    public async Task Post_WithoutGaps_ByTheCountyOrFromElsewhere_IsRefused()
    {
        using var world = await DispatchWorld.MadeAsync(fixture);
        var sent = await world.SentAsync(0, 1, 2);
        using var elsewhere = await fixture.ClientAsync(Roles.CitySupervisor, fixture.Province.Shijiazhuang);
        using var owner = await fixture.ClientAsync(Roles.ProvinceOwner, fixture.Province.Root);
        foreach (var (client, status, code) in new[] { (world.Client, 403, "SUP-0003"), (owner, 403, "SUP-0003"), (elsewhere, 404, "GEN-0006") })
        {
            using var refused = await client.PostAsync($"/api/supervision/dispatches/{sent.Id}/decision", System.Net.Http.Json.JsonContent.Create(new { allow = true }));
            await SupervisionFixture.RefusedAsync(refused, status, code);
        }
    }

    [Fact]
    public async Task Post_AtDingzhou_NeedsAnotherPersonThanWhoSentIt()
    {
        using var world = await DispatchWorld.MadeAsync(fixture, fixture.Province.Dingzhou);
        using var both = fixture.Host.CreateClient(await fixture.Province.PersonAsync((Roles.CountyReviewer, fixture.Province.Dingzhou), (Roles.CitySupervisor, fixture.Province.Dingzhou)));
        using var sent = await both.PostAsync("/api/supervision/dispatches", System.Net.Http.Json.JsonContent.Create(new
        {
            cycleId = world.Cycle,
            organisationId = world.County.Id,
            gaps = world.Roster.Select(entry => new { reportId = entry.ReportId, code = "staff", text = "负责人离职" }),
        }));
        Assert.Equal(HttpStatusCode.Created, sent.StatusCode);
        var id = (await world.CountyAsync(both)).Dispatch!.Id;

        using var own = await both.PostAsync($"/api/supervision/dispatches/{id}/decision", System.Net.Http.Json.JsonContent.Create(new { allow = true }));
        await SupervisionFixture.RefusedAsync(own, 409, "SUP-0004");
        using var other = await world.DecideAsync(id, true);
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
    }

    [Fact]
    public async Task CountyGapsDecided_TellsTheCounty()
    {
        using var world = await DispatchWorld.MadeAsync(fixture);
        var reviewer = await fixture.Province.PersonAsync(Roles.CountyReviewer, world.County);
        var sent = await world.SentAsync(0, 1, 2);
        using var decided = await world.DecideAsync(sent.Id, true);
        await fixture.Host.Events.DeliverAsync(await fixture.Host.Events.WaitForAsync<CountyGapsDecided>(e => e.DispatchId == sent.Id));

        Assert.True(await fixture.Host.InDatabaseAsync(db => db.Set<Notice>().AnyAsync(n => n.PersonId == reviewer && n.Kind == "gaps-allowed")));
    }
}
