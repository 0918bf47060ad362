using System.Net;
using System.Net.Http.Json;
using Gengdu.Contracts.Supervision.V1;
using Gengdu.Organisations;
using Gengdu.Supervision.Reviews;
using Gengdu.TestKit;
using static Gengdu.Supervision.Tests.SupervisionFixture;

namespace Gengdu.Supervision.Tests.Reviews;

public sealed class OpenReviewTests(SupervisionFixture fixture) : IClassFixture<SupervisionFixture>
{
    private TestProvince P => fixture.Province;

    [Fact]
    public async Task Put_ReviewerOfTheStep_IsKeptOnce_AndTheDecisionIsNotMarked()
    {
        var submitted = await fixture.SubmittedAsync(P.ChanganPrimary);
        var review = await fixture.ReviewAsync(submitted);
        var person = await P.PersonAsync(Roles.CountyReviewer, P.Changan);
        using var client = fixture.Host.CreateClient(person);
        using (HttpResponseMessage first = await OpenAsync(client, review), again = await OpenAsync(client, review))
        {
            Assert.Equal((HttpStatusCode.NoContent, HttpStatusCode.NoContent), (first.StatusCode, again.StatusCode));
        }

        using var approved = await ApproveAsync(client, review);
        var response = await approved.Content.ReadFromJsonAsync<ReviewResponse>(Json);
        Assert.Equal([(ReviewLevel.County, person)], response!.Openings.Select(opening => (opening.Level, opening.By)));
        Assert.False(response.History[^1].Unopened);
        Assert.False((await fixture.Host.Events.WaitForAsync<ModuleReportsApproved>(e => e.Items[0].ReviewId == review.Id)).Items[0].Unopened);
        Assert.Equal(1, (await fixture.Host.AuditOfAsync(review.Id)).Count(entry => entry.Act == "review.opened"));
    }

    [Fact]
    public async Task DecisionWithoutOpening_IsMarkedInHistoryAndEvent_AndCanBeFiltered_AlsoInBulk()
    {
        var cycle = NewId();
        var (blind, bulk, seen) = (await fixture.SubmittedAsync(P.ChanganPrimary, cycle), await fixture.SubmittedAsync(P.ChanganNineYear, cycle), await fixture.SubmittedAsync(P.ChanganNineYear, cycle, moduleKey: "teachers"));
        using var client = await fixture.ClientAsync(Roles.CountyReviewer, P.Changan);
        using (HttpResponseMessage one = await ApproveAsync(client, await fixture.ReviewAsync(blind)), opened = await OpenAsync(client, await fixture.ReviewAsync(seen)),
            rest = await client.PostAsJsonAsync("/api/supervision/approvals", new { cycleId = cycle, step = "county" }))
        {
            Assert.True(one.IsSuccessStatusCode && opened.IsSuccessStatusCode && rest.IsSuccessStatusCode);
        }

        Assert.Equal([true, true, false], new[] { await LastAsync(blind), await LastAsync(bulk), await LastAsync(seen) }.Select(entry => entry.Unopened!.Value));
        var told = await fixture.Host.Events.WaitForAsync<ModuleReportsApproved>(e => e.CycleId == cycle && e.Items.Count == 2);
        Assert.Equal([(bulk.ModuleReportId, true), (seen.ModuleReportId, false)], told.Items.OrderByDescending(item => item.Unopened).Select(item => (item.ModuleReportId, item.Unopened!.Value)));
        using var city = await fixture.ClientAsync(Roles.CitySupervisor, P.Shijiazhuang);
        Assert.Equal((2, 1), (await CountAsync(city, $"cycleId={cycle}&unopened=true"), await CountAsync(city, $"cycleId={cycle}&unopened=false")));
    }

    [Fact]
    public async Task NextRevision_HasToBeOpenedAnew()
    {
        var submitted = await fixture.SubmittedAsync(P.ChanganPrimary);
        using var client = await fixture.ClientAsync(Roles.CountyReviewer, P.Changan);
        using var opened = await OpenAsync(client, await fixture.ReviewAsync(submitted));
        await fixture.Host.Events.DeliverAsync(submitted with { Revision = 2 });
        await RefusedAsync(await client.PutAsJsonAsync($"/api/supervision/reviews/{(await fixture.ReviewAsync(submitted)).Id}/opening", new { revision = 1 }), 409, "SUP-0001");

        using var returned = await ReturnAsync(client, await fixture.ReviewAsync(submitted));

        Assert.True((await LastAsync(submitted)).Unopened);
        Assert.True((await fixture.Host.Events.WaitForAsync<ModuleReportReturned>(e => e.ModuleReportId == submitted.ModuleReportId)).Unopened);
    }

    [Fact]
    public async Task Put_OtherThanTheStepsReviewer_Is403Or404_AndStartsNothing()
    {
        var submitted = await fixture.SubmittedAsync(P.ChanganPrimary);
        var review = await fixture.ReviewAsync(submitted);
        using HttpClient city = await fixture.ClientAsync(Roles.CitySupervisor, P.Shijiazhuang), own = await fixture.ClientAsync(Roles.Reporter, P.ChanganPrimary),
            foreign = await fixture.ClientAsync(Roles.CountyReviewer, P.Lianchi), signer = await fixture.ClientAsync(Roles.Approver, P.ChanganPrimary);
        await RefusedAsync(await OpenAsync(city, review), 403, "SUP-0003");
        await RefusedAsync(await OpenAsync(own, review), 403, "GEN-0005");
        await RefusedAsync(await OpenAsync(foreign, review), 404, "GEN-0006");

        using var withdrawn = await WithdrawAsync(signer, review);
        Assert.Equal(HttpStatusCode.OK, withdrawn.StatusCode);
    }

    [Fact]
    public async Task SchoolMovedInMidReview_TheOldReviewerLosesIt_WhatTheyOpenedStaysKnown()
    {
        var school = await P.SchoolAsync(P.Changan);
        var submitted = await fixture.SubmittedAsync(school);
        var review = await fixture.ReviewAsync(submitted);
        var first = await P.PersonAsync(Roles.CountyReviewer, P.Changan);
        using HttpClient old = fixture.Host.CreateClient(first), now = await fixture.ClientAsync(Roles.CountyReviewer, P.Lianchi), signer = await fixture.ClientAsync(Roles.Approver, school);
        using var opened = await OpenAsync(old, review);

        await fixture.Host.Events.DeliverAsync(school.MovedTo(P.Lianchi, new(2026, 9, 15, 1, 0, 0, TimeSpan.Zero)));

        await RefusedAsync(await OpenAsync(old, review), 404, "GEN-0006");
        await RefusedAsync(await WithdrawAsync(signer, review), 409, "SUP-0011");
        var response = await now.GetFromJsonAsync<ReviewResponse>($"/api/supervision/reviews/{review.Id}", Json);
        Assert.Equal([first], response!.Openings.Select(opening => opening.By));
        using var approved = await ApproveAsync(now, review);
        Assert.True((await LastAsync(submitted)).Unopened);
    }

    private async Task<ReviewEntry> LastAsync(Gengdu.Contracts.Reporting.V1.ModuleReportSubmitted submitted) => (await fixture.ReviewAsync(submitted)).History[^1];

    private static async Task<int> CountAsync(HttpClient client, string query)
    {
        using var list = await client.GetAsync($"/api/supervision/reviews?{query}");
        using var document = System.Text.Json.JsonDocument.Parse(await list.Content.ReadAsStringAsync());
        return document.RootElement.GetProperty("total").GetInt32();
    }
}
