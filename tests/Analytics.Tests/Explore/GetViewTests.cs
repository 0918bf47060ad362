using System.Net;
using System.Net.Http.Json;
using Gengdu.Analytics.Explore;
using Gengdu.Organisations;
using static Gengdu.Analytics.Tests.Explanations.ReportedProvince;
using static Gengdu.Analytics.Tests.Explore.SavedViews;

namespace Gengdu.Analytics.Tests.Explore;

/// <summary>A link opens with the rights of whoever opens it, never with those of whoever made it.</summary>
public sealed class GetViewTests(AnalyticsFixture fixture) : IClassFixture<AnalyticsFixture>
{
    [Fact]
    public async Task Get_Shared_OpensForWhoSeesThePlace_WithoutWhatIsTheOwnersBusiness()
    {
        var p = fixture.Province;
        var (cycle, _) = await ReportedAsync(fixture);
        using var owner = await PersonAsync(fixture, Roles.ProvinceOwner, p.Root);
        var saved = await owner.SavedAsync(Request(cycle, p.Changan, shared: true, sending: "daily"));
        using var county = await PersonAsync(fixture, Roles.CountyReviewer, p.Changan);
        var opened = (await county.GetFromJsonAsync<SavedViewResponse>($"{Kept}/{saved.Id}", AnalyticsFixture.Json))!;
        Assert.Equal((saved.Name, saved.Question, false, null, null), (opened.Name, opened.Question, opened.Own, opened.Sending, opened.NextAt));
    }

    [Fact]
    public async Task Get_WithoutTheScope_NotShared_OrGone_IsRefusedInTheSameWords()
    {
        var p = fixture.Province;
        var (cycle, _) = await ReportedAsync(fixture);
        using var owner = await PersonAsync(fixture, Roles.ProvinceOwner, p.Root);
        var (shared, own) = (await owner.SavedAsync(Request(cycle, p.Changan, shared: true)), await owner.SavedAsync(Request(cycle, p.Changan)));
        using var elsewhere = await PersonAsync(fixture, Roles.CountyReviewer, p.Zhengding);
        using var department = await PersonAsync(fixture, Roles.Reporter, p.Changan);
        using var county = await PersonAsync(fixture, Roles.CountyReviewer, p.Changan);
        await elsewhere.GetAsync(new Uri($"{Kept}/{shared.Id}", UriKind.Relative)).RefusedAsync(404, "ANA-0034");
        await department.GetAsync(new Uri($"{Kept}/{shared.Id}", UriKind.Relative)).RefusedAsync(404, "ANA-0034");
        await county.GetAsync(new Uri($"{Kept}/{own.Id}", UriKind.Relative)).RefusedAsync(404, "ANA-0034");
        await county.GetAsync(new Uri($"{Kept}/{Guid.Empty}", UriKind.Relative)).RefusedAsync(404, "ANA-0034");
        Assert.Equal(HttpStatusCode.OK, (await owner.GetAsync(new Uri($"{Kept}/{own.Id}", UriKind.Relative))).StatusCode);
    }

    /// <summary>Nothing of the maker's rights is in the link: once they are gone, they are gone for the own views too, where figures are concerned.</summary>
    [Fact]
    public async Task Get_OfAnOwnerWhoLostTheRight_StillNamesTheQuestion_ButTheFiguresAreRefused()
    {
        var p = fixture.Province;
        var (cycle, _) = await ReportedAsync(fixture);
        var person = await p.PersonAsync((Roles.CountyReviewer, p.Changan));
        using var client = fixture.Host.CreateClient(person);
        var saved = await client.SavedAsync(Request(cycle, p.Changan));
        await p.RemoveAsync(person);
        var q = saved.Question;
        await client.GetAsync(new Uri($"/api/analytics/explore/table?organisationId={q.OrganisationId}&cycles={q.Cycles}&indicators={q.Indicators}&rows={q.Rows}", UriKind.Relative)).RefusedAsync(404, "GEN-0006");
    }
}
