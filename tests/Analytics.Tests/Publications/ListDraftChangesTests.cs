using Gengdu.Analytics.OpenFigures;
using Gengdu.Analytics.Tests.OpenFigures;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using static Gengdu.Analytics.Tests.Explanations.ReportedProvince;

namespace Gengdu.Analytics.Tests.Publications;

public sealed class ListDraftChangesTests(AnalyticsFixture fixture) : IClassFixture<AnalyticsFixture>
{
    [Fact]
    public async Task Changes_AreShownToWhoeverChecks_BeforeAnybodyElse()
    {
        var scene = await OpenScene.PublishedAsync(fixture);
        await scene.CorrectAsync(3);
        using var owner = await fixture.ClientAsync(Roles.ProvinceOwner, fixture.Province.Root);
        var draft = await PublishFiguresTests.DraftAsync(owner, scene.Cycle);
        var address = $"/api/analytics/publications/drafts/{draft.Id}/changes?pageSize=500";
        var changes = await AskAsync<Page<OpenChangeResponse>>(fixture, address, Roles.Administrator);
        var county = Assert.Single(changes.Items, change => change.Code == fixture.Province.Changan.Code && change.Indicator == "K27");
        Assert.Equal((4m, 10m), (county.From, county.To));
        await RefusedAsync(fixture, address, 403, "GEN-0005", Roles.CitySupervisor, fixture.Province.Shijiazhuang);
        await RefusedAsync(fixture, $"/api/analytics/publications/drafts/{Guid.Empty}/changes", 404, "GEN-0006");
    }
}
