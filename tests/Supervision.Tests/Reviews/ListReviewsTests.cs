using System.Net.Http.Json;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Gengdu.Supervision.Reviews;

namespace Gengdu.Supervision.Tests.Reviews;

public sealed class ListReviewsTests(SupervisionFixture fixture) : IClassFixture<SupervisionFixture>
{
    [Fact]
    public async Task Get_ByModuleReport_FindsTheOneReview()
    {
        var submitted = await fixture.SubmittedAsync(fixture.Province.ChanganPrimary);
        await fixture.SubmittedAsync(fixture.Province.ChanganPrimary, submitted.CycleId, moduleKey: "safety");
        using var client = await fixture.ClientAsync(Roles.Reporter, fixture.Province.ChanganPrimary);

        var page = await ListAsync(client, $"moduleReportId={submitted.ModuleReportId}");

        var review = Assert.Single(page.Items);
        Assert.Equal((submitted.ModuleReportId, 1), (review.ModuleReportId, page.Total));
        Assert.Single(review.History);
        Assert.Equal(ReviewTransitions.Acts.Count, review.Acts.Count);
    }

    [Fact]
    public async Task Get_ByReportAndByOrganisation_GiveTheSameModulesInOrder()
    {
        var school = await fixture.Province.SchoolAsync(fixture.Province.Changan);
        var first = SupervisionFixture.Submitted(school, moduleKey: "safety");
        var second = SupervisionFixture.Submitted(school, first.CycleId) with { ReportId = first.ReportId };
        await fixture.Host.Events.DeliverAsync(first);
        await fixture.Host.Events.DeliverAsync(second);
        using var client = await fixture.ClientAsync(Roles.CountyReviewer, fixture.Province.Changan);

        var byReport = await ListAsync(client, $"reportId={first.ReportId}");
        var byOrganisation = await ListAsync(client, $"organisationId={school.Id}&cycleId={first.CycleId}");

        Assert.Equal(["curriculum", "safety"], byReport.Items.Select(review => review.ModuleKey));
        Assert.Equal(byReport.Items.Select(review => review.Id), byOrganisation.Items.Select(review => review.Id));
    }

    [Fact]
    public async Task Get_Pages_AreStableAndComplete()
    {
        var cycle = SupervisionFixture.NewId();
        foreach (var key in new[] { "a", "b", "c", "d", "e" })
        {
            await fixture.SubmittedAsync(fixture.Province.LianchiVocational, cycle, moduleKey: key);
        }

        using var client = await fixture.ClientAsync(Roles.CitySupervisor, fixture.Province.Baoding);

        var pages = new List<Page<ReviewResponse>>();
        for (var number = 1; number <= 3; number++)
        {
            pages.Add(await ListAsync(client, $"cycleId={cycle}&page={number}&pageSize=2"));
        }

        Assert.All(pages, page => Assert.Equal(5, page.Total));
        Assert.Equal(["a", "b", "c", "d", "e"], pages.SelectMany(page => page.Items).Select(review => review.ModuleKey));
    }

    [Fact]
    public async Task Get_OthersSeeOnlyTheirSubtree()
    {
        var submitted = await fixture.SubmittedAsync(fixture.Province.ChanganPrimary);
        (string Role, Organisation At, int Seen)[] people =
        [
            (Roles.CountyReviewer, fixture.Province.Changan, 1), (Roles.CitySupervisor, fixture.Province.Shijiazhuang, 1), (Roles.ProvinceOwner, fixture.Province.Root, 1),
            (Roles.Reporter, fixture.Province.ChanganPrimary, 1), (Roles.Reporter, fixture.Province.ChanganNineYear, 0), (Roles.CountyReviewer, fixture.Province.Zhengding, 0),
            (Roles.CitySupervisor, fixture.Province.Baoding, 0), (Roles.Reporter, fixture.Province.Changan, 0), (Roles.Administrator, fixture.Province.Root, 0),
        ];
        foreach (var (role, at, seen) in people)
        {
            using var client = await fixture.ClientAsync(role, at);
            Assert.Equal(seen, (await ListAsync(client, $"reportId={submitted.ReportId}")).Total);
        }
    }

    [Fact]
    public async Task Get_ByState_FindsOnlyThose()
    {
        var cycle = SupervisionFixture.NewId();
        await fixture.SubmittedAsync(fixture.Province.ChanganPrimary, cycle);
        var passed = await fixture.SubmittedAsync(fixture.Province.ChanganPrimary, cycle, moduleKey: "safety");
        await fixture.ApprovedAsync(passed, Roles.CountyReviewer, fixture.Province.Changan);
        using var client = await fixture.ClientAsync(Roles.CitySupervisor, fixture.Province.Shijiazhuang);

        Assert.Equal("safety", Assert.Single((await ListAsync(client, $"cycleId={cycle}&state=city-review")).Items).ModuleKey);
        Assert.Empty((await ListAsync(client, $"cycleId={cycle}&state=accepted")).Items);
    }

    [Theory]
    [InlineData("reportId=' or 1=1 --")]
    [InlineData("state=done")]
    [InlineData("state=0")]
    public async Task Get_FilterThatCannotBeRead_Returns400(string query)
    {
        using var client = await fixture.ClientAsync(Roles.ProvinceOwner, fixture.Province.Root);
        using var response = await client.GetAsync($"/api/supervision/reviews?{query}");
        await SupervisionFixture.RefusedAsync(response, 400, "GEN-0010");
    }

    private static async Task<Page<ReviewResponse>> ListAsync(HttpClient client, string query) =>
        (await client.GetFromJsonAsync<Page<ReviewResponse>>($"/api/supervision/reviews?{query}", SupervisionFixture.Json))!;
}
