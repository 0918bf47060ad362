using System.Net.Http.Json;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Gengdu.Supervision.Groups;
using static Gengdu.Supervision.Tests.SupervisionFixture;

namespace Gengdu.Supervision.Tests.Groups;

public sealed class ListReviewerGroupsTests(SupervisionFixture fixture) : IClassFixture<SupervisionFixture>
{
    [Fact]
    public async Task Get_ThoseOfTheCallersArea_NotToSchoolsNorMembers()
    {
        var (p, expert) = (fixture.Province, NewId());
        using HttpClient county = await fixture.ClientAsync(Roles.CountyReviewer, p.Changan), city = await fixture.ClientAsync(Roles.Administrator, p.Shijiazhuang),
            other = await fixture.ClientAsync(Roles.CitySupervisor, p.Baoding), school = await fixture.ClientAsync(Roles.Approver, p.ChanganPrimary), member = fixture.Host.CreateClient(expert);
        using var created = await county.PostAsJsonAsync("/api/supervision/reviewer-groups", new CreateReviewerGroupTests(fixture).Group(p.Changan, "county", [expert], [p.Changan.Id]));
        var group = (await created.Content.ReadFromJsonAsync<ReviewerGroupResponse>(Json))!;

        Assert.Contains(await ListAsync(county), one => one.Id == group.Id);
        Assert.Contains(await ListAsync(city), one => one.Id == group.Id && one.PersonIds.SequenceEqual([expert]));
        Assert.DoesNotContain(await ListAsync(other), one => one.Id == group.Id);
        await RefusedAsync(await school.GetAsync("/api/supervision/reviewer-groups"), 403, "GEN-0005");
        await RefusedAsync(await member.GetAsync("/api/supervision/reviewer-groups"), 403, "GEN-0005");
    }

    private static async Task<IReadOnlyList<ReviewerGroupResponse>> ListAsync(HttpClient client) =>
        (await client.GetFromJsonAsync<Page<ReviewerGroupResponse>>("/api/supervision/reviewer-groups?pageSize=100", Json))!.Items;
}
