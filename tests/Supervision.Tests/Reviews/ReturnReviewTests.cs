using System.Net.Http.Json;
using System.Text.Json;
using Gengdu.Contracts.Supervision.V1;
using Gengdu.Organisations;
using Gengdu.Supervision.Reviews;

namespace Gengdu.Supervision.Tests.Reviews;

public sealed class ReturnReviewTests(SupervisionFixture fixture) : IClassFixture<SupervisionFixture>
{
    private static readonly object Reason = new { at = "titles/r1/level", code = "unclear", text = "  请写明级别 " };

    [Fact]
    public async Task Post_CountyReviewer_SendsItBackWithTheReasons()
    {
        var submitted = await fixture.SubmittedAsync(fixture.Province.ChanganPrimary);
        var review = await fixture.ReviewAsync(submitted);
        var person = await fixture.Province.PersonAsync(Roles.CountyReviewer, fixture.Province.Changan);
        using var client = fixture.Host.CreateClient(person);
        var due = fixture.Host.Clock.GetUtcNow().AddDays(7);

        using var response = await PostAsync(client, review, new { revision = 1, reasons = new[] { Reason, new { code = "other", text = "整表请核对" } }, dueAt = due });

        var body = await response.Content.ReadFromJsonAsync<ReviewResponse>(SupervisionFixture.Json);
        Assert.Equal((ReviewState.Returned, 2L), (body!.State, body.Version));
        var entry = body.History[^1];
        Assert.Equal((ReviewAct.Return, ReviewLevel.County, (Guid?)person, (DateTimeOffset?)due), (entry.Act, entry.Level, entry.By, entry.DueAt));
        Assert.Equal([("titles/r1/level", "unclear", "请写明级别"), (null, "other", "整表请核对")], entry.Reasons.Select(r => (r.At, r.Code, r.Text)));
        Assert.All(body.Acts, act => Assert.False(act.Allowed));
        var told = await fixture.Host.Events.WaitForAsync<ModuleReportReturned>(e => e.ReviewId == review.Id);
        Assert.Equal((submitted.ModuleReportId, 1, submitted.CycleId, submitted.OrganisationId), (told.ModuleReportId, told.Revision, told.CycleId, told.OrganisationId));
        Assert.Equal(("county", person, (DateTimeOffset?)due, 2L), (told.Level, told.ReturnedBy, told.DueAt, told.ReviewVersion));
        Assert.Equal(entry.Reasons.Select(r => (r.At, r.Code, r.Text)), told.Reasons.Select(r => (r.At, r.Code, r.Text)));
    }

    [Theory]
    [InlineData("city")]
    [InlineData("province")]
    public async Task Post_CityOrProvince_SendsItBackToTheSchool(string level)
    {
        var submitted = await fixture.SubmittedAsync(fixture.Province.ChanganPrimary);
        await fixture.ApprovedAsync(submitted, Roles.CountyReviewer, fixture.Province.Changan);
        if (level == "province")
        {
            await fixture.ApprovedAsync(submitted, Roles.CitySupervisor, fixture.Province.Shijiazhuang);
        }

        using var client = level == "city"
            ? await fixture.ClientAsync(Roles.CitySupervisor, fixture.Province.Shijiazhuang)
            : await fixture.ClientAsync(Roles.ProvinceOwner, fixture.Province.Root);
        using var response = await SupervisionFixture.ReturnAsync(client, await fixture.ReviewAsync(submitted));

        Assert.True(response.IsSuccessStatusCode);
        var told = await fixture.Host.Events.WaitForAsync<ModuleReportReturned>(e => e.ModuleReportId == submitted.ModuleReportId);
        Assert.Equal((level, submitted.OrganisationId), (told.Level, told.OrganisationId));
    }

    [Fact]
    public async Task Post_DingzhouPersonWhoApprovedAtTheCounty_MayStillReturnAtTheCity()
    {
        var submitted = await fixture.SubmittedAsync(fixture.Province.DingzhouPrimary);
        var both = await fixture.Province.PersonAsync((Roles.CountyReviewer, fixture.Province.Dingzhou), (Roles.CitySupervisor, fixture.Province.Dingzhou));
        using var client = fixture.Host.CreateClient(both);
        using var county = await SupervisionFixture.ApproveAsync(client, await fixture.ReviewAsync(submitted));

        using var city = await SupervisionFixture.ReturnAsync(client, await fixture.ReviewAsync(submitted));

        Assert.True(city.IsSuccessStatusCode);
        Assert.Equal(ReviewState.Returned, (await fixture.ReviewAsync(submitted)).State);
    }

    [Fact]
    public async Task Post_OlderRevision_Returns409()
    {
        var submitted = await fixture.SubmittedAsync(fixture.Province.ChanganPrimary);
        await fixture.Host.Events.DeliverAsync(submitted with { Revision = 2 });
        using var client = await fixture.ClientAsync(Roles.CountyReviewer, fixture.Province.Changan);

        using var response = await SupervisionFixture.ReturnAsync(client, await fixture.ReviewAsync(submitted), revision: 1);

        await SupervisionFixture.RefusedAsync(response, 409, "SUP-0001");
    }

    [Fact]
    public async Task Post_AlreadyReturned_Returns409()
    {
        var submitted = await fixture.SubmittedAsync(fixture.Province.ChanganPrimary);
        using var client = await fixture.ClientAsync(Roles.CountyReviewer, fixture.Province.Changan);
        using var first = await SupervisionFixture.ReturnAsync(client, await fixture.ReviewAsync(submitted));
        Assert.True(first.IsSuccessStatusCode);

        using var second = await SupervisionFixture.ReturnAsync(client, await fixture.ReviewAsync(submitted));

        await SupervisionFixture.RefusedAsync(second, 409, "SUP-0002");
    }

    [Fact]
    public async Task Post_CousinCounty_Returns404()
    {
        var review = await fixture.ReviewAsync(await fixture.SubmittedAsync(fixture.Province.ChanganPrimary));
        using var client = await fixture.ClientAsync(Roles.CountyReviewer, fixture.Province.Zhengding);

        using var response = await SupervisionFixture.ReturnAsync(client, review);

        await SupervisionFixture.RefusedAsync(response, 404, "GEN-0006");
    }

    [Fact]
    public async Task Post_SchoolsOwnPerson_Returns403()
    {
        var review = await fixture.ReviewAsync(await fixture.SubmittedAsync(fixture.Province.ChanganPrimary));
        using var client = await fixture.ClientAsync(Roles.Approver, fixture.Province.ChanganPrimary);

        using var response = await SupervisionFixture.ReturnAsync(client, review);

        await SupervisionFixture.RefusedAsync(response, 403, "GEN-0005");
    }

    public static TheoryData<string, string> BadBodies() => new()
    {
        { """{"revision":1,"reasons":[]}""", "reasons" },
        { """{"revision":1,"reasons":[null]}""", "reasons.0" },
        { """{"revision":1,"reasons":[{"code":"bad","text":"x"}]}""", "reasons.0.code" },
        { """{"revision":1,"reasons":[{"code":"other","text":"  "}]}""", "reasons.0.text" },
        { $$"""{"revision":1,"reasons":[{"code":"other","text":"{{new string('长', 1001)}}"}]}""", "reasons.0.text" },
        { """{"revision":1,"reasons":[{"code":"other","text":"a\u0000b"}]}""", "reasons.0.text" },
        { """{"revision":1,"reasons":[{"code":"other","text":"x"},{"at":"classes//g1","code":"other","text":"x"}]}""", "reasons.1.at" },
        { """{"revision":1,"reasons":[{"at":"classes/g1\n","code":"other","text":"x"}]}""", "reasons.0.at" },
        { """{"revision":1,"reasons":[{"at":"a/b/c/d","code":"other","text":"x"}]}""", "reasons.0.at" },
        { """{"revision":1,"reasons":[{"code":"other","text":"x"}],"dueAt":"2026-09-14T00:00:00Z"}""", "dueAt" },
        { """{"revision":1,"reasons":[{"code":"other","text":"x"}],"dueAt":"2026-11-30T00:00:00+08:00"}""", "dueAt" },
    };

    [Theory]
    [MemberData(nameof(BadBodies))]
    public async Task Post_ValueNotAcceptable_Returns422AtTheFieldAndStoresNothing(string body, string at)
    {
        var submitted = await fixture.SubmittedAsync(fixture.Province.ChanganPrimary);
        using var client = await fixture.ClientAsync(Roles.CountyReviewer, fixture.Province.Changan);
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");

        using var response = await client.PostAsync($"/api/supervision/reviews/{(await fixture.ReviewAsync(submitted)).Id}/return", content);

        Assert.Equal(422, (int)response.StatusCode);
        using var problem = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        Assert.Equal(at, problem.RootElement.GetProperty("errors")[0].GetProperty("at").GetString());
        Assert.Equal(1L, (await fixture.ReviewAsync(submitted)).Version);
    }

    [Theory]
    [InlineData("""{"revision":1}""")]
    [InlineData("""{"revision":1,"reasons":[{"text":"x"}]}""")]
    [InlineData("""{"revision":1,"reasons":[{"code":"other","text":"x","by":"me"}]}""")]
    public async Task Post_BodyThatIsNotOurs_Returns400(string body)
    {
        var review = await fixture.ReviewAsync(await fixture.SubmittedAsync(fixture.Province.ChanganPrimary));
        using var client = await fixture.ClientAsync(Roles.CountyReviewer, fixture.Province.Changan);
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");

        using var response = await client.PostAsync($"/api/supervision/reviews/{review.Id}/return", content);

        Assert.Equal(400, (int)response.StatusCode);
    }

    [Fact]
    public async Task Post_TextOfAMegabyte_IsRefused()
    {
        var review = await fixture.ReviewAsync(await fixture.SubmittedAsync(fixture.Province.ChanganPrimary));
        using var client = await fixture.ClientAsync(Roles.CountyReviewer, fixture.Province.Changan);

        using var response = await PostAsync(client, review, new { revision = 1, reasons = new[] { new { code = "other", text = new string('x', 1_100_000) } } });

        // The in-memory server has no size limit of its own: the field check has to hold by itself.
        Assert.Contains((int)response.StatusCode, new[] { 413, 422 });
    }

    private static Task<HttpResponseMessage> PostAsync(HttpClient client, Review review, object body) =>
        client.PostAsJsonAsync($"/api/supervision/reviews/{review.Id}/return", body);
}
