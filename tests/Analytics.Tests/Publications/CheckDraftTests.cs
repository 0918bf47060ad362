using System.Net.Http.Json;
using Gengdu.Analytics.OpenFigures;
using Gengdu.Analytics.Publications;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Gengdu.TestKit;
using Microsoft.EntityFrameworkCore;
using static Gengdu.Analytics.Tests.Explanations.ReportedProvince;

namespace Gengdu.Analytics.Tests.Publications;

public sealed class CheckDraftTests(AnalyticsFixture fixture) : IClassFixture<AnalyticsFixture>
{
    [Fact]
    public async Task Check_IsForAnotherPerson_Once()
    {
        var cycle = await new TestCycle(fixture, fixture.Province.ChanganPrimary).OpenedAsync();
        using var owner = await fixture.ClientAsync(Roles.ProvinceOwner, fixture.Province.Root);
        var draft = await PublishFiguresTests.DraftAsync(owner, cycle);
        await RefusedAsync(owner, draft.Id, new { agrees = true }, 409, "ANA-0072");

        await PublishFiguresTests.AgreeAsync(fixture, draft.Id);
        using var administrator = await fixture.ClientAsync(Roles.Administrator, fixture.Province.Root);
        await RefusedAsync(administrator, draft.Id, new { agrees = true }, 409, "ANA-0073");
        await RefusedAsync(administrator, Guid.Empty, new { agrees = true }, 404, "GEN-0006");
        using var city = await fixture.ClientAsync(Roles.CitySupervisor, fixture.Province.Shijiazhuang);
        await RefusedAsync(city, draft.Id, new { agrees = true }, 403, "GEN-0005");
        Assert.Contains(await fixture.Host.AuditAsync(), entry => entry.Act == "figures.checked" && entry.ObjectId == cycle.Id.ToString());
    }

    /// <summary>What somebody did not agree with leaves no copy behind, and its number is free.</summary>
    [Fact]
    public async Task Check_WithoutConsent_SaysWhy_AndRemovesTheCopy()
    {
        var cycle = await new TestCycle(fixture, fixture.Province.ChanganPrimary).OpenedAsync();
        using var owner = await fixture.ClientAsync(Roles.ProvinceOwner, fixture.Province.Root);
        using var administrator = await fixture.ClientAsync(Roles.Administrator, fixture.Province.Root);
        var draft = await PublishFiguresTests.DraftAsync(owner, cycle);
        await RefusedAsync(administrator, draft.Id, new { agrees = false, remark = " " }, 422, "ANA-0078");
        await RefusedAsync(administrator, draft.Id, new { agrees = true, remark = new string('x', 501) }, 422, "ANA-0078");
        using var said = await administrator.PostAsJsonAsync(Address(draft.Id), new { agrees = false, remark = "定州市尚未上报" });
        Assert.Equal(("rejected", "定州市尚未上报"), await said.Content.ReadFromJsonAsync<PublicationDraftResponse>(AnalyticsFixture.Json) is { } rejected ? (rejected.State, rejected.Remark) : default);

        Assert.False(await fixture.Host.InDatabaseAsync(db => db.Set<PublishedFigure>().AnyAsync(figure => figure.CycleId == cycle.Id)));
        Assert.False(await fixture.Host.InDatabaseAsync(db => db.Set<OpenEdition>().AnyAsync(edition => edition.CycleId == cycle.Id)));
        Assert.Equal(1, (await PublishFiguresTests.DraftAsync(owner, cycle)).Number);
        var all = await AskAsync<Page<PublicationDraftResponse>>(fixture, $"/api/analytics/publications/drafts?cycleId={cycle.Id}");
        Assert.Equal(["drafted", "rejected"], all.Items.Select(one => one.State).Order(StringComparer.Ordinal));
    }

    private static Uri Address(Guid id) => new($"/api/analytics/publications/drafts/{id}/check", UriKind.Relative);

    private static async Task RefusedAsync(HttpClient client, Guid id, object request, int status, string code)
    {
        using var refused = await client.PostAsJsonAsync(Address(id), request);
        await AnalyticsFixture.RefusedAsync(refused, status, code);
    }
}
