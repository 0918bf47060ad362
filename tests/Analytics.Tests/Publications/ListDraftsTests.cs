using Gengdu.Analytics.Publications;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using static Gengdu.Analytics.Tests.Explanations.ReportedProvince;

namespace Gengdu.Analytics.Tests.Publications;

public sealed class ListDraftsTests(AnalyticsFixture fixture) : IClassFixture<AnalyticsFixture>
{
    [Fact]
    public async Task List_ForThoseWhoMayCheck_SaysWhatEverybodyWillSee()
    {
        var (cycle, _) = await ReportedAsync(fixture);
        await PublishFiguresTests.CheckedAsync(fixture, cycle);
        var address = $"/api/analytics/publications/drafts?cycleId={cycle.Id}";
        var draft = Assert.Single((await AskAsync<Page<PublicationDraftResponse>>(fixture, address, Roles.Administrator)).Items);
        Assert.Equal(("checked", false, "两所学校更正了经费"), (draft.State, draft.Mine, draft.ReasonZh));
        Assert.True(draft.Open is { Shown: > 0, Hidden: > 0, Held: 0 }, $"{draft.Open}");
        await RefusedAsync(fixture, address, 403, "GEN-0005", Roles.CitySupervisor, fixture.Province.Shijiazhuang);
        await RefusedAsync(fixture, address, 403, "GEN-0005", Roles.Auditor);
    }
}
