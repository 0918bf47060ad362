using System.Net.Http.Json;
using Gengdu.Organisations;
using Gengdu.Supervision.Groups;
using Gengdu.Supervision.Reviews;
using static Gengdu.Supervision.Tests.SupervisionFixture;

namespace Gengdu.Supervision.Tests.Groups;

public sealed class ListGroupWorkTests(SupervisionFixture fixture) : IClassFixture<SupervisionFixture>
{
    [Fact]
    public async Task Get_AMember_SeesTheGroupsModulesAtItsStep_UntilItEnds()
    {
        var p = fixture.Province;
        var (school, expert) = (await p.SchoolAsync(p.Changan), NewId());
        var cycle = NewId();
        var (its, other) = (await fixture.SubmittedAsync(school, cycle), await fixture.SubmittedAsync(school, cycle, moduleKey: "teachers"));
        var elsewhere = await fixture.SubmittedAsync(await p.SchoolAsync(p.Zhengding), cycle);
        using var client = fixture.Host.CreateClient(expert);
        Assert.Equal((false, 0), await WorkAsync(client) is var none ? (none.Member, none.Total) : default);

        using var reviewer = await fixture.ClientAsync(Roles.CountyReviewer, p.Changan);
        using var created = await reviewer.PostAsJsonAsync("/api/supervision/reviewer-groups", new
        {
            name = "专家", level = "county", organisationId = p.Changan.Id, personIds = new[] { expert }, organisationIds = new[] { p.Changan.Id },
            validTo = DateOnly.FromDateTime(fixture.Host.Clock.GetUtcNow().UtcDateTime).AddDays(9), moduleKeys = new[] { "curriculum" },
        });
        created.EnsureSuccessStatusCode();
        var mine = Assert.Single((await WorkAsync(client)).Reports, report => report.CycleId == cycle);
        Assert.Equal((its.ReportId, ReviewLevel.County, school.NameZh), (mine.ReportId, mine.Step, mine.Organisation.NameZh));
        Assert.Equal(["curriculum"], mine.ModuleKeys);

        await fixture.ApprovedAsync(its, Roles.CountyReviewer, p.Changan);
        Assert.DoesNotContain((await WorkAsync(client)).Reports, report => report.CycleId == cycle);
        Assert.Equal(ReviewState.CountyReview, (await fixture.ReviewAsync(other)).State);
        Assert.Equal(ReviewState.CountyReview, (await fixture.ReviewAsync(elsewhere)).State);
        var group = (await created.Content.ReadFromJsonAsync<ReviewerGroupResponse>(Json))!;
        using var ended = await reviewer.DeleteAsync($"/api/supervision/reviewer-groups/{group.Id}");
        Assert.False((await WorkAsync(client)).Member);
    }

    private static async Task<GroupWorkResponse> WorkAsync(HttpClient client) => (await client.GetFromJsonAsync<GroupWorkResponse>("/api/supervision/reviewer-groups/work", Json))!;
}
