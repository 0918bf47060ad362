using System.Net;
using System.Net.Http.Json;
using Gengdu.Contracts.Reporting.V1;
using Gengdu.Organisations;
using Gengdu.Supervision.Reviews;
using Gengdu.TestKit;
using static Gengdu.Supervision.Tests.SupervisionFixture;

namespace Gengdu.Supervision.Tests.Reviews;

public sealed class AnswerRemarksTests(SupervisionFixture fixture) : IClassFixture<SupervisionFixture>
{
    private TestProvince P => fixture.Province;

    [Fact]
    public async Task Put_EachRemark_IsReadByTheReviewerOfTheNextRevision_AndThenStands()
    {
        var submitted = await ReturnedAsync();
        var review = await fixture.ReviewAsync(submitted);
        var person = await P.PersonAsync(Roles.Reporter, P.ChanganPrimary);
        using HttpClient school = fixture.Host.CreateClient(person), county = await fixture.ClientAsync(Roles.CountyReviewer, P.Changan);
        using (HttpResponseMessage first = await AnswerAsync(school, review, (0, "已核对"), (1, "见附件")), reworded = await AnswerAsync(school, review, (0, "已按花名册改为 4 个班")))
        {
            Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (first.StatusCode, reworded.StatusCode));
        }

        await fixture.Host.Events.DeliverAsync(submitted with { Revision = 2 });

        var seen = await county.GetFromJsonAsync<ReviewResponse>($"/api/supervision/reviews/{review.Id}", Json);
        var returned = seen!.History.Single(entry => entry.Act == ReviewAct.Return);
        Assert.Equal([(0, "已按花名册改为 4 个班", person), (1, "见附件", person)], returned.Answers.Select(answer => (answer.Reason, answer.Text, answer.By)));
        await RefusedAsync(await AnswerAsync(school, review, (0, "太晚")), 409, "SUP-0017");
        Assert.Equal(2, (await fixture.Host.AuditOfAsync(review.Id)).Count(entry => entry.Act == "review.answered"));
    }

    [Fact]
    public async Task Put_AtAPersonalCell_CityReadsDots()
    {
        var submitted = await fixture.SubmittedAsync(P.ChanganPrimary);
        await fixture.Host.Events.DeliverAsync(submitted with { Revision = 2, PersonalCells = ["principal"] });
        var review = await fixture.ReviewAsync(submitted);
        using HttpClient school = await fixture.ClientAsync(Roles.Reporter, P.ChanganPrimary), county = await fixture.ClientAsync(Roles.CountyReviewer, P.Changan),
            city = await fixture.ClientAsync(Roles.CitySupervisor, P.Shijiazhuang);
        using var returned = await county.PostAsJsonAsync($"/api/supervision/reviews/{review.Id}/return", new { revision = 2, reasons = new[] { new { at = "principal", code = "unclear", text = "是王某某吗" } } });
        using var answered = await AnswerAsync(school, await fixture.ReviewAsync(submitted), (0, "是李某某"));

        Assert.Equal(("是李某某", "•••"), (await AnswerOfAsync(county, review), await AnswerOfAsync(city, review)));
    }

    [Fact]
    public async Task Put_NotReturned_UnknownRemark_Twice_TooLong_NotTheSchool_AreRefused()
    {
        var (returned, waiting) = (await fixture.ReviewAsync(await ReturnedAsync()), await fixture.ReviewAsync(await fixture.SubmittedAsync(P.ChanganPrimary)));
        using HttpClient school = await fixture.ClientAsync(Roles.Approver, P.ChanganPrimary), county = await fixture.ClientAsync(Roles.CountyReviewer, P.Changan),
            foreign = await fixture.ClientAsync(Roles.Reporter, P.ChanganNineYear);
        await RefusedAsync(await AnswerAsync(school, waiting, (0, "好")), 409, "SUP-0017");
        await RefusedAsync(await AnswerAsync(school, returned, (2, "好")), 422, "GEN-0011");
        await RefusedAsync(await AnswerAsync(school, returned, (-1, "好")), 422, "GEN-0011");
        await RefusedAsync(await AnswerAsync(school, returned, (0, "好"), (0, "不好")), 422, "GEN-0011");
        await RefusedAsync(await AnswerAsync(school, returned, (0, new string('长', 1001))), 422, "GEN-0011");
        await RefusedAsync(await AnswerAsync(school, returned), 422, "GEN-0011");
        await RefusedAsync(await AnswerAsync(county, returned, (0, "好")), 403, "SUP-0016");
        await RefusedAsync(await AnswerAsync(foreign, returned, (0, "好")), 404, "GEN-0006");
    }

    private async Task<ModuleReportSubmitted> ReturnedAsync()
    {
        var submitted = await fixture.SubmittedAsync(P.ChanganPrimary);
        using var county = await fixture.ClientAsync(Roles.CountyReviewer, P.Changan);
        using var returned = await county.PostAsJsonAsync($"/api/supervision/reviews/{(await fixture.ReviewAsync(submitted)).Id}/return", new
        {
            revision = 1,
            reasons = new object[] { new { at = "classes/g1", code = "wrong-value", text = "一年级班数与花名册不符" }, new { code = "missing-evidence", text = "缺课表" } },
        });
        Assert.Equal(HttpStatusCode.OK, returned.StatusCode);
        return submitted;
    }

    private static async Task<string> AnswerOfAsync(HttpClient client, Review review) =>
        (await client.GetFromJsonAsync<ReviewResponse>($"/api/supervision/reviews/{review.Id}", Json))!.History[^1].Answers.Single().Text;

    private static Task<HttpResponseMessage> AnswerAsync(HttpClient client, Review review, params (int Reason, string Text)[] answers) => client.PutAsJsonAsync(
        $"/api/supervision/reviews/{review.Id}/answers", new { revision = review.Revision, answers = answers.Select(answer => new { reason = answer.Reason, text = answer.Text }) });
}
