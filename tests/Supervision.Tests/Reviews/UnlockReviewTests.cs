using System.Net;
using System.Net.Http.Json;
using Gengdu.Contracts.Supervision.V1;
using Gengdu.Organisations;
using Gengdu.Supervision.Reviews;
using Gengdu.TestKit;
using Microsoft.EntityFrameworkCore;
using static Gengdu.Supervision.Tests.SupervisionFixture;

namespace Gengdu.Supervision.Tests.Reviews;

public sealed class UnlockReviewTests(SupervisionFixture fixture) : IClassFixture<SupervisionFixture>
{
    private TestProvince P => fixture.Province;

    [Fact]
    public async Task Post_Asked_GivesItBackWithWordsAndDate_TheNextRevisionIsReviewedFromTheStart()
    {
        var submitted = await fixture.AcceptedAsync(P.ChanganPrimary, P.Changan, P.Shijiazhuang);
        var review = await fixture.ReviewAsync(submitted);
        var person = await P.PersonAsync(Roles.ProvinceOwner, P.Root);
        await AskedAsync(review);
        using var owner = fixture.Host.CreateClient(person);
        var due = fixture.Host.Clock.GetUtcNow().AddDays(5);

        using var response = await owner.PostAsJsonAsync($"/api/supervision/reviews/{review.Id}/unlock", new { words = "同意，限更正附件一", dueAt = due });

        var body = await response.Content.ReadFromJsonAsync<ReviewResponse>(Json);
        Assert.Equal((ReviewState.Unlocked, 6L, 1), (body!.State, body.Version, body.Revision));
        Assert.Null(body.UnlockAskedAt);
        var told = await fixture.Host.Events.WaitForAsync<ModuleReportUnlocked>(e => e.ReviewId == review.Id);
        Assert.Equal((person, (DateTimeOffset?)due, "同意，限更正附件一", 6L), (told.UnlockedBy, told.DueAt, told.Words, told.ReviewVersion));
        Assert.Single(await fixture.Host.AuditOfAsync(review.Id), entry => entry.Act == "review.unlocked");
        var kinds = await fixture.Host.InDatabaseAsync(db => db.Set<Gengdu.Supervision.Notices.Notice>().Where(n => n.Key.Contains(review.Id.ToString())).Select(n => new { n.Kind, n.PersonId, n.Link }).ToListAsync());
        Assert.Contains(kinds, told => told.Kind == "unlock-asked" && told.PersonId == person && told.Link.StartsWith("/review/unlock-requests?cycle=", StringComparison.Ordinal));
        Assert.Contains(kinds, told => told.Kind == "unlock-granted" && told.Link.StartsWith("/fill/", StringComparison.Ordinal));
        await fixture.Host.Events.DeliverAsync(submitted with { Revision = 2 });
        var next = await fixture.ReviewAsync(submitted);
        Assert.Equal((ReviewState.CountyReview, 2, 7L), (next.State, next.Revision, next.Version));
        Assert.Contains(next.History, entry => entry.Act == ReviewAct.Accept && entry.Revision == 1);
    }

    [Fact]
    public async Task Post_NothingAsked_OwnRequest_OthersThanTheProvince_BadDate_AreRefused()
    {
        var submitted = await fixture.AcceptedAsync(P.ChanganPrimary, P.Changan, P.Shijiazhuang);
        var review = await fixture.ReviewAsync(submitted);
        using HttpClient owner = await fixture.ClientAsync(Roles.ProvinceOwner, P.Root), city = await fixture.ClientAsync(Roles.CitySupervisor, P.Shijiazhuang),
            both = fixture.Host.CreateClient(await P.PersonAsync((Roles.CountyReviewer, P.Changan), (Roles.ProvinceOwner, P.Root)));
        await RefusedAsync(await WriteAsync(owner, review, "unlock"), 409, "SUP-0014");
        using var asked = await WriteAsync(both, review, "unlock-requests");
        Assert.Equal(HttpStatusCode.OK, asked.StatusCode);

        await RefusedAsync(await WriteAsync(both, review, "unlock"), 409, "SUP-0015");
        await RefusedAsync(await WriteAsync(both, review, "unlock-refusal"), 409, "SUP-0015");
        await RefusedAsync(await WriteAsync(city, review, "unlock"), 403, "SUP-0010");
        await RefusedAsync(await WriteAsync(owner, review, "unlock", ""), 422, "GEN-0011");
        await RefusedAsync(await owner.PostAsJsonAsync($"/api/supervision/reviews/{review.Id}/unlock", new { words = "同意", dueAt = fixture.Host.Clock.GetUtcNow().AddDays(61) }), 422, "GEN-0011");
        Assert.Equal((ReviewState.Accepted, 5L), ((await fixture.ReviewAsync(submitted)).State, (await fixture.ReviewAsync(submitted)).Version));
    }

    [Fact]
    public async Task Post_GrantedAndRefusedAtOnce_OneAnswerCounts()
    {
        using HttpClient one = await fixture.ClientAsync(Roles.ProvinceOwner, P.Root), other = await fixture.ClientAsync(Roles.ProvinceOwner, P.Root);
        for (var i = 0; i < 5; i++)
        {
            var submitted = await fixture.AcceptedAsync(P.ChanganPrimary, P.Changan, P.Shijiazhuang);
            var review = await fixture.ReviewAsync(submitted);
            await AskedAsync(review);

            var answers = await Task.WhenAll(WriteAsync(one, review, "unlock"), WriteAsync(other, review, "unlock-refusal"));

            var late = Assert.Single(answers, response => !response.IsSuccessStatusCode);
            await RefusedAsync(late, 409, answers[0].IsSuccessStatusCode ? "SUP-0002" : "SUP-0014");
            Assert.Equal(answers[0].IsSuccessStatusCode ? ReviewState.Unlocked : ReviewState.Accepted, (await fixture.ReviewAsync(submitted)).State);
        }
    }

    private async Task AskedAsync(Review review)
    {
        using var school = await fixture.ClientAsync(Roles.Approver, P.ChanganPrimary);
        using var asked = await WriteAsync(school, review, "unlock-requests");
        Assert.Equal(HttpStatusCode.OK, asked.StatusCode);
    }
}
