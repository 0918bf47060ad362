using Gengdu.Organisations;
using Gengdu.Supervision.Reviews;

namespace Gengdu.Supervision.Tests.Reviews;

/// <summary>Who sees what waits, and in which order.</summary>
public sealed class GetQueueTests(SupervisionFixture fixture) : IClassFixture<SupervisionFixture>
{
    [Fact]
    public async Task Get_CountyStep_GroupsByReportWithTheLongestWaitingFirst()
    {
        var first = await fixture.ReportAsync(fixture.Province.ChanganNineYear, SupervisionFixture.NewId(), "curriculum", "safety");
        fixture.Host.Clock.Advance(TimeSpan.FromMinutes(1));
        var second = await fixture.ReportAsync(fixture.Province.ChanganPrimary, first[0].CycleId, "curriculum");
        await fixture.ApprovedAsync(first[1], Roles.CountyReviewer, fixture.Province.Changan);
        using var client = await fixture.ClientAsync(Roles.CountyReviewer, fixture.Province.Changan);

        var queue = await client.QueueAsync($"cycleId={first[0].CycleId}&step=county");
        Assert.Equal([first[0].ReportId, second[0].ReportId], queue.Items.Select(report => report.ReportId));
        Assert.Equal((2, 1, 50), (queue.Total, queue.Page, queue.PageSize));
        Assert.Equal([("curriculum", ReviewState.CountyReview), ("safety", ReviewState.CityReview)], queue.Items[0].Reviews.Select(r => (r.ModuleKey, r.State)));
        Assert.Equal((fixture.Province.ChanganNineYear.NameZh, ReviewLevel.School), (queue.Items[0].Organisation.NameZh, queue.Items[0].Level));
        Assert.Equal([("city-review", 1), ("county-review", 2)], queue.Counts.OrderBy(count => count.Key, StringComparer.Ordinal).Select(count => (count.Key, count.Value)));
    }

    [Fact]
    public async Task Get_Steps_ShowWhatWaitsThere()
    {
        var cycle = SupervisionFixture.NewId();
        await fixture.SubmittedAsync(fixture.Province.ChanganPrimary, cycle);
        await fixture.SubmittedAsync(fixture.Province.Changan, cycle, "county", "county-department");
        await fixture.SubmittedAsync(fixture.Province.Shijiazhuang, cycle, "city", "city-department");
        using var client = await fixture.ClientAsync(Roles.ProvinceOwner, fixture.Province.Root);

        foreach (var (step, level) in new[] { ("county", ReviewLevel.School), ("city", ReviewLevel.County), ("province", ReviewLevel.City) })
        {
            Assert.Equal(level, Assert.Single((await client.QueueAsync($"cycleId={cycle}&step={step}")).Items).Level);
        }

        Assert.Equal(3, (await client.QueueAsync($"cycleId={cycle}")).Total);
    }

    [Fact]
    public async Task Get_ScopeIsInsideTheQuery()
    {
        var cycle = SupervisionFixture.NewId();
        foreach (var school in new[] { fixture.Province.ChanganPrimary, fixture.Province.ZhengdingJunior, fixture.Province.LianchiVocational, fixture.Province.DingzhouPrimary })
        {
            await fixture.SubmittedAsync(school, cycle);
        }

        (string Role, Organisation At, int Seen)[] people =
        [
            (Roles.CountyReviewer, fixture.Province.Changan, 1), (Roles.CountyReviewer, fixture.Province.Dingzhou, 1), (Roles.CitySupervisor, fixture.Province.Dingzhou, 1),
            (Roles.CitySupervisor, fixture.Province.Shijiazhuang, 2), (Roles.CitySupervisor, fixture.Province.Baoding, 1), (Roles.ProvinceOwner, fixture.Province.Root, 4),
        ];
        foreach (var (role, at, seen) in people)
        {
            using var client = await fixture.ClientAsync(role, at);
            var queue = await client.QueueAsync($"cycleId={cycle}");
            Assert.Equal((seen, seen), (queue.Total, queue.Counts.Values.Sum()));
            Assert.All(queue.Items, report => Assert.StartsWith(at.Path, report.Organisation.Path, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Get_PersonWithOverlappingRights_SeesEachReportOnce()
    {
        var submitted = await fixture.SubmittedAsync(fixture.Province.ChanganPrimary);
        var person = await fixture.Province.PersonAsync((Roles.CountyReviewer, fixture.Province.Changan), (Roles.CitySupervisor, fixture.Province.Shijiazhuang));
        using var client = fixture.Host.CreateClient(person);

        var queue = await client.QueueAsync($"cycleId={submitted.CycleId}");
        Assert.Equal((1, 1), (queue.Total, queue.Counts["county-review"]));
    }

    [Fact]
    public async Task Get_OrganisationInTheSubtree_Narrows()
    {
        var cycle = SupervisionFixture.NewId();
        await fixture.SubmittedAsync(fixture.Province.ChanganPrimary, cycle);
        await fixture.SubmittedAsync(fixture.Province.ZhengdingJunior, cycle);
        using var client = await fixture.ClientAsync(Roles.CitySupervisor, fixture.Province.Shijiazhuang);

        var queue = await client.QueueAsync($"cycleId={cycle}&organisationId={fixture.Province.Zhengding.Id}");
        Assert.Equal(fixture.Province.ZhengdingJunior.Id, Assert.Single(queue.Items).Organisation.Id);
    }

    [Fact]
    public async Task Get_OrganisationOutsideTheSubtree_Returns404LikeAnUnknownOne()
    {
        using var client = await fixture.ClientAsync(Roles.CountyReviewer, fixture.Province.Changan);
        foreach (var id in new[] { fixture.Province.Zhengding.Id, fixture.Province.Shijiazhuang.Id, fixture.Province.Root.Id, SupervisionFixture.NewId() })
        {
            using var response = await client.GetAsync($"/api/supervision/queue?cycleId={SupervisionFixture.NewId()}&organisationId={id}");
            await SupervisionFixture.RefusedAsync(response, 404, "GEN-0006");
        }
    }

    [Theory]
    [InlineData(Roles.Reporter)]
    [InlineData(Roles.Approver)]
    [InlineData(Roles.Administrator)]
    public async Task Get_WithoutReviewingRole_Returns403(string role)
    {
        using var client = await fixture.ClientAsync(role, fixture.Province.ChanganPrimary);
        using var response = await client.GetAsync($"/api/supervision/queue?cycleId={SupervisionFixture.NewId()}");
        await SupervisionFixture.RefusedAsync(response, 403, "GEN-0005");
    }

    [Fact]
    public async Task Get_Pages_AreStableAndComplete()
    {
        var cycle = SupervisionFixture.NewId();
        var expected = new List<Guid>();
        for (var i = 0; i < 5; i++)
        {
            expected.Add((await fixture.SubmittedAsync(await fixture.Province.SchoolAsync(fixture.Province.Lianchi), cycle)).ReportId);
            fixture.Host.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        using var client = await fixture.ClientAsync(Roles.CountyReviewer, fixture.Province.Lianchi);
        var found = new List<Guid>();
        for (var page = 1; page <= 4; page++)
        {
            var queue = await client.QueueAsync($"cycleId={cycle}&step=county&page={page}&pageSize=2");
            Assert.Equal((5, 5), (queue.Total, queue.Counts["county-review"]));
            found.AddRange(queue.Items.Select(report => report.ReportId));
        }

        Assert.Equal(expected, found);
    }

    [Fact]
    public async Task Get_LastPossiblePage_IsEmptyAndNoFault()
    {
        using var client = await fixture.ClientAsync(Roles.ProvinceOwner, fixture.Province.Root);
        var queue = await client.QueueAsync($"cycleId={SupervisionFixture.NewId()}&page=2147483647&pageSize=500");
        Assert.Equal((0, 0), (queue.Total, queue.Items.Count));
    }
}
