using System.Net.Http.Json;
using Gengdu.Contracts.Reporting.V1;
using Gengdu.Contracts.Supervision.V1;
using Gengdu.Organisations;
using Gengdu.Supervision.Reviews;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Supervision.Tests.Reviews;

public sealed class ApproveReviewsTests(SupervisionFixture fixture) : IClassFixture<SupervisionFixture>
{
    [Fact]
    public async Task Post_NamedReviews_ApprovesThemWithOneEventAndHistory()
    {
        var (cycle, reviews) = await WaitingAsync(fixture.Province.Changan, 3);
        var person = await fixture.Province.PersonAsync(Roles.CountyReviewer, fixture.Province.Changan);
        using var client = fixture.Host.CreateClient(person);

        var result = await ApproveAsync(client, new { cycleId = cycle, step = "county", reviewIds = reviews.Take(2).Select(r => r.Id) });

        Assert.Equal((2, 0), (result.Approved, result.Skipped.Count));
        var told = await fixture.Host.Events.WaitForAsync<ModuleReportsApproved>(e => e.CycleId == cycle);
        Assert.Equal(("county", (Guid?)person), (told.Level, told.By));
        Assert.Equal(reviews.Take(2).Select(r => (r.Id, r.ModuleReportId, 1, 2L)).Order(), told.Items.Select(i => (i.ReviewId, i.ModuleReportId, i.Revision, i.ReviewVersion)).Order());
        Assert.Equal([ReviewState.CityReview, ReviewState.CityReview, ReviewState.CountyReview], await StatesAsync(reviews));
        await fixture.Host.InDatabaseAsync(async db =>
        {
            var review = await db.Reviews.Include(r => r.History.OrderBy(e => e.Version)).SingleAsync(r => r.Id == reviews[0].Id);
            Assert.Equal((2L, (Guid?)person), (review.Version, review.CountyApprovedBy));
            Assert.Equal((ReviewAct.Approve, ReviewLevel.County, (Guid?)person, 1), (review.History[1].Act, review.History[1].Level, review.History[1].By, review.History[1].Revision));
            Assert.Empty(review.History[1].Reasons);
        });
    }

    [Fact]
    public async Task Post_WholeSubtreeOfMoreThanABatch_GivesOneEventABatch()
    {
        var cycle = SupervisionFixture.NewId();
        await fixture.Host.InDatabaseAsync(async db =>
        {
            db.AddRange(Enumerable.Range(0, 1234).Select(_ => Opened(fixture.Province.LianchiVocational, cycle)));
            await db.SaveChangesAsync();
        });
        using var client = await fixture.ClientAsync(Roles.CountyReviewer, fixture.Province.Lianchi);

        var result = await ApproveAsync(client, new { cycleId = cycle, step = "county" });

        Assert.Equal((1234, 0), (result.Approved, result.Skipped.Count));
        await fixture.Host.Events.WaitForAsync<ModuleReportsApproved>(e => e.CycleId == cycle && e.Items.Count == 234);
        var told = fixture.Host.Events.Published<ModuleReportsApproved>().Where(e => e.CycleId == cycle).ToList();
        Assert.Equal([234, 500, 500], told.Select(e => e.Items.Count).Order());
        Assert.Equal(1234, told.SelectMany(e => e.Items).Select(i => i.ReviewId).Distinct().Count());
    }

    [Fact]
    public async Task Post_CleanOnly_LeavesWhatHasWarningsOrWhereNobodyTold()
    {
        var cycle = SupervisionFixture.NewId();
        var clean = await fixture.SubmittedAsync(fixture.Province.ChanganPrimary, cycle, moduleKey: "safety");
        var warned = SupervisionFixture.Submitted(fixture.Province.ChanganPrimary, cycle) with { ExplainedWarnings = 2 };
        await fixture.Host.Events.DeliverAsync(warned);
        var unknown = await fixture.SubmittedAsync(fixture.Province.ChanganPrimary, cycle, moduleKey: "bases");
        await fixture.Host.InDatabaseAsync(db => db.Reviews.Where(r => r.ModuleReportId == unknown.ModuleReportId).ExecuteUpdateAsync(set => set.SetProperty(r => r.ExplainedWarnings, (int?)null)));
        using var client = await fixture.ClientAsync(Roles.CountyReviewer, fixture.Province.Changan);

        var result = await ApproveAsync(client, new { cycleId = cycle, step = "county", cleanOnly = true });

        Assert.Equal((1, 0), (result.Approved, result.Skipped.Count));
        Assert.Equal([ReviewState.CityReview, ReviewState.CountyReview, ReviewState.CountyReview],
            await StatesAsync([await fixture.ReviewAsync(clean), await fixture.ReviewAsync(warned), await fixture.ReviewAsync(unknown)]));
    }

    [Fact]
    public async Task Post_Province_Accepts()
    {
        var (cycle, reviews) = await WaitingAsync(fixture.Province.Changan, 1);
        await ApproveAsync(await fixture.ClientAsync(Roles.CountyReviewer, fixture.Province.Changan), new { cycleId = cycle, step = "county" });
        await ApproveAsync(await fixture.ClientAsync(Roles.CitySupervisor, fixture.Province.Shijiazhuang), new { cycleId = cycle, step = "city" });

        var result = await ApproveAsync(await fixture.ClientAsync(Roles.ProvinceOwner, fixture.Province.Root), new { cycleId = cycle, step = "province" });

        Assert.Equal(1, result.Approved);
        Assert.Equal([ReviewState.Accepted], await StatesAsync(reviews));
        var told = await fixture.Host.Events.WaitForAsync<ModuleReportsAccepted>(e => e.CycleId == cycle);
        Assert.Equal(("province", 4L), (told.Level, told.Items.Single().ReviewVersion));
    }

    [Fact]
    public async Task Post_Organisation_NarrowsToItsSubtree()
    {
        var (cycle, changan) = await WaitingAsync(fixture.Province.Changan, 1);
        var (_, zhengding) = await WaitingAsync(fixture.Province.Zhengding, 1, cycle);
        await ApproveAsync(await fixture.ClientAsync(Roles.CountyReviewer, fixture.Province.Changan), new { cycleId = cycle, step = "county" });
        await ApproveAsync(await fixture.ClientAsync(Roles.CountyReviewer, fixture.Province.Zhengding), new { cycleId = cycle, step = "county" });

        var result = await ApproveAsync(
            await fixture.ClientAsync(Roles.CitySupervisor, fixture.Province.Shijiazhuang), new { cycleId = cycle, step = "city", organisationId = fixture.Province.Zhengding.Id });

        Assert.Equal(1, result.Approved);
        Assert.Equal([ReviewState.CityReview], await StatesAsync(changan));
        Assert.Equal([ReviewState.ProvinceReview], await StatesAsync(zhengding));
    }

    [Fact]
    public async Task Post_OwnEarlierStep_IsSkippedWithTheReason()
    {
        var cycle = SupervisionFixture.NewId();
        var both = await fixture.Province.PersonAsync((Roles.CountyReviewer, fixture.Province.Dingzhou), (Roles.CitySupervisor, fixture.Province.Dingzhou));
        using var client = fixture.Host.CreateClient(both);
        var mine = await fixture.SubmittedAsync(fixture.Province.DingzhouPrimary, cycle);
        await ApproveAsync(client, new { cycleId = cycle, step = "county" });
        var others = await fixture.SubmittedAsync(fixture.Province.DingzhouPrimary, cycle, moduleKey: "safety");
        await fixture.ApprovedAsync(others, Roles.CountyReviewer, fixture.Province.Dingzhou);
        var ids = new[] { (await fixture.ReviewAsync(mine)).Id, (await fixture.ReviewAsync(others)).Id };

        var subtree = await ApproveAsync(client, new { cycleId = cycle, step = "city" });
        var named = await ApproveAsync(client, new { cycleId = cycle, step = "city", reviewIds = ids });

        Assert.Equal((1, ids[0]), (subtree.Approved, Assert.Single(subtree.Skipped).ReviewId));
        Assert.Equal(ReviewProblems.OwnWork.Detail, subtree.Skipped[0].Reason);
        Assert.Equal(0, named.Approved);
        Assert.Equal(ids.Order(), named.Skipped.Select(skipped => skipped.ReviewId).Order());
    }

    [Fact]
    public async Task Post_PersonWhoSigned_IsSkipped()
    {
        var both = await fixture.Province.PersonAsync((Roles.Approver, fixture.Province.ChanganPrimary), (Roles.CountyReviewer, fixture.Province.Changan));
        var submitted = await fixture.SubmittedAsync(fixture.Province.ChanganPrimary, by: both);

        var result = await ApproveAsync(fixture.Host.CreateClient(both), new { cycleId = submitted.CycleId, step = "county" });

        Assert.Equal((0, 1), (result.Approved, result.Skipped.Count));
    }

    [Fact]
    public async Task Post_StateMeanwhileAnother_IsSkippedWithTheReason()
    {
        var (cycle, reviews) = await WaitingAsync(fixture.Province.Changan, 2);
        using var client = await fixture.ClientAsync(Roles.CountyReviewer, fixture.Province.Changan);
        using var returned = await SupervisionFixture.ReturnAsync(client, reviews[0]);
        Assert.True(returned.IsSuccessStatusCode);

        var result = await ApproveAsync(client, new { cycleId = cycle, step = "county", reviewIds = reviews.Select(r => r.Id) });

        Assert.Equal((1, reviews[0].Id), (result.Approved, Assert.Single(result.Skipped).ReviewId));
        Assert.Contains("退回", result.Skipped[0].Reason.Zh, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_OneForeignId_RefusesTheWholeRequest()
    {
        var (cycle, reviews) = await WaitingAsync(fixture.Province.Changan, 1);
        var (_, foreign) = await WaitingAsync(fixture.Province.Zhengding, 1, cycle);
        using var client = await fixture.ClientAsync(Roles.CountyReviewer, fixture.Province.Changan);
        foreach (var id in new[] { foreign[0].Id, SupervisionFixture.NewId() })
        {
            using var response = await PostAsync(client, new { cycleId = cycle, step = "county", reviewIds = new[] { reviews[0].Id, id } });
            await SupervisionFixture.RefusedAsync(response, 404, "GEN-0006");
        }

        Assert.Equal([ReviewState.CountyReview], await StatesAsync(reviews));
    }

    [Fact]
    public async Task Post_StepOfAnotherRole_Returns403()
    {
        var (cycle, reviews) = await WaitingAsync(fixture.Province.Changan, 1);
        (string Role, Organisation At)[] others =
        [
            (Roles.CitySupervisor, fixture.Province.Shijiazhuang), (Roles.ProvinceOwner, fixture.Province.Root), (Roles.CountyReviewer, fixture.Province.Shijiazhuang),
            (Roles.Approver, fixture.Province.ChanganPrimary), (Roles.Administrator, fixture.Province.Root),
        ];
        foreach (var (role, at) in others)
        {
            using var client = await fixture.ClientAsync(role, at);
            using var response = await PostAsync(client, new { cycleId = cycle, step = "county" });
            await SupervisionFixture.RefusedAsync(response, 403, "SUP-0003");
        }

        Assert.Equal([ReviewState.CountyReview], await StatesAsync(reviews));
    }

    [Fact]
    public async Task Post_CityOfAnotherLine_PassesNothing()
    {
        var (cycle, reviews) = await WaitingAsync(fixture.Province.Changan, 1);
        await ApproveAsync(await fixture.ClientAsync(Roles.CountyReviewer, fixture.Province.Changan), new { cycleId = cycle, step = "county" });
        using var client = await fixture.ClientAsync(Roles.CitySupervisor, fixture.Province.Baoding);

        var result = await ApproveAsync(client, new { cycleId = cycle, step = "city" });
        using var narrowed = await PostAsync(client, new { cycleId = cycle, step = "city", organisationId = fixture.Province.Changan.Id });

        Assert.Equal((0, 0), (result.Approved, result.Skipped.Count));
        await SupervisionFixture.RefusedAsync(narrowed, 404, "GEN-0006");
        Assert.Equal([ReviewState.CityReview], await StatesAsync(reviews));
    }

    [Fact]
    public async Task Post_ZoneInsideACounty_IsTheZonesToApprove()
    {
        var zone = await fixture.Province.DivisionAsync(fixture.Province.Zhengding, "county");
        var (cycle, inZone) = await WaitingAsync(zone, 1);
        var (_, direct) = await WaitingAsync(fixture.Province.Zhengding, 1, cycle);

        var county = await ApproveAsync(await fixture.ClientAsync(Roles.CountyReviewer, fixture.Province.Zhengding), new { cycleId = cycle, step = "county" });

        Assert.Equal((1, inZone[0].Id), (county.Approved, Assert.Single(county.Skipped).ReviewId));
        Assert.Equal([ReviewState.CountyReview, ReviewState.CityReview], await StatesAsync([inZone[0], direct[0]]));
        Assert.Equal(1, (await ApproveAsync(await fixture.ClientAsync(Roles.CountyReviewer, zone), new { cycleId = cycle, step = "county" })).Approved);
    }

    [Fact]
    public async Task Post_TwiceAtOnce_PassesEachReviewOnce()
    {
        var (cycle, reviews) = await WaitingAsync(fixture.Province.Changan, 20);
        var results = await Task.WhenAll(Enumerable.Range(0, 4).Select(async _ =>
            await ApproveAsync(await fixture.ClientAsync(Roles.CountyReviewer, fixture.Province.Changan), new { cycleId = cycle, step = "county" })));

        Assert.Equal(20, results.Sum(result => result.Approved));
        await fixture.Host.InDatabaseAsync(async db =>
            Assert.Equal(20, await db.Reviews.CountAsync(r => r.CycleId == cycle && r.Version == 2 && r.History.Count == 2)));
        Assert.Equal(20, reviews.Count);
    }

    [Theory]
    [InlineData("school", 1, "step")]
    [InlineData("county", 0, "reviewIds")]
    [InlineData("county", 501, "reviewIds")]
    public async Task Post_ValueNotAcceptable_Returns422(string step, int ids, string at)
    {
        using var client = await fixture.ClientAsync(Roles.CountyReviewer, fixture.Province.Changan);
        using var response = await PostAsync(client, new { cycleId = SupervisionFixture.NewId(), step, reviewIds = Enumerable.Range(0, ids).Select(_ => SupervisionFixture.NewId()) });

        await SupervisionFixture.RefusedAsync(response, 422, "GEN-0011");
        Assert.Contains($"\"at\":\"{at}\"", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private static Review Opened(Organisation school, Guid cycle) => Review.Open(
        new(SupervisionFixture.NewId(), 1, SupervisionFixture.NewId(), cycle, "curriculum", school.Id, school.Path, ReviewLevel.School, Start, SupervisionFixture.NewId()), Start);

    private static readonly DateTimeOffset Start = new(2026, 9, 15, 1, 0, 0, TimeSpan.Zero);

    /// <summary>Schools of a county whose module waits there.</summary>
    private async Task<(Guid Cycle, IReadOnlyList<Review> Reviews)> WaitingAsync(Organisation county, int schools, Guid? cycle = null)
    {
        var cycleId = cycle ?? SupervisionFixture.NewId();
        var reviews = new List<Review>();
        for (var i = 0; i < schools; i++)
        {
            reviews.Add(Opened(await fixture.Province.SchoolAsync(county), cycleId));
        }

        await fixture.Host.InDatabaseAsync(async db =>
        {
            db.AddRange(reviews);
            await db.SaveChangesAsync();
        });
        return (cycleId, reviews);
    }

    private Task<ReviewState[]> StatesAsync(IReadOnlyList<Review> reviews) => fixture.Host.InDatabaseAsync(async db =>
    {
        var ids = reviews.Select(r => r.Id).ToArray();
        var states = await db.Reviews.Where(r => ids.Contains(r.Id)).ToDictionaryAsync(r => r.Id, r => r.State);
        return ids.Select(id => states[id]).ToArray();
    });

    private static Task<HttpResponseMessage> PostAsync(HttpClient client, object body) => client.PostAsJsonAsync("/api/supervision/approvals", body);

    private static async Task<ApproveReviewsResponse> ApproveAsync(HttpClient client, object body)
    {
        using var response = await PostAsync(client, body);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        return (await response.Content.ReadFromJsonAsync<ApproveReviewsResponse>(SupervisionFixture.Json))!;
    }
}
