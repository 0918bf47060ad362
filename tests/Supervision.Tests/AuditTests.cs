using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using Gengdu.Audit;
using Gengdu.Contracts.Audit.V1;
using Gengdu.Organisations;
using Gengdu.TestKit;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Supervision.Tests;

/// <summary>What supervision writes down of who did, saw and was denied what, and who may read that.</summary>
public sealed class AuditTests(SupervisionFixture fixture) : IClassFixture<SupervisionFixture>
{
    private TestProvince Province => fixture.Province;

    [Fact]
    public async Task Approval_IsOneActOfThePersonAtTheSchool()
    {
        var submitted = await fixture.SubmittedAsync(Province.ChanganPrimary);
        var review = await fixture.ReviewAsync(submitted);
        var reviewer = await Province.PersonAsync(Roles.CountyReviewer, Province.Changan);
        using var client = fixture.Host.CreateClient(reviewer);
        using var approved = await SupervisionFixture.ApproveAsync(client, review);

        var entry = Assert.Single(await fixture.Host.AuditOfAsync(review.Id), entry => entry.Outcome == "done");
        Assert.Equal(("review.approved", "review", reviewer, Province.ChanganPrimary.Path), (entry.Act, entry.ObjectKind, entry.ActorId, entry.OrganisationPath));
        Assert.Equal(("gateway", 24), (entry.ClientId, entry.Session?.Length));
        Assert.Contains($"\"moduleReportId\":\"{submitted.ModuleReportId}\"", entry.Details, StringComparison.Ordinal);
    }

    [Fact]
    public async Task BulkApproval_IsOneActAReview()
    {
        var cycle = SupervisionFixture.NewId();
        Guid[] reviews = [
            (await fixture.ReviewAsync(await fixture.SubmittedAsync(Province.ChanganPrimary, cycle))).Id,
            (await fixture.ReviewAsync(await fixture.SubmittedAsync(Province.ChanganNineYear, cycle))).Id];
        using var client = await fixture.ClientAsync(Roles.CountyReviewer, Province.Changan);
        using var approved = await client.PostAsJsonAsync("/api/supervision/approvals", new { cycleId = cycle, step = "county" });
        Assert.Equal(HttpStatusCode.OK, approved.StatusCode);

        var acts = (await fixture.Host.AuditAsync()).Where(entry => entry.Act == "review.approved" && reviews.Contains(Guid.Parse(entry.ObjectId!))).ToList();
        Assert.Equal(reviews.Order(), acts.Select(entry => Guid.Parse(entry.ObjectId!)).Order());
    }

    [Fact]
    public async Task Refusal_IsWrittenDownWithTheRouteAndWithoutTheAddress()
    {
        var reviewer = await Province.PersonAsync(Roles.CountyReviewer, Province.Lianchi);
        var foreign = await fixture.ReviewAsync(await fixture.SubmittedAsync(Province.ChanganPrimary));
        using var client = fixture.Host.CreateClient(reviewer);
        using var hidden = await client.GetAsync(new Uri($"/api/supervision/reviews/{foreign.Id}?note=%0d%0aforged", UriKind.Relative));
        using var unknown = fixture.Host.CreateClient("none");
        using var anonymous = await unknown.GetAsync(new Uri($"/api/supervision/reviews/{foreign.Id}", UriKind.Relative));

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.Unauthorized), (hidden.StatusCode, anonymous.StatusCode));
        var denied = (await fixture.Host.AuditOfAsync(foreign.Id)).Where(entry => entry.Outcome == "denied").OrderBy(entry => entry.ActorId is null).ToList();
        Assert.Equal([(reviewer, Province.Lianchi.Path), (null, null)], denied.Select(entry => (entry.ActorId, entry.OrganisationPath)));
        Assert.Contains("\"status\":404,\"method\":\"GET\",\"route\":\"/api/supervision/reviews/{id:guid}\"", denied[0].Details, StringComparison.Ordinal);
        Assert.DoesNotContain("forged", denied[0].Details, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_ShowsAnAuditorTheOwnSubtreeAndOnlyTheProvinceTheRest()
    {
        var school = await Province.SchoolAsync(Province.Changan);
        var review = await fixture.ReviewAsync(await fixture.SubmittedAsync(school));
        using (var reviewer = await fixture.ClientAsync(Roles.CountyReviewer, Province.Changan))
        {
            using var approved = await SupervisionFixture.ApproveAsync(reviewer, review);
        }

        using (var anonymous = fixture.Host.CreateClient("none"))
        {
            using var refused = await anonymous.GetAsync(new Uri("/api/supervision/queue", UriKind.Relative));
        }

        await fixture.Host.AuditAsync();
        async Task<IReadOnlyList<AuditItem>> ReadAsync(Organisation at, string query = "")
        {
            using var client = await fixture.ClientAsync(Roles.Auditor, at);
            return (await client.GetFromJsonAsync<AuditPage>($"/api/supervision/audit?pageSize=500{query}", SupervisionFixture.Json))!.Items;
        }

        Assert.Contains(await ReadAsync(Province.Changan), item => item.ObjectId == review.Id.ToString());
        Assert.Contains(await ReadAsync(Province.Root, $"&organisationId={school.Id}"), item => item.ObjectId == review.Id.ToString());
        Assert.DoesNotContain(await ReadAsync(Province.Baoding), item => item.OrganisationPath?.StartsWith(Province.Baoding.Path, StringComparison.Ordinal) != true);
        Assert.DoesNotContain(await ReadAsync(Province.Changan), item => item.OrganisationPath is null);
        Assert.Contains(await ReadAsync(Province.Root, "&outcome=denied"), item => item.OrganisationPath is null);
        // A look is chained a moment after it was written down.
        await fixture.Host.AuditAsync();
        Assert.Contains(await ReadAsync(Province.Root), item => item.Act == "audit.seen");
    }

    [Theory]
    [InlineData(Roles.Administrator)]
    [InlineData(Roles.SecurityAdministrator)]
    [InlineData(Roles.ProvinceOwner)]
    public async Task Page_IsForAuditorsAlone(string role)
    {
        using var client = await fixture.ClientAsync(role, Province.Root);
        using var answer = await client.GetAsync(new Uri("/api/supervision/audit", UriKind.Relative));
        await SupervisionFixture.RefusedAsync(answer, 403, "GEN-0005");
    }

    [Fact]
    public async Task Page_OfAForeignOrganisation_IsNotFound()
    {
        using var client = await fixture.ClientAsync(Roles.Auditor, Province.Baoding);
        using var answer = await client.GetAsync(new Uri($"/api/supervision/audit?organisationId={Province.Changan.Id}", UriKind.Relative));
        await SupervisionFixture.RefusedAsync(answer, 404, "GEN-0006");
    }

    [Fact]
    public async Task Page_TurnsBackwardsWithoutGapOrRepetition()
    {
        var school = await Province.SchoolAsync(Province.Zhengding);
        for (var i = 0; i < 5; i++)
        {
            using var reviewer = await fixture.ClientAsync(Roles.CountyReviewer, Province.Zhengding);
            using var approved = await SupervisionFixture.ApproveAsync(reviewer, await fixture.ReviewAsync(await fixture.SubmittedAsync(school, moduleKey: $"m{i}")));
        }

        await fixture.Host.AuditAsync();
        using var client = await fixture.ClientAsync(Roles.Auditor, Province.Zhengding);
        var seen = new List<long>();
        for (long? before = long.MaxValue; before is not null;)
        {
            var page = await client.GetFromJsonAsync<AuditPage>($"/api/supervision/audit?act=review.approved&organisationId={school.Id}&pageSize=2&before={before}", SupervisionFixture.Json);
            seen.AddRange(page!.Items.Select(item => item.Seq));
            before = page.Next;
        }

        Assert.Equal((5, true), (seen.Count, seen.Distinct().OrderDescending().SequenceEqual(seen)));
    }

    [Fact]
    public async Task Export_IsAFileAndIsItselfAudited()
    {
        var auditor = await Province.PersonAsync(Roles.Auditor, Province.Root);
        using var client = fixture.Host.CreateClient(auditor);
        client.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue("text/csv"));
        using var answer = await client.GetAsync(new Uri("/api/supervision/audit", UriKind.Relative));

        var text = Encoding.UTF8.GetString(await answer.Content.ReadAsByteArrayAsync());
        Assert.Equal((HttpStatusCode.OK, "text/csv"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        Assert.StartsWith("\uFEFFseq,at,actorId,", text, StringComparison.Ordinal);
        Assert.Contains((await fixture.Host.AuditAsync()), entry => entry.Act == "audit.exported" && entry.ActorId == auditor);
    }

    /// <summary>Another service's checkpoint is kept here: twice the same changes nothing, two that differ prove a fork and are both kept.</summary>
    [Fact]
    public async Task CheckpointOfAnotherService_IsKept()
    {
        var checkpoint = new AuditCheckpointed { Stream = "reporting", Size = 40, Root = "aa", At = fixture.Host.Clock.GetUtcNow(), Line = "{}" };
        await fixture.Host.Events.DeliverAsync(checkpoint);
        await fixture.Host.Events.DeliverAsync(checkpoint);
        await fixture.Host.Events.DeliverAsync(checkpoint with { Root = "bb" });
        Assert.Equal(["aa", "bb"], await fixture.Host.InDatabaseAsync(db => db.Set<WitnessedCheckpoint>().OrderBy(w => w.Root).Select(w => w.Root).ToListAsync()));
    }
}
