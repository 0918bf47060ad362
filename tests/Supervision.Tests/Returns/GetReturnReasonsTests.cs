using System.Net.Http.Json;
using Gengdu.Organisations;
using Gengdu.Supervision.Returns;
using static Gengdu.Supervision.Tests.SupervisionFixture;

namespace Gengdu.Supervision.Tests.Returns;

public sealed class GetReturnReasonsTests(SupervisionFixture fixture) : IClassFixture<SupervisionFixture>
{
    [Fact]
    public async Task Get_CountsCodesByCounty_OverAllReturns_AndAddsThemUp()
    {
        var p = fixture.Province;
        var (cycle, school) = (NewId(), await p.SchoolAsync(p.Changan));
        using HttpClient changan = await fixture.ClientAsync(Roles.CountyReviewer, p.Changan), zhengding = await fixture.ClientAsync(Roles.CountyReviewer, p.Zhengding);
        var first = await fixture.SubmittedAsync(school, cycle);
        await ReturnedAsync(changan, first, "wrong-value", "wrong-value", "unclear");
        await fixture.Host.Events.DeliverAsync(first with { Revision = 2 });
        await ReturnedAsync(changan, first, "unclear");
        await ReturnedAsync(zhengding, await fixture.SubmittedAsync(await p.SchoolAsync(p.Zhengding), cycle), "missing-evidence");
        await fixture.SubmittedAsync(await p.SchoolAsync(p.Lianchi), cycle);

        using var city = await fixture.ClientAsync(Roles.CitySupervisor, p.Shijiazhuang);
        var table = await TableAsync(city, $"cycleId={cycle}");
        Assert.Equal([(p.Changan.Id, 2, "unclear 2, wrong-value 2"), (p.Zhengding.Id, 1, "missing-evidence 1")], table.Rows.Select(row => (row.OrganisationId, row.Returns, Said(row))));
        Assert.Equal((p.Shijiazhuang.Id, 3, "unclear 2, wrong-value 2, missing-evidence 1"), (table.Whole.OrganisationId, table.Whole.Returns, Said(table.Whole)));
        var below = await TableAsync(city, $"cycleId={cycle}&organisationId={p.Changan.Id}");
        Assert.Equal((school.Id, 2, false), Assert.Single(below.Rows) is var only ? (only.OrganisationId, only.Returns, only.HasChildren) : default);
        using var elsewhere = await city.GetAsync($"/api/supervision/return-reasons?cycleId={cycle}&organisationId={p.Lianchi.Id}");
        await RefusedAsync(elsewhere, 404, "GEN-0006");
        using var reporter = await fixture.ClientAsync(Roles.Reporter, school);
        await RefusedAsync(await reporter.GetAsync($"/api/supervision/return-reasons?cycleId={cycle}"), 403, "GEN-0005");
    }

    private static string Said(ReasonRow row) => string.Join(", ", row.Reasons.Select(reason => $"{reason.Code} {reason.Count}"));

    private static async Task<ReturnReasonsResponse> TableAsync(HttpClient client, string query) => (await client.GetFromJsonAsync<ReturnReasonsResponse>($"/api/supervision/return-reasons?{query}", Json))!;

    private async Task ReturnedAsync(HttpClient client, Contracts.Reporting.V1.ModuleReportSubmitted submitted, params string[] codes)
    {
        var review = await fixture.ReviewAsync(submitted);
        using var response = await client.PostAsJsonAsync($"/api/supervision/reviews/{review.Id}/return", new { revision = review.Revision, reasons = codes.Select((code, n) => new { at = $"classes/g{n}", code, text = "请核对" }) });
        response.EnsureSuccessStatusCode();
    }
}
