using System.Net;
using Gengdu.Analytics.OpenFigures;
using Gengdu.Analytics.Tests.Publications;
using Gengdu.ServiceDefaults;

namespace Gengdu.Analytics.Tests.OpenFigures;

public sealed class ListOpenPublicationsTests(AnalyticsFixture fixture) : IClassFixture<AnalyticsFixture>
{
    [Fact]
    public async Task List_HasEveryNumberForEver_AndIsCached()
    {
        const string address = "/api/analytics/open/publications?pageSize=500";
        var scene = await OpenScene.PublishedAsync(fixture);
        using var before = await scene.GetAsync(address);
        var tag = before.Headers.ETag!.ToString();
        Assert.Equal((true, TimeSpan.FromMinutes(1)), (before.Headers.CacheControl!.Public, before.Headers.CacheControl.MaxAge));
        Assert.Equal(["noindex"], before.Headers.GetValues("X-Robots-Tag"));
        await scene.CorrectAsync(3);
        await PublishFiguresTests.PublishAsync(fixture, scene.Cycle);

        using var changed = await scene.GetAsync(address, tag);
        Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
        using var known = await scene.GetAsync(address, changed.Headers.ETag!.ToString());
        Assert.Equal((HttpStatusCode.NotModified, ""), (known.StatusCode, await known.Content.ReadAsStringAsync()));
        var ours = (await scene.AskAsync<Page<OpenPublicationResponse>>(address)).Items.Where(publication => publication.CycleId == scene.Cycle.Id).ToList();
        Assert.Equal([(1, false), (2, true)], ours.Select(publication => (publication.Number, publication.Newest)).Order());
        Assert.All(ours, publication => Assert.True(publication is { Sha256.Length: 64, Shown: > 0, Hidden: > 0, Cycle.PeriodKey: "2026-autumn" }));
    }
}
