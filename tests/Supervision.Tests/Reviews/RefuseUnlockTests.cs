using System.Net.Http.Json;
using Gengdu.Contracts.Supervision.V1;
using Gengdu.Organisations;
using Gengdu.Supervision.Reviews;
using Gengdu.TestKit;
using static Gengdu.Supervision.Tests.SupervisionFixture;

namespace Gengdu.Supervision.Tests.Reviews;

public sealed class RefuseUnlockTests(SupervisionFixture fixture) : IClassFixture<SupervisionFixture>
{
    private TestProvince P => fixture.Province;

    [Fact]
    public async Task Post_Asked_StaysAcceptedWithTheWords_AndMayBeAskedAgain()
    {
        var submitted = await fixture.AcceptedAsync(P.ChanganPrimary, P.Changan, P.Shijiazhuang);
        var review = await fixture.ReviewAsync(submitted);
        var since = review.WaitingSince;
        using HttpClient school = await fixture.ClientAsync(Roles.Approver, P.ChanganPrimary), owner = await fixture.ClientAsync(Roles.ProvinceOwner, P.Root);
        using var asked = await WriteAsync(school, review, "unlock-requests");

        using var response = await WriteAsync(owner, review, "unlock-refusal", "差额在误差之内，不予更正");

        var body = await response.Content.ReadFromJsonAsync<ReviewResponse>(Json);
        Assert.Equal((ReviewState.Accepted, 6L, since), (body!.State, body.Version, body.WaitingSince));
        Assert.Equal((ReviewAct.RefuseUnlock, "差额在误差之内，不予更正"), (body.History[^1].Act, body.History[^1].Words));
        Assert.Equal("差额在误差之内，不予更正", (await fixture.Host.Events.WaitForAsync<UnlockRefused>(e => e.ReviewId == review.Id)).Words);
        using var again = await WriteAsync(school, review, "unlock-requests");
        Assert.True(again.IsSuccessStatusCode);
    }

    [Fact]
    public async Task Post_NothingAsked_NoWords_NotTheProvince_AreRefused()
    {
        var review = await fixture.ReviewAsync(await fixture.AcceptedAsync(P.ChanganPrimary, P.Changan, P.Shijiazhuang));
        using HttpClient school = await fixture.ClientAsync(Roles.Approver, P.ChanganPrimary), owner = await fixture.ClientAsync(Roles.ProvinceOwner, P.Root);
        await RefusedAsync(await WriteAsync(owner, review, "unlock-refusal"), 409, "SUP-0014");
        await RefusedAsync(await WriteAsync(owner, review, "unlock-refusal", " "), 422, "GEN-0011");
        await RefusedAsync(await WriteAsync(school, review, "unlock-refusal"), 403, "SUP-0010");
    }
}
