using Gengdu.Organisations;
using Gengdu.Supervision.Conversations;
using Gengdu.Supervision.Tests.Conversations;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Supervision.Tests.Reviews;

/// <summary>What the queue says beside a report: talk, exemption, rounds and warnings.</summary>
public sealed class QueueMarkTests(SupervisionFixture fixture) : IClassFixture<SupervisionFixture>
{
    [Fact]
    public async Task Get_MarksWhatIsUnreadAndWhoIsExempt_ForEachReaderTheirOwn()
    {
        var scene = await TalkScene.OpenedAsync(fixture, fixture.Province.Zhengding);
        var submitted = SupervisionFixture.Submitted(scene.School) with { ReportId = scene.ReportId };
        await fixture.Host.Events.DeliverAsync(submitted);
        Guid reporter = await fixture.Province.PersonAsync(Roles.Reporter, scene.School), reviewer = await fixture.Province.PersonAsync(Roles.CountyReviewer, fixture.Province.Zhengding);
        using HttpClient one = fixture.Host.CreateClient(reviewer), other = await fixture.ClientAsync(Roles.CountyReviewer, fixture.Province.Zhengding);
        Assert.Equal((false, null), await SeenAsync(one));

        await scene.SayAsync(reporter, "一");
        await scene.SayAsync(reviewer, "二");
        await scene.SayAsync(reporter, "三", null, new { organisationId = fixture.Province.Zhengding.Id, role = Roles.CountyReviewer });
        Assert.Equal((false, new UnreadTalk(2, true, "curriculum", 3)), await SeenAsync(one));
        Assert.Equal((false, new UnreadTalk(3, true, "curriculum", 3)), await SeenAsync(other));
        await scene.ReadAsync(reviewer, 3);
        await fixture.Host.InDatabaseAsync(db => db.Roster.Where(r => r.ReportId == scene.ReportId).ExecuteUpdateAsync(set => set.SetProperty(r => r.ExemptAt, fixture.Host.Clock.GetUtcNow())));
        Assert.Equal((true, null), await SeenAsync(one));
        Assert.Equal((true, new UnreadTalk(3, true, "curriculum", 3)), await SeenAsync(other));

        async Task<(bool, UnreadTalk?)> SeenAsync(HttpClient client) =>
            Assert.Single((await client.QueueAsync($"cycleId={submitted.CycleId}")).Items) is var item ? (item.Exempt, item.Talk) : default;
    }

    [Fact]
    public async Task Get_AfterAReturn_TellsTheRoundsAndTheWarnings()
    {
        var submitted = SupervisionFixture.Submitted(fixture.Province.ChanganPrimary) with { ExplainedWarnings = 2, OnTime = false };
        await fixture.Host.Events.DeliverAsync(submitted);
        using var client = await fixture.ClientAsync(Roles.CountyReviewer, fixture.Province.Changan);
        using var returned = await SupervisionFixture.ReturnAsync(client, await fixture.ReviewAsync(submitted));
        await fixture.Host.Events.DeliverAsync(submitted with { Revision = 2, ExplainedWarnings = 0, OnTime = true });

        var queue = await client.QueueAsync($"cycleId={submitted.CycleId}&step=county&returned=true");

        var review = Assert.Single(Assert.Single(queue.Items).Reviews);
        Assert.Equal((0, false, 1), (review.ExplainedWarnings!.Value, review.Late, review.ReturnRounds));
    }
}
