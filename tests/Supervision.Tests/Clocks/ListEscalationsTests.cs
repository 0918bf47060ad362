using System.Net.Http.Json;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Gengdu.Supervision.Clocks;

namespace Gengdu.Supervision.Tests.Clocks;

public sealed class ListEscalationsTests(SupervisionFixture fixture) : IClassFixture<SupervisionFixture>
{
    [Fact]
    public async Task Get_IsTheHistoryOfTheOwnSubtree()
    {
        var p = fixture.Province;
        var roster = await fixture.OpenedAsync(p.ChanganPrimary);
        await fixture.SubmittedAsync(roster, p.ChanganPrimary);
        await fixture.SubmittedAsync(roster, p.ChanganPrimary, "teachers");
        fixture.GoToWorkingDay(daysOn: 5, hour: 9);
        await fixture.LookAsync();

        foreach (var (role, at, seen) in new[] { (Roles.CountyReviewer, p.Changan, 1), (Roles.CitySupervisor, p.Shijiazhuang, 1), (Roles.ProvinceOwner, p.Root, 1), (Roles.CountyReviewer, p.Zhengding, 0),
            (Roles.Reporter, p.ChanganPrimary, 0), (Roles.Auditor, p.Root, 0) })
        {
            using var client = await fixture.ClientAsync(role, at);
            var page = (await client.GetFromJsonAsync<Page<EscalationResponse>>($"/api/supervision/escalations?cycleId={roster.CycleId}&open=true", SupervisionFixture.Json))!;
            Assert.Equal((seen, seen), (page.Total, page.Items.Count));
            Assert.All(page.Items, e => Assert.Equal((p.Changan.NameZh, p.Changan.NameZh, 1, 1, 2), (e.Holder.NameZh, e.Told.NameZh, e.Step, e.Reports, e.Modules)));
        }

        using var owner = await fixture.ClientAsync(Roles.ProvinceOwner, p.Root);
        Assert.Equal(0, (await owner.GetFromJsonAsync<Page<EscalationResponse>>($"/api/supervision/escalations?cycleId={roster.CycleId}&open=false", SupervisionFixture.Json))!.Total);
    }

    [Fact]
    public async Task Get_OfAForeignPlace_IsNotFound()
    {
        using var county = await fixture.ClientAsync(Roles.CountyReviewer, fixture.Province.Changan);
        using var answer = await county.GetAsync(new Uri($"/api/supervision/escalations?organisationId={fixture.Province.Root.Id}", UriKind.Relative));
        await SupervisionFixture.RefusedAsync(answer, 404, "GEN-0006");
    }
}
