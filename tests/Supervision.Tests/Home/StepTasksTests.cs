using System.Net.Http.Json;
using Gengdu.Organisations;
using Gengdu.Supervision.Home;
using Gengdu.Supervision.Tests.Cycles;
using Gengdu.Supervision.Tests.Dispatches;
using Gengdu.Supervision.Tests.Samples;
using Gengdu.TestKit;

namespace Gengdu.Supervision.Tests.Home;

public sealed class StepTasksTests(SupervisionFixture fixture) : IClassFixture<SupervisionFixture>
{
    private TestProvince Province => fixture.Province;

    [Fact]
    public async Task Get_ASample_FromItsAnnouncementToItsApproval_ForWhoseStepItIs()
    {
        using var world = await SampleWorld.WithSchoolsAsync(fixture, 6);
        var due = await OpenedAsync(world.Cycle, countyDays: 30);
        var sample = await world.AnnouncedAsync();
        Assert.Equal((HomeTaskKind.DrawSample, 1, (Guid?)sample.Id, world.County.NameZh, due), Told(Assert.Single(await TasksAsync(world.City, Province.Shijiazhuang, world.Cycle))));
        using var county = await fixture.ClientAsync(Roles.CountyReviewer, world.County);
        Assert.Empty(await TasksAsync(county, world.County, world.Cycle));
        using var owner = await fixture.ClientAsync(Roles.ProvinceOwner, Province.Root);
        Assert.Empty(await TasksAsync(owner, Province.Root, world.Cycle));

        await fixture.Host.AuditAsync();
        using var drawn = await world.City.PostAsync($"/api/supervision/samples/{sample.Id}/draw", null);
        sample = await SampleWorld.ReadAsync<Supervision.Samples.SampleResponse>(drawn);
        Assert.Equal((HomeTaskKind.ReadSample, sample.Waiting, (Guid?)sample.Id, world.County.NameZh, due), Told(Assert.Single(await TasksAsync(world.City, Province.Shijiazhuang, world.Cycle))));
        foreach (var one in sample.Drawn)
        {
            await world.PassAsync(one);
        }

        Assert.Equal(HomeTaskKind.ApproveRest, Assert.Single(await TasksAsync(world.City, Province.Shijiazhuang, world.Cycle)).Kind);
        using var rest = await world.ApproveRestAsync(sample.Id);
        rest.EnsureSuccessStatusCode();
        Assert.Empty(await TasksAsync(world.City, Province.Shijiazhuang, world.Cycle));
    }

    [Fact]
    public async Task Get_ACounty_IsRemindedNearItsDeadline_TheCityAnswers_AndRefusedItSendsAgain()
    {
        using var world = await DispatchWorld.MadeAsync(fixture);
        await OpenedAsync(world.Cycle, countyDays: 1);
        var reminded = Assert.Single(await TasksAsync(world.Client, world.County, world.Cycle));
        Assert.Equal((HomeTaskKind.SendCounty, 3), (reminded.Kind, reminded.Count));
        Assert.Empty(await TasksAsync(world.City, Province.Baoding, world.Cycle));

        var sent = await world.SentAsync(0, 1, 2);
        Assert.Empty(await TasksAsync(world.Client, world.County, world.Cycle));
        var asked = Assert.Single(await TasksAsync(world.City, Province.Baoding, world.Cycle));
        Assert.Equal((HomeTaskKind.AnswerGaps, 1, sent.SentAt, (Guid?)null, world.County.Id), (asked.Kind, asked.Count, asked.Since, asked.SampleId, asked.Organisation.Id));

        using var refused = await world.DecideAsync(sent.Id, false, "请逐校核实");
        refused.EnsureSuccessStatusCode();
        Assert.Empty(await TasksAsync(world.City, Province.Baoding, world.Cycle));
        Assert.Equal((HomeTaskKind.SendCountyAgain, 3), Assert.Single(await TasksAsync(world.Client, world.County, world.Cycle)) is var again ? (again.Kind, again.Count) : default);
    }

    [Fact]
    public async Task Get_ACounty_WithTimeLeft_IsToldOnlyWhenItIsWhole()
    {
        using var world = await DispatchWorld.MadeAsync(fixture);
        await OpenedAsync(world.Cycle, countyDays: 30);
        await world.ArriveAsync(0);
        Assert.Empty(await TasksAsync(world.Client, world.County, world.Cycle));
        await world.ArriveAsync(1);
        await world.ArriveAsync(2);
        var whole = Assert.Single(await TasksAsync(world.Client, world.County, world.Cycle));
        Assert.Equal((HomeTaskKind.SendCounty, 0), (whole.Kind, whole.Count));
        await world.SentAsync();
        Assert.Empty(await TasksAsync(world.Client, world.County, world.Cycle));
    }

    /// <returns>The city's deadline.</returns>
    private async Task<DateTimeOffset> OpenedAsync(Guid cycle, int countyDays)
    {
        var now = fixture.Host.Clock.GetUtcNow();
        var opened = CycleEvents.CycleOpened(cycle);
        var deadlines = new Dictionary<string, DateTimeOffset>(opened.Deadlines) { ["county"] = now.AddDays(countyDays), ["city"] = now.AddDays(40) };
        await fixture.Host.Events.DeliverAsync(opened with { Deadlines = deadlines });
        return deadlines["city"];
    }

    private static (HomeTaskKind, int, Guid?, string?, DateTimeOffset) Told(HomeTask task) => (task.Kind, task.Count, task.SampleId, task.Organisation.NameZh, task.Due!.Value);

    private static async Task<IReadOnlyList<HomeTask>> TasksAsync(HttpClient client, Organisation desk, Guid cycle) =>
        (await client.GetFromJsonAsync<HomeResponse>($"/api/supervision/home?organisationId={desk.Id}", SupervisionFixture.Json))!.Cycles.SingleOrDefault(one => one.CycleId == cycle)?.Tasks ?? [];
}
