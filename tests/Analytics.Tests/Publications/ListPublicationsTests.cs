using Gengdu.Analytics.Publications;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using static Gengdu.Analytics.Tests.Explanations.ReportedProvince;

namespace Gengdu.Analytics.Tests.Publications;

public sealed class ListPublicationsTests(AnalyticsFixture fixture) : IClassFixture<AnalyticsFixture>
{
    [Fact]
    public async Task List_NewestFirst_ForEveryoneWithARight()
    {
        var school = fixture.Province.ChanganPrimary;
        var cycle = await new TestCycle(fixture, school).OpenedAsync();
        await PublishFiguresTests.PublishAsync(fixture, cycle);
        await PublishFiguresTests.PublishAsync(fixture, cycle);

        var seen = await AskAsync<Page<PublicationResponse>>(fixture, $"/api/analytics/publications?cycleId={cycle.Id}", Roles.Reporter, school);
        Assert.Equal([2, 1], seen.Items.Select(publication => publication.Number));
        using var nobody = fixture.Host.CreateClient(AnalyticsFixture.NewId());
        using var refused = await nobody.GetAsync(new Uri($"/api/analytics/publications?cycleId={cycle.Id}", UriKind.Relative));
        await AnalyticsFixture.RefusedAsync(refused, 403, "GEN-0005");
    }
}
