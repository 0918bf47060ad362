using System.Net;
using System.Net.Http.Json;
using Gengdu.Contracts.Supervision.V1;
using Gengdu.Organisations;
using Gengdu.Supervision.Dispatches;
using Gengdu.Supervision.Notices;
using Gengdu.TestKit;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Supervision.Tests.Dispatches;

public sealed class SendCountyTests(SupervisionFixture fixture) : IClassFixture<SupervisionFixture>
{
    [Fact]
    public async Task Post_EverySchoolThere_IsCompleteAtOnce()
    {
        using var world = await DispatchWorld.MadeAsync(fixture);
        foreach (var school in Enumerable.Range(0, 3))
        {
            await world.ArriveAsync(school);
        }

        var sent = await world.SentAsync();

        Assert.Equal((DispatchState.Complete, 1), (sent.State, sent.Round));
        var told = await fixture.Host.Events.WaitForAsync<CountySent>(e => e.DispatchId == sent.Id);
        Assert.Equal((3, 0), (told.Owed, told.MissingOrganisationIds.Count));
        using var again = await world.SendAsync();
        await SupervisionFixture.RefusedAsync(again, 409, "SUP-0043");
    }

    [Fact]
    public async Task Post_ExceptNamedSchools_WaitsForTheCity_AndHoldsNothingBack()
    {
        using var world = await DispatchWorld.MadeAsync(fixture);
        await world.ArriveAsync(0);
        await world.ArriveAsync(1, "curriculum");

        var sent = await world.SentAsync(1, 2);

        Assert.Equal((DispatchState.Waiting, 2), (sent.State, sent.Gaps.Count));
        Assert.All(sent.Gaps, gap => Assert.Equal(("disaster", "洪水，校舍停用", null), (gap.Code, gap.Text, gap.ArrivedAt)));
        var seen = await world.CountyAsync(world.City);
        Assert.Equal((3, 1, true), (seen.Owed, seen.Arrived, seen.Acts.Single(act => act.Act == "decide").Allowed));
        Assert.Equal(3, await fixture.Host.InDatabaseAsync(db => db.Reviews.CountAsync(r => r.CycleId == world.Cycle && r.State == Gengdu.Supervision.Reviews.ReviewState.CityReview)));
        var entry = Assert.Single(await fixture.Host.AuditOfAsync(sent.Id));
        Assert.Equal(("dispatch.sent", world.County.Path), (entry.Act, entry.OrganisationPath));
        Assert.DoesNotContain("洪水", entry.Details, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_MissingSchoolNotNamedOrPresentOneNamed_IsRefusedWithTheSchools()
    {
        using var world = await DispatchWorld.MadeAsync(fixture);
        await world.ArriveAsync(0);

        using var unnamed = await world.SendAsync(1);
        Assert.Contains(world.Roster[2].ReportId.ToString(), await unnamed.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        await SupervisionFixture.RefusedAsync(unnamed, 409, "SUP-0040");
        using var present = await world.SendAsync(0, 1, 2);
        await SupervisionFixture.RefusedAsync(present, 409, "SUP-0041");
    }

    [Fact]
    public async Task Post_NothingOwed_Returns409()
    {
        var county = await fixture.Province.DivisionAsync(fixture.Province.Baoding, "county");
        using var client = await fixture.ClientAsync(Roles.CountyReviewer, county);
        using var none = await client.PostAsJsonAsync("/api/supervision/dispatches", new { cycleId = SupervisionFixture.NewId(), organisationId = county.Id, gaps = Array.Empty<object>() });
        await SupervisionFixture.RefusedAsync(none, 409, "SUP-0042");
    }

    [Fact]
    public async Task Post_WithoutAReasonOrOfAnUnknownKindOrTwice_Returns422()
    {
        using var world = await DispatchWorld.MadeAsync(fixture);
        var report = world.Roster[0].ReportId;
        foreach (var gaps in new object[]
        {
            new[] { new { reportId = report, code = "other", text = " " } },
            new[] { new { reportId = report, code = "lazy", text = "x" } },
            new[] { new { reportId = report, code = "other", text = new string('x', 501) } },
            new[] { new { reportId = report, code = "other", text = "x" }, new { reportId = report, code = "other", text = "y" } },
            new object?[] { null },
        })
        {
            using var refused = await world.Client.PostAsJsonAsync("/api/supervision/dispatches", new { cycleId = world.Cycle, organisationId = world.County.Id, gaps });
            await SupervisionFixture.RefusedAsync(refused, 422, "GEN-0011");
        }
    }

    [Theory]
    [InlineData(Roles.CitySupervisor, "city", 403, "SUP-0003")]
    [InlineData(Roles.ProvinceOwner, "root", 403, "SUP-0003")]
    [InlineData(Roles.Administrator, "county", 403, "GEN-0005")]
    [InlineData(Roles.CountyReviewer, "other", 404, "GEN-0006")]
    public async Task Post_ByAnybodyElse_IsRefused(string role, string place, int status, string code)
    {
        using var world = await DispatchWorld.MadeAsync(fixture);
        using var client = await fixture.ClientAsync(role, place switch { "city" => fixture.Province.Baoding, "root" => fixture.Province.Root, "county" => world.County, _ => fixture.Province.Changan });
        using var refused = await client.PostAsJsonAsync("/api/supervision/dispatches", new { cycleId = world.Cycle, organisationId = world.County.Id, gaps = Array.Empty<object>() });
        await SupervisionFixture.RefusedAsync(refused, status, code);
    }

    [Fact]
    public async Task Post_TwiceAtOnce_OneIsTheFirstAndOneTheSecondRound()
    {
        using var world = await DispatchWorld.MadeAsync(fixture);
        await Task.WhenAll(world.SentAsync(0, 1, 2), world.SentAsync(0, 1, 2));
        // An answer shows the county as it stands, so the first may show the second's round already.
        Assert.Equal([1, 2], await fixture.Host.InDatabaseAsync(db => db.Set<Dispatch>().Where(one => one.CycleId == world.Cycle).Select(one => one.Round).Order().ToListAsync()));
    }

    [Fact]
    public async Task CountySent_TellsTheCityOnce()
    {
        using var world = await DispatchWorld.MadeAsync(fixture);
        var supervisor = await fixture.Province.PersonAsync(Roles.CitySupervisor, fixture.Province.Baoding);
        var sent = await world.SentAsync(0, 1, 2);
        var told = await fixture.Host.Events.WaitForAsync<CountySent>(e => e.DispatchId == sent.Id);
        await fixture.Host.Events.DeliverAsync(told);

        Assert.Single(await fixture.Host.InDatabaseAsync(db => db.Set<Notice>().Where(n => n.PersonId == supervisor && n.Kind == "county-gaps" && n.OrganisationId == world.County.Id).ToListAsync()));
    }
}
