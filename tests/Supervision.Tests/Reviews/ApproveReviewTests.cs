using System.Net.Http.Json;
using System.Text;
using Gengdu.Contracts.Supervision.V1;
using Gengdu.Organisations;
using Gengdu.Supervision.Reviews;

namespace Gengdu.Supervision.Tests.Reviews;

public sealed class ApproveReviewTests(SupervisionFixture fixture) : IClassFixture<SupervisionFixture>
{
    [Fact]
    public async Task Post_ThreeLevelsInTurn_ReachesAcceptanceAndTellsTheWorld()
    {
        var submitted = await fixture.SubmittedAsync(fixture.Province.ChanganPrimary);
        await fixture.ApprovedAsync(submitted, Roles.CountyReviewer, fixture.Province.Changan);
        await fixture.ApprovedAsync(submitted, Roles.CitySupervisor, fixture.Province.Shijiazhuang);
        var owner = await fixture.Province.PersonAsync(Roles.ProvinceOwner, fixture.Province.Root);
        using var client = fixture.Host.CreateClient(owner);

        using var response = await SupervisionFixture.ApproveAsync(client, await fixture.ReviewAsync(submitted));

        var body = await response.Content.ReadFromJsonAsync<ReviewResponse>(SupervisionFixture.Json);
        Assert.Equal((ReviewState.Accepted, 4L), (body!.State, body.Version));
        Assert.Equal([ReviewAct.Submit, ReviewAct.Approve, ReviewAct.Approve, ReviewAct.Accept], body.History.Select(entry => entry.Act));
        var county = await fixture.Host.Events.WaitForAsync<ModuleReportsApproved>(e => e.CycleId == submitted.CycleId && e.Level == "county");
        var city = await fixture.Host.Events.WaitForAsync<ModuleReportsApproved>(e => e.CycleId == submitted.CycleId && e.Level == "city");
        var accepted = await fixture.Host.Events.WaitForAsync<ModuleReportsAccepted>(e => e.CycleId == submitted.CycleId);
        Assert.Equal([2L, 3L, 4L], [county.Items.Single().ReviewVersion, city.Items.Single().ReviewVersion, accepted.Items.Single().ReviewVersion]);
        Assert.Equal((owner, "province", submitted.ModuleReportId), (accepted.By, accepted.Level, accepted.Items.Single().ModuleReportId));
    }

    [Fact]
    public async Task Post_ResubmittedMeanwhile_Returns409AndChangesNothing()
    {
        var submitted = await fixture.SubmittedAsync(fixture.Province.ChanganPrimary);
        var read = await fixture.ReviewAsync(submitted);
        await fixture.Host.Events.DeliverAsync(submitted with { Revision = 2 });
        using var client = await fixture.ClientAsync(Roles.CountyReviewer, fixture.Province.Changan);

        using var response = await SupervisionFixture.ApproveAsync(client, read);

        await SupervisionFixture.RefusedAsync(response, 409, "SUP-0001");
        Assert.Equal(ReviewState.CountyReview, (await fixture.ReviewAsync(submitted)).State);
    }

    [Fact]
    public async Task Post_StepOfAnotherLevel_Returns403()
    {
        var submitted = await fixture.SubmittedAsync(fixture.Province.ChanganPrimary);
        var review = await fixture.ReviewAsync(submitted);
        (string, Organisation)[] others =
            [(Roles.CitySupervisor, fixture.Province.Shijiazhuang), (Roles.ProvinceOwner, fixture.Province.Root), (Roles.CountyReviewer, fixture.Province.Shijiazhuang)];
        foreach (var (role, at) in others)
        {
            using var client = await fixture.ClientAsync(role, at);
            using var response = await SupervisionFixture.ApproveAsync(client, review);
            await SupervisionFixture.RefusedAsync(response, 403, "SUP-0003");
        }
    }

    [Fact]
    public async Task Post_CityOfAnotherLine_Returns404()
    {
        var submitted = await fixture.SubmittedAsync(fixture.Province.ChanganPrimary);
        await fixture.ApprovedAsync(submitted, Roles.CountyReviewer, fixture.Province.Changan);
        using var client = await fixture.ClientAsync(Roles.CitySupervisor, fixture.Province.Baoding);

        using var response = await SupervisionFixture.ApproveAsync(client, await fixture.ReviewAsync(submitted));

        await SupervisionFixture.RefusedAsync(response, 404, "GEN-0006");
    }

    [Theory]
    [InlineData(Roles.Reporter)]
    [InlineData(Roles.Approver)]
    public async Task Post_SchoolsOwnPerson_Returns403InEveryState(string role)
    {
        var submitted = await fixture.SubmittedAsync(fixture.Province.ChanganPrimary);
        using var school = await fixture.ClientAsync(role, fixture.Province.ChanganPrimary);
        using var waiting = await SupervisionFixture.ApproveAsync(school, await fixture.ReviewAsync(submitted));
        await SupervisionFixture.RefusedAsync(waiting, 403, "GEN-0005");
        using var county = await fixture.ClientAsync(Roles.CountyReviewer, fixture.Province.Changan);
        using var returned = await SupervisionFixture.ReturnAsync(county, await fixture.ReviewAsync(submitted));
        Assert.True(returned.IsSuccessStatusCode);

        using var after = await SupervisionFixture.ApproveAsync(school, await fixture.ReviewAsync(submitted));

        await SupervisionFixture.RefusedAsync(after, 403, "GEN-0005");
    }

    [Fact]
    public async Task Post_OtherSchoolsPerson_Returns404()
    {
        var review = await fixture.ReviewAsync(await fixture.SubmittedAsync(fixture.Province.ChanganPrimary));
        using var client = await fixture.ClientAsync(Roles.Approver, fixture.Province.ChanganNineYear);

        using var response = await SupervisionFixture.ApproveAsync(client, review);

        await SupervisionFixture.RefusedAsync(response, 404, "GEN-0006");
    }

    [Fact]
    public async Task Post_Twice_Returns403BecauseTheStepIsTheNextLevels()
    {
        var submitted = await fixture.SubmittedAsync(fixture.Province.Changan, level: "county");
        using var client = await fixture.ClientAsync(Roles.CitySupervisor, fixture.Province.Shijiazhuang);
        var review = await fixture.ReviewAsync(submitted);
        using var first = await SupervisionFixture.ApproveAsync(client, review);
        Assert.True(first.IsSuccessStatusCode);

        using var second = await SupervisionFixture.ApproveAsync(client, review);

        await SupervisionFixture.RefusedAsync(second, 403, "SUP-0003");
        Assert.Equal(2, (await fixture.ReviewAsync(submitted)).History.Count);
    }

    [Fact]
    public async Task Post_Accepted_Returns409()
    {
        var submitted = await fixture.SubmittedAsync(fixture.Province.Shijiazhuang, level: "city");
        await fixture.ApprovedAsync(submitted, Roles.ProvinceOwner, fixture.Province.Root);
        using var client = await fixture.ClientAsync(Roles.ProvinceOwner, fixture.Province.Root);

        using var response = await SupervisionFixture.ApproveAsync(client, await fixture.ReviewAsync(submitted));

        await SupervisionFixture.RefusedAsync(response, 409, "SUP-0002");
    }

    [Fact]
    public async Task Post_DingzhouPersonOfBothSteps_NeedsASecondPersonForTheCity()
    {
        var submitted = await fixture.SubmittedAsync(fixture.Province.DingzhouPrimary);
        var both = await fixture.Province.PersonAsync((Roles.CountyReviewer, fixture.Province.Dingzhou), (Roles.CitySupervisor, fixture.Province.Dingzhou));
        using var client = fixture.Host.CreateClient(both);
        using var county = await SupervisionFixture.ApproveAsync(client, await fixture.ReviewAsync(submitted));
        Assert.True(county.IsSuccessStatusCode);

        using var city = await SupervisionFixture.ApproveAsync(client, await fixture.ReviewAsync(submitted));
        await SupervisionFixture.RefusedAsync(city, 409, "SUP-0004");

        await fixture.ApprovedAsync(submitted, Roles.CitySupervisor, fixture.Province.Dingzhou);
        Assert.Equal(ReviewState.ProvinceReview, (await fixture.ReviewAsync(submitted)).State);
    }

    [Fact]
    public async Task Post_PersonWhoSigned_Returns409()
    {
        var both = await fixture.Province.PersonAsync((Roles.Approver, fixture.Province.ChanganPrimary), (Roles.CountyReviewer, fixture.Province.Changan));
        var submitted = await fixture.SubmittedAsync(fixture.Province.ChanganPrimary, by: both);
        using var client = fixture.Host.CreateClient(both);

        using var response = await SupervisionFixture.ApproveAsync(client, await fixture.ReviewAsync(submitted));

        await SupervisionFixture.RefusedAsync(response, 409, "SUP-0004");
    }

    [Fact]
    public async Task Post_SchoolWithoutCountyAbove_BeginsAtTheCity()
    {
        var submitted = await fixture.SubmittedAsync(await fixture.Province.SchoolAsync(fixture.Province.Shijiazhuang));
        using var client = await fixture.ClientAsync(Roles.CitySupervisor, fixture.Province.Shijiazhuang);

        using var response = await SupervisionFixture.ApproveAsync(client, await fixture.ReviewAsync(submitted));

        Assert.Equal(System.Net.HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(ReviewState.ProvinceReview, (await fixture.ReviewAsync(submitted)).State);
    }

    [Fact]
    public async Task Post_TwoReviewersAtOnce_OneWins()
    {
        var submitted = await fixture.SubmittedAsync(fixture.Province.ChanganPrimary);
        var review = await fixture.ReviewAsync(submitted);
        using var one = await fixture.ClientAsync(Roles.CountyReviewer, fixture.Province.Changan);
        using var other = await fixture.ClientAsync(Roles.CountyReviewer, fixture.Province.Changan);

        var responses = await Task.WhenAll(SupervisionFixture.ApproveAsync(one, review), SupervisionFixture.ApproveAsync(other, review));

        Assert.Single(responses, response => response.IsSuccessStatusCode);
        await SupervisionFixture.RefusedAsync(responses.Single(response => !response.IsSuccessStatusCode), 403, "SUP-0003");
        Assert.Equal(2, (await fixture.ReviewAsync(submitted)).Version);
        foreach (var response in responses)
        {
            response.Dispose();
        }
    }

    [Theory]
    [InlineData("""{"revision":"1"}""", "GEN-0001")]
    [InlineData("""{"revision":1,"state":"accepted"}""", "GEN-0002")]
    [InlineData("""{""", "GEN-0001")]
    [InlineData("""{}""", "GEN-0001")]
    public async Task Post_BodyThatIsNotOurs_Returns400(string body, string code)
    {
        var review = await fixture.ReviewAsync(await fixture.SubmittedAsync(fixture.Province.ChanganPrimary));
        using var client = await fixture.ClientAsync(Roles.CountyReviewer, fixture.Province.Changan);
        using var content = new StringContent(body, Encoding.UTF8, "application/json");

        using var response = await client.PostAsync($"/api/supervision/reviews/{review.Id}/approval", content);

        await SupervisionFixture.RefusedAsync(response, 400, code);
    }
}
