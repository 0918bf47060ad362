using System.Net;
using Gengdu.Analytics.OpenFigures;

namespace Gengdu.Analytics.Tests.OpenFigures;

public sealed class DownloadOpenJsonTests(AnalyticsFixture fixture) : IClassFixture<AnalyticsFixture>
{
    [Fact]
    public async Task Json_SaysTheSameAsTheFile()
    {
        var scene = await OpenScene.PublishedAsync(fixture);
        var all = await scene.AskAsync<OpenJsonResponse>(scene.Address(1, "/figures.json"));
        Assert.Contains(new OpenNumberResponse(fixture.Province.Changan.Code, "K27", "shown", 4m, 4, 1), all.Figures);
        Assert.Contains(new OpenNumberResponse(scene.Zone.Code, "K27", "hidden", null, null, 1), all.Figures);
        using var file = await scene.GetAsync(scene.Address(1, "/figures.csv"));
        Assert.Equal((await file.Content.ReadAsStringAsync()).TrimEnd().Split("\r\n").Length - 1, all.Figures.Count);
        using var json = await scene.GetAsync(scene.Address(1, "/figures.json"));
        using var known = await scene.GetAsync(scene.Address(1, "/figures.json"), json.Headers.ETag!.ToString());
        Assert.Equal(HttpStatusCode.NotModified, known.StatusCode);
    }
}
