using Gengdu.Contracts.Supervision.V1;
using Gengdu.Organisations;
using Gengdu.Supervision.Reviews;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Supervision.Tests.Reviews;

public sealed class ModuleReportSubmittedConsumerTests(SupervisionFixture fixture) : IClassFixture<SupervisionFixture>
{
    [Theory]
    [InlineData("school", ReviewState.CountyReview)]
    [InlineData("county", ReviewState.CityReview)]
    [InlineData("city", ReviewState.ProvinceReview)]
    public async Task Consume_FirstRevision_OpensAtTheStepAboveTheReporter(string level, ReviewState state)
    {
        var at = level switch { "school" => fixture.Province.ChanganPrimary, "county" => fixture.Province.Changan, _ => fixture.Province.Shijiazhuang };
        var submitted = await fixture.SubmittedAsync(at, level: level);

        var review = await fixture.ReviewAsync(submitted);

        Assert.Equal((state, 1, 1L), (review.State, review.Revision, review.Version));
        Assert.Equal(submitted.SubmittedBy, review.SubmittedBy);
        Assert.Equal((ReviewAct.Submit, ReviewKeys.Level(level), (Guid?)submitted.SubmittedBy), (review.History[0].Act, review.History[0].Level, review.History[0].By));
    }

    [Fact]
    public async Task Consume_ProvincesOwnReport_IsAcceptedByRule()
    {
        var submitted = await fixture.SubmittedAsync(fixture.Province.Root, level: "province", moduleKey: "province-department");

        var review = await fixture.ReviewAsync(submitted);
        var accepted = await fixture.Host.Events.WaitForAsync<ModuleReportsAccepted>(e => e.CycleId == submitted.CycleId);

        Assert.Equal((ReviewState.Accepted, 2L), (review.State, review.Version));
        Assert.Null(accepted.By);
        var item = Assert.Single(accepted.Items);
        Assert.Equal((submitted.ModuleReportId, 1, 2L), (item.ModuleReportId, item.Revision, item.ReviewVersion));
    }

    [Fact]
    public async Task Consume_SameMessageTwiceAndSameRevisionUnderAnotherId_ChangesNothing()
    {
        var submitted = SupervisionFixture.Submitted(fixture.Province.ChanganPrimary);
        var messageId = SupervisionFixture.NewId();
        await fixture.Host.Events.DeliverAsync(submitted, messageId);
        await fixture.Host.Events.DeliverAsync(submitted, messageId);
        await fixture.Host.Events.DeliverAsync(submitted);

        var review = await fixture.ReviewAsync(submitted);

        Assert.Equal((1, 1L), (review.Revision, review.Version));
        Assert.Single(review.History);
    }

    [Fact]
    public async Task Consume_SameRevisionTenTimesAtOnce_OpensOneReview()
    {
        var submitted = SupervisionFixture.Submitted(fixture.Province.ChanganPrimary);

        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => fixture.Host.Events.DeliverAsync(submitted)));

        Assert.Single((await fixture.ReviewAsync(submitted)).History);
    }

    [Fact]
    public async Task Consume_RevisionsOutOfOrder_KeepsTheHighest()
    {
        var submitted = SupervisionFixture.Submitted(fixture.Province.ChanganPrimary);
        foreach (var revision in new[] { 3, 1, 2 })
        {
            await fixture.Host.Events.DeliverAsync(submitted with { Revision = revision });
        }

        var review = await fixture.ReviewAsync(submitted);

        Assert.Equal((3, 1L, ReviewState.CountyReview), (review.Revision, review.Version, review.State));
    }

    [Fact]
    public async Task Consume_NextRevisionAfterAReturnByTheCity_StartsAtTheCountyAgain()
    {
        var submitted = await fixture.SubmittedAsync(fixture.Province.ChanganPrimary);
        await fixture.ApprovedAsync(submitted, Roles.CountyReviewer, fixture.Province.Changan);
        using var city = await fixture.ClientAsync(Roles.CitySupervisor, fixture.Province.Shijiazhuang);
        using var returned = await SupervisionFixture.ReturnAsync(city, await fixture.ReviewAsync(submitted));
        Assert.True(returned.IsSuccessStatusCode);

        await fixture.Host.Events.DeliverAsync(submitted with { Revision = 2 });

        var review = await fixture.ReviewAsync(submitted);
        Assert.Equal((ReviewState.CountyReview, 2, 4L), (review.State, review.Revision, review.Version));
        Assert.Null(review.CountyApprovedBy);
        Assert.Equal([ReviewAct.Submit, ReviewAct.Approve, ReviewAct.Return, ReviewAct.Submit], review.History.Select(entry => entry.Act));
        Assert.Equal([1, 1, 1, 2], review.History.Select(entry => entry.Revision));
    }

    [Fact]
    public async Task Consume_LateFirstRevisionAfterTheSecond_DoesNotReopen()
    {
        var submitted = SupervisionFixture.Submitted(fixture.Province.ChanganPrimary);
        await fixture.Host.Events.DeliverAsync(submitted with { Revision = 2 });
        await fixture.ApprovedAsync(submitted, Roles.CountyReviewer, fixture.Province.Changan);

        await fixture.Host.Events.DeliverAsync(submitted);

        Assert.Equal((ReviewState.CityReview, 2), await fixture.Host.InDatabaseAsync(async db =>
        {
            var review = await db.Reviews.SingleAsync(r => r.ModuleReportId == submitted.ModuleReportId);
            return (review.State, review.Revision);
        }));
    }

    [Fact]
    public async Task Consume_OneThatCannotBeRead_DoesNotHoldUpItsBatch()
    {
        var good = Enumerable.Range(0, 6).Select(_ => SupervisionFixture.Submitted(fixture.Province.ChanganPrimary)).ToList();
        var poison = SupervisionFixture.Submitted(fixture.Province.ChanganPrimary, level: "village");

        var deliveries = good.Take(3).Append(poison).Concat(good.Skip(3)).Select(submitted => fixture.Host.Events.DeliverAsync(submitted)).ToList();
        await Task.WhenAll(deliveries.Select(delivery => delivery.ContinueWith(_ => { }, TaskScheduler.Default)));

        Assert.Equal(6, await fixture.Host.InDatabaseAsync(db => db.Reviews.CountAsync(r => good.Select(e => e.ModuleReportId).Contains(r.ModuleReportId))));
        Assert.False(await fixture.Host.InDatabaseAsync(db => db.Reviews.AnyAsync(r => r.ModuleReportId == poison.ModuleReportId)));
    }

    [Fact]
    public async Task Consume_SeveralRevisionsInOneBatch_KeepsTheHighestAndAllThatCameBefore()
    {
        var submitted = SupervisionFixture.Submitted(fixture.Province.ChanganPrimary);

        await Task.WhenAll(new[] { 2, 3, 1 }.Select(revision => fixture.Host.Events.DeliverAsync(submitted with { Revision = revision })));

        var review = await fixture.ReviewAsync(submitted);
        Assert.Equal((3, ReviewState.CountyReview), (review.Revision, review.State));
        Assert.Equal(review.Version, review.History.Count);
    }

    [Fact]
    public async Task Consume_ABacklogWithRepeatsAndOldRevisions_GivesEachItsOneReviewAtTheNewest()
    {
        // As after an hour of standing still: everything at once, some twice under another id, some revisions behind newer ones.
        var cycle = SupervisionFixture.NewId();
        var backlog = Enumerable.Range(0, 250).Select(n => SupervisionFixture.Submitted(fixture.Province.LianchiVocational, cycle, moduleKey: $"module-{n}") with { ExplainedWarnings = n % 3 }).ToList();
        var all = backlog.SelectMany((e, n) => (n % 5) switch
        {
            0 => new[] { e, e },
            1 => [e with { Revision = 2 }, e],
            _ => [e],
        }).OrderBy(e => e.ModuleReportId.ToString()[^4..], StringComparer.Ordinal).ToList();

        await Task.WhenAll(all.Select(e => fixture.Host.Events.DeliverAsync(e)));

        var reviews = await fixture.Host.InDatabaseAsync(db => db.Reviews.Include(r => r.History).Where(r => r.CycleId == cycle).ToListAsync());
        Assert.Equal(backlog.Select(e => e.ModuleReportId).Order(), reviews.Select(r => r.ModuleReportId).Order());
        Assert.All(backlog.Index(), e =>
        {
            var review = reviews.Single(r => r.ModuleReportId == e.Item.ModuleReportId);
            Assert.Equal((e.Index % 5 == 1 ? 2 : 1, e.Index % 3, ReviewState.CountyReview), (review.Revision, review.ExplainedWarnings, review.State));
            Assert.Equal(review.History.Count, review.History.Select(entry => entry.Revision).Distinct().Count());
        });
    }
}
