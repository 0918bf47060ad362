using System.Net;
using System.Net.Http.Json;
using Gengdu.Contracts.Supervision.V1;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Gengdu.Supervision.Groups;
using Gengdu.Supervision.Reviews;
using Gengdu.TestKit;
using Microsoft.EntityFrameworkCore;
using static Gengdu.Supervision.Tests.SupervisionFixture;

namespace Gengdu.Supervision.Tests.Groups;

public sealed class CreateReviewerGroupTests(SupervisionFixture fixture) : IClassFixture<SupervisionFixture>
{
    private TestProvince P => fixture.Province;

    [Fact]
    public async Task Member_ReviewsTheGroupsModulesAtItsStep_AndNothingElse()
    {
        var school = await P.SchoolAsync(P.Changan);
        var (its, other) = (await fixture.SubmittedAsync(school), await fixture.SubmittedAsync(school, moduleKey: "teachers"));
        await fixture.ApprovedAsync(its, Roles.CountyReviewer, P.Changan);
        await fixture.ApprovedAsync(other, Roles.CountyReviewer, P.Changan);
        var early = await fixture.SubmittedAsync(school);
        var expert = NewId();
        using var client = fixture.Host.CreateClient(expert);
        await RefusedAsync(await client.GetAsync($"/api/supervision/reviews/{(await fixture.ReviewAsync(its)).Id}"), 404, "GEN-0006");

        var group = await CreatedAsync(Group(P.Shijiazhuang, "city", [expert], [P.Changan.Id], ["curriculum"]));

        Assert.Equal("city", (await fixture.Host.Events.WaitForAsync<ReviewerGroupChanged>(e => e.GroupId == group.Id)).Level);
        var list = await client.GetFromJsonAsync<Page<ReviewResponse>>($"/api/supervision/reviews?organisationId={school.Id}", Json);
        Assert.Equal(["curriculum", "curriculum"], list!.Items.Select(review => review.ModuleKey));
        await RefusedAsync(await ApproveAsync(client, await fixture.ReviewAsync(other)), 403, "GEN-0005");
        await RefusedAsync(await ApproveAsync(client, await fixture.ReviewAsync(early)), 403, "SUP-0003");
        await RefusedAsync(await client.PostAsJsonAsync("/api/supervision/approvals", new { cycleId = its.CycleId, step = "city" }), 403, "SUP-0003");
        using HttpResponseMessage opened = await OpenAsync(client, await fixture.ReviewAsync(its)), approved = await ApproveAsync(client, await fixture.ReviewAsync(its));
        Assert.Equal((HttpStatusCode.NoContent, HttpStatusCode.OK), (opened.StatusCode, approved.StatusCode));
        var entry = (await fixture.ReviewAsync(its)).History[^1];
        Assert.Equal((ReviewAct.Approve, ReviewLevel.City, (Guid?)expert, (Guid?)P.Shijiazhuang.Id, (bool?)false), (entry.Act, entry.Level, entry.By, entry.OrganisationId, entry.Unopened));
        Assert.Single(await fixture.Host.AuditOfAsync(group.Id), entry => entry.Act == "reviewer-group.created");
    }

    [Fact]
    public async Task Member_WhoSignedIt_MayNotPassIt()
    {
        var expert = NewId();
        var submitted = await fixture.SubmittedAsync(P.ChanganPrimary, by: expert);
        await CreatedAsync(Group(P.Changan, "county", [expert], [P.ChanganPrimary.Id]), Roles.CountyReviewer);
        using var client = fixture.Host.CreateClient(expert);
        await RefusedAsync(await ApproveAsync(client, await fixture.ReviewAsync(submitted)), 409, "SUP-0004");
    }

    [Fact]
    public async Task GiverLosesTheirRight_OrTheSchoolLeaves_TheGroupsRightIsGone()
    {
        var (school, expert) = (await P.SchoolAsync(P.Changan), NewId());
        var submitted = await fixture.SubmittedAsync(school);
        var giver = await P.PersonAsync(Roles.CountyReviewer, P.Changan);
        using HttpClient giving = fixture.Host.CreateClient(giver), client = fixture.Host.CreateClient(expert);
        using var created = await giving.PostAsJsonAsync("/api/supervision/reviewer-groups", Group(P.Changan, "county", [expert], [school.Id]));
        Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        var review = await fixture.ReviewAsync(submitted);
        using (var seen = await client.GetAsync($"/api/supervision/reviews/{review.Id}"))
        {
            Assert.Equal(HttpStatusCode.OK, seen.StatusCode);
        }

        await fixture.Host.Events.DeliverAsync(school.MovedTo(P.Lianchi, new(2026, 9, 15, 1, 0, 0, TimeSpan.Zero)));
        await RefusedAsync(await ApproveAsync(client, review), 404, "GEN-0006");
        await fixture.Host.Events.DeliverAsync(school.MovedTo(P.Changan, new(2026, 9, 15, 2, 0, 0, TimeSpan.Zero), 3));
        await P.RemoveAsync(giver);
        await RefusedAsync(await ApproveAsync(client, review), 404, "GEN-0006");
    }

    [Fact]
    public async Task Post_MoreThanTheGiverHas_IsRefused()
    {
        var expert = NewId();
        foreach (var (role, at, group, status, code) in new[]
        {
            (Roles.CountyReviewer, P.Changan, Group(P.Shijiazhuang, "city", [expert], [P.Changan.Id]), 404, "GEN-0006"),
            (Roles.CitySupervisor, P.Shijiazhuang, Group(P.Changan, "county", [expert], [P.ChanganPrimary.Id]), 403, "SUP-0020"),
            (Roles.Reporter, P.ChanganPrimary, Group(P.ChanganPrimary, "county", [expert], [P.ChanganPrimary.Id]), 403, "SUP-0020"),
            (Roles.Administrator, P.Changan, Group(P.Lianchi, "county", [expert], [P.LianchiVocational.Id]), 404, "GEN-0006"),
            (Roles.CitySupervisor, P.Shijiazhuang, Group(P.Shijiazhuang, "city", [expert], [P.Lianchi.Id]), 404, "GEN-0006"),
            (Roles.CitySupervisor, P.Shijiazhuang, Group(P.Shijiazhuang, "city", [expert], [NewId()]), 404, "GEN-0006"),
        })
        {
            using var client = await fixture.ClientAsync(role, at);
            await RefusedAsync(await client.PostAsJsonAsync("/api/supervision/reviewer-groups", group), status, code);
        }

        var giver = await P.PersonAsync(Roles.CitySupervisor, P.Shijiazhuang);
        using var own = fixture.Host.CreateClient(giver);
        await RefusedAsync(await own.PostAsJsonAsync("/api/supervision/reviewer-groups", Group(P.Shijiazhuang, "city", [giver], [P.Changan.Id])), 409, "SUP-0021");
        Assert.False(await fixture.Host.InDatabaseAsync(db => db.ReviewerGroups.AnyAsync(g => g.PersonIds.Contains(expert))));
    }

    [Fact]
    public async Task Post_NoNameNobodyNoPlaceNoStepOrTooLong_Is422()
    {
        using var client = await fixture.ClientAsync(Roles.CitySupervisor, P.Shijiazhuang);
        var today = DateOnly.FromDateTime(fixture.Host.Clock.GetUtcNow().UtcDateTime);
        foreach (var (name, people, places, validTo) in new (string, Guid[], Guid[], DateOnly)[]
        {
            (" ", [NewId()], [P.Changan.Id], today.AddDays(3)), ("组", [], [P.Changan.Id], today.AddDays(3)), ("组", [NewId()], [], today.AddDays(3)),
            ("组", [NewId()], [P.Changan.Id], today.AddDays(-2)), ("组", [NewId()], [P.Changan.Id], today.AddDays(400)),
        })
        {
            await RefusedAsync(await client.PostAsJsonAsync("/api/supervision/reviewer-groups",
                new { name, level = "city", organisationId = P.Shijiazhuang.Id, personIds = people, organisationIds = places, validTo }), 422, "GEN-0011");
        }
    }

    internal object Group(Organisation at, string level, Guid[] people, Guid[] places, string[]? modules = null) => new
    {
        name = "市级课程专家组",
        level,
        organisationId = at.Id,
        personIds = people,
        organisationIds = places,
        validTo = DateOnly.FromDateTime(fixture.Host.Clock.GetUtcNow().UtcDateTime).AddDays(30),
        moduleKeys = modules,
    };

    private async Task<ReviewerGroupResponse> CreatedAsync(object group, string role = Roles.CitySupervisor)
    {
        using var client = await fixture.ClientAsync(role, role == Roles.CitySupervisor ? P.Shijiazhuang : P.Changan);
        using var response = await client.PostAsJsonAsync("/api/supervision/reviewer-groups", group);
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        return (await response.Content.ReadFromJsonAsync<ReviewerGroupResponse>(Json))!;
    }
}
