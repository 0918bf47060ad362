using System.Net;
using System.Net.Http.Json;
using Gengdu.Contracts.Reporting.V1;
using Gengdu.Contracts.Supervision.V1;
using Gengdu.Organisations;
using Gengdu.Supervision.Reviews;
using Gengdu.TestKit;
using static Gengdu.Supervision.Tests.SupervisionFixture;

namespace Gengdu.Supervision.Tests.Reviews;

public sealed class WithdrawReviewTests(SupervisionFixture fixture) : IClassFixture<SupervisionFixture>
{
    private TestProvince P => fixture.Province;

    [Fact]
    public async Task Post_BeforeAnybodyOpened_GivesItBack_AndTheNextRevisionStartsOver()
    {
        var submitted = await fixture.SubmittedAsync(P.ChanganPrimary);
        var review = await fixture.ReviewAsync(submitted);
        var signer = await P.PersonAsync(Roles.Approver, P.ChanganPrimary);
        using var client = fixture.Host.CreateClient(signer);

        using var response = await WithdrawAsync(client, review);

        var body = await response.Content.ReadFromJsonAsync<ReviewResponse>(Json);
        Assert.Equal((ReviewState.Withdrawn, 2L, 1), (body!.State, body.Version, body.Revision));
        Assert.Equal((ReviewAct.Withdraw, ReviewLevel.School, (Guid?)signer, "经费数填错"), (body.History[^1].Act, body.History[^1].Level, body.History[^1].By, body.History[^1].Words));
        var told = await fixture.Host.Events.WaitForAsync<ModuleReportWithdrawn>(e => e.ReviewId == review.Id);
        Assert.Equal((submitted.ModuleReportId, 1, signer, "经费数填错", 2L), (told.ModuleReportId, told.Revision, told.WithdrawnBy, told.Words, told.ReviewVersion));
        Assert.Single(await fixture.Host.AuditOfAsync(review.Id), entry => entry.Act == "review.withdrawn");

        using var county = await fixture.ClientAsync(Roles.CountyReviewer, P.Changan);
        await RefusedAsync(await ApproveAsync(county, review), 409, "SUP-0002");
        await fixture.Host.Events.DeliverAsync(submitted with { Revision = 2 });
        Assert.Equal((ReviewState.CountyReview, 2, 3L), ((await fixture.ReviewAsync(submitted)).State, (await fixture.ReviewAsync(submitted)).Revision, (await fixture.ReviewAsync(submitted)).Version));
    }

    [Fact]
    public async Task Post_OpenedOrPassed_Is409()
    {
        var (opened, passed) = (await fixture.SubmittedAsync(P.ChanganPrimary), await fixture.SubmittedAsync(P.ChanganPrimary));
        using HttpClient county = await fixture.ClientAsync(Roles.CountyReviewer, P.Changan), signer = await fixture.ClientAsync(Roles.Approver, P.ChanganPrimary);
        using HttpResponseMessage open = await OpenAsync(county, await fixture.ReviewAsync(opened)), pass = await ApproveAsync(county, await fixture.ReviewAsync(passed));

        await RefusedAsync(await WithdrawAsync(signer, await fixture.ReviewAsync(opened)), 409, "SUP-0011");
        await RefusedAsync(await WithdrawAsync(signer, await fixture.ReviewAsync(passed)), 409, "SUP-0011");
    }

    [Fact]
    public async Task Post_AlreadyBack_OlderRevision_ClosedCycle_Is409()
    {
        var (back, older, closed) = (await fixture.SubmittedAsync(P.ChanganPrimary), await fixture.SubmittedAsync(P.ChanganPrimary), await fixture.SubmittedAsync(P.ChanganPrimary));
        using var signer = await fixture.ClientAsync(Roles.Approver, P.ChanganPrimary);
        using var first = await WithdrawAsync(signer, await fixture.ReviewAsync(back));
        await fixture.Host.Events.DeliverAsync(older with { Revision = 2 });
        await fixture.Host.Events.DeliverAsync(new CycleClosed { CycleId = closed.CycleId, ClosedAt = new(2026, 9, 16, 0, 0, 0, TimeSpan.Zero) });

        await RefusedAsync(await WithdrawAsync(signer, await fixture.ReviewAsync(back)), 409, "SUP-0002");
        await RefusedAsync(await WithdrawAsync(signer, await fixture.ReviewAsync(older), revision: 1), 409, "SUP-0001");
        await RefusedAsync(await WithdrawAsync(signer, await fixture.ReviewAsync(closed)), 409, "SUP-0012");
    }

    [Fact]
    public async Task Post_WithoutTheRight_Is403_OutsideIs404_BadWordsAre422()
    {
        var review = await fixture.ReviewAsync(await fixture.SubmittedAsync(P.ChanganPrimary));
        foreach (var (role, at, status, code) in new[]
        {
            (Roles.Reporter, P.ChanganPrimary, 403, "SUP-0010"), (Roles.CountyReviewer, P.Changan, 403, "SUP-0010"), (Roles.ProvinceOwner, P.Root, 403, "SUP-0010"),
            (Roles.Approver, P.ChanganNineYear, 404, "GEN-0006"), (Roles.Approver, P.Changan, 404, "GEN-0006"),
        })
        {
            using var client = await fixture.ClientAsync(role, at);
            await RefusedAsync(await WithdrawAsync(client, review), status, code);
        }

        using var signer = await fixture.ClientAsync(Roles.Approver, P.ChanganPrimary);
        foreach (var words in new[] { new string('长', 1001), "看\u0007不见" })
        {
            await RefusedAsync(await signer.PostAsJsonAsync($"/api/supervision/reviews/{review.Id}/withdrawal", new { revision = 1, words }), 422, "GEN-0011");
        }
    }

    [Fact]
    public async Task ApprovalAndWithdrawalCross_OneWins_TheOtherGetsAClearNo()
    {
        using HttpClient county = await fixture.ClientAsync(Roles.CountyReviewer, P.Changan), signer = await fixture.ClientAsync(Roles.Approver, P.ChanganPrimary);
        for (var i = 0; i < 12; i++)
        {
            var submitted = await fixture.SubmittedAsync(P.ChanganPrimary);
            var review = await fixture.ReviewAsync(submitted);
            var crossing = i % 2 == 0
                ? await Task.WhenAll(ApproveAsync(county, review), WithdrawAsync(signer, review))
                : [.. (await Task.WhenAll(WithdrawAsync(signer, review), ApproveAsync(county, review))).Reverse()];

            var approved = crossing[0].IsSuccessStatusCode;
            Assert.NotEqual(approved, crossing[1].IsSuccessStatusCode);
            await RefusedAsync(crossing[approved ? 1 : 0], 409, approved ? "SUP-0011" : "SUP-0002");
            var after = await fixture.ReviewAsync(submitted);
            Assert.Equal((approved ? ReviewState.CityReview : ReviewState.Withdrawn, 2L, 2), (after.State, after.Version, after.History.Count));
        }
    }
}
