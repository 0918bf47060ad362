using System.Net;
using System.Net.Http.Json;
using Gengdu.Contracts.Supervision.V1;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Gengdu.Supervision.Groups;
using Gengdu.TestKit;
using static Gengdu.Supervision.Tests.SupervisionFixture;

namespace Gengdu.Supervision.Tests.Groups;

/// <summary>Set up, listed, ended.</summary>
public sealed class EndReviewerGroupTests(SupervisionFixture fixture) : IClassFixture<SupervisionFixture>
{
    [Fact]
    public async Task Delete_EndsTheRightAtOnce_WhatWasDecidedStands_TwiceChangesNothing()
    {
        var (p, expert) = (fixture.Province, NewId());
        var review = await fixture.ReviewAsync(await fixture.SubmittedAsync(p.ChanganPrimary));
        using HttpClient administrator = await fixture.ClientAsync(Roles.Administrator, p.Shijiazhuang), member = fixture.Host.CreateClient(expert), foreign = await fixture.ClientAsync(Roles.Administrator, p.Baoding);
        using var created = await administrator.PostAsJsonAsync("/api/supervision/reviewer-groups", new CreateReviewerGroupTests(fixture).Group(p.Changan, "county", [expert], [p.ChanganPrimary.Id]));
        var group = (await created.Content.ReadFromJsonAsync<ReviewerGroupResponse>(Json))!;
        using (var seen = await member.GetAsync($"/api/supervision/reviews/{review.Id}"))
        {
            Assert.Equal(HttpStatusCode.OK, seen.StatusCode);
        }

        await RefusedAsync(await foreign.DeleteAsync($"/api/supervision/reviewer-groups/{group.Id}"), 404, "GEN-0006");
        await RefusedAsync(await member.DeleteAsync($"/api/supervision/reviewer-groups/{group.Id}"), 404, "GEN-0006");
        using (HttpResponseMessage ended = await administrator.DeleteAsync($"/api/supervision/reviewer-groups/{group.Id}"), again = await administrator.DeleteAsync($"/api/supervision/reviewer-groups/{group.Id}"))
        {
            Assert.Equal((HttpStatusCode.NoContent, HttpStatusCode.NoContent), (ended.StatusCode, again.StatusCode));
        }

        await RefusedAsync(await ApproveAsync(member, review), 404, "GEN-0006");
        Assert.NotNull((await fixture.Host.Events.WaitForAsync<ReviewerGroupChanged>(e => e.GroupId == group.Id && e.Version == 2)).EndedAt);
        Assert.Single(await fixture.Host.AuditOfAsync(group.Id), entry => entry.Act == "reviewer-group.ended");
    }

    [Fact]
    public async Task Delete_ByAReviewerOfAnotherStep_Is403()
    {
        var p = fixture.Province;
        using HttpClient city = await fixture.ClientAsync(Roles.CitySupervisor, p.Shijiazhuang), county = await fixture.ClientAsync(Roles.CountyReviewer, p.Changan);
        using var created = await county.PostAsJsonAsync("/api/supervision/reviewer-groups", new CreateReviewerGroupTests(fixture).Group(p.Changan, "county", [NewId()], [p.ChanganPrimary.Id]));
        var group = (await created.Content.ReadFromJsonAsync<ReviewerGroupResponse>(Json))!;
        await RefusedAsync(await city.DeleteAsync($"/api/supervision/reviewer-groups/{group.Id}"), 403, "SUP-0020");
    }
}
