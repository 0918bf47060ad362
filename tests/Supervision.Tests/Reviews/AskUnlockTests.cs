using System.Net;
using System.Net.Http.Json;
using Gengdu.Contracts.Reporting.V1;
using Gengdu.Contracts.Supervision.V1;
using Gengdu.Organisations;
using Gengdu.Supervision.Reviews;
using Gengdu.TestKit;
using static Gengdu.Supervision.Tests.SupervisionFixture;

namespace Gengdu.Supervision.Tests.Reviews;

public sealed class AskUnlockTests(SupervisionFixture fixture) : IClassFixture<SupervisionFixture>
{
    private TestProvince P => fixture.Province;

    [Theory]
    [InlineData(Roles.Approver, "school")]
    [InlineData(Roles.CountyReviewer, "county")]
    public async Task Post_SchoolOrCounty_WaitsForTheProvince_ItStaysAccepted(string role, string level)
    {
        var submitted = await fixture.AcceptedAsync(P.ChanganPrimary, P.Changan, P.Shijiazhuang);
        var review = await fixture.ReviewAsync(submitted);
        var person = await P.PersonAsync(role, role == Roles.Approver ? P.ChanganPrimary : P.Changan);
        using HttpClient client = fixture.Host.CreateClient(person), owner = await fixture.ClientAsync(Roles.ProvinceOwner, P.Root);

        using var response = await WriteAsync(client, review, "unlock-requests");

        var body = await response.Content.ReadFromJsonAsync<ReviewResponse>(Json);
        Assert.Equal((ReviewState.Accepted, 5L), (body!.State, body.Version));
        Assert.NotNull(body.UnlockAskedAt);
        Assert.Equal((ReviewAct.AskUnlock, level, "附件一有误，请求更正"), (body.History[^1].Act, body.History[^1].Level.Key(), body.History[^1].Words));
        var told = await fixture.Host.Events.WaitForAsync<UnlockRequested>(e => e.ReviewId == review.Id);
        Assert.Equal((level, person, "附件一有误，请求更正", 5L), (told.Level, told.RequestedBy, told.Words, told.ReviewVersion));
        var list = await owner.GetFromJsonAsync<Gengdu.ServiceDefaults.Page<ReviewResponse>>($"/api/supervision/reviews?unlockAsked=true&cycleId={submitted.CycleId}", Json);
        Assert.Equal([ReviewAct.Unlock, ReviewAct.RefuseUnlock], Assert.Single(list!.Items).Acts.Where(act => act.Allowed).Select(act => act.Act));
        await RefusedAsync(await WriteAsync(client, review, "unlock-requests"), 409, "SUP-0013");
    }

    [Fact]
    public async Task Post_TwiceAtOnce_OneRequest()
    {
        var submitted = await fixture.AcceptedAsync(P.ChanganPrimary, P.Changan, P.Shijiazhuang);
        var review = await fixture.ReviewAsync(submitted);
        using HttpClient school = await fixture.ClientAsync(Roles.Approver, P.ChanganPrimary), county = await fixture.ClientAsync(Roles.CountyReviewer, P.Changan);

        var both = await Task.WhenAll(WriteAsync(school, review, "unlock-requests"), WriteAsync(county, review, "unlock-requests"));

        await RefusedAsync(Assert.Single(both, response => !response.IsSuccessStatusCode), 409, "SUP-0013");
        Assert.Equal(5, (await fixture.ReviewAsync(submitted)).Version);
    }

    [Fact]
    public async Task Post_NotAccepted_ClosedCycle_NoWords_Strangers_AreRefused()
    {
        var (waiting, closed) = (await fixture.SubmittedAsync(P.ChanganPrimary), await fixture.AcceptedAsync(P.ChanganPrimary, P.Changan, P.Shijiazhuang));
        await fixture.Host.Events.DeliverAsync(new CycleClosed { CycleId = closed.CycleId, ClosedAt = new(2026, 9, 16, 0, 0, 0, TimeSpan.Zero) });
        var review = await fixture.ReviewAsync(waiting);
        using HttpClient school = await fixture.ClientAsync(Roles.Approver, P.ChanganPrimary), reporter = await fixture.ClientAsync(Roles.Reporter, P.ChanganPrimary),
            city = await fixture.ClientAsync(Roles.CitySupervisor, P.Shijiazhuang), foreign = await fixture.ClientAsync(Roles.CountyReviewer, P.Lianchi);

        await RefusedAsync(await WriteAsync(school, review, "unlock-requests"), 409, "SUP-0002");
        await RefusedAsync(await WriteAsync(school, await fixture.ReviewAsync(closed), "unlock-requests"), 409, "SUP-0012");
        await RefusedAsync(await WriteAsync(school, review, "unlock-requests", "  "), 422, "GEN-0011");
        await RefusedAsync(await WriteAsync(reporter, review, "unlock-requests"), 403, "SUP-0010");
        await RefusedAsync(await WriteAsync(city, review, "unlock-requests"), 403, "SUP-0010");
        await RefusedAsync(await WriteAsync(foreign, review, "unlock-requests"), 404, "GEN-0006");
    }
}
