using System.Net;
using Gengdu.Organisations;
using Gengdu.TestKit;

namespace Gengdu.Analytics.Tests.Feed;

public sealed class FeedKeyAuthenticationTests(AnalyticsFixture fixture) : IClassFixture<AnalyticsFixture>
{
    private TestProvince Province => fixture.Province;

    [Fact]
    public async Task Key_WrongUnknownOrMalformed_IsRefusedInTheSameWords_AndAskedForAsBasic()
    {
        using var person = await fixture.ClientAsync(Roles.CountyReviewer, Province.Changan);
        var made = await person.MadeAsync();
        foreach (var wrong in new[] { $"{made.UserName}:{made.Secret}x", $"{made.UserName}:", $"{AnalyticsFixture.NewId():N}:{made.Secret}", $"changan:{made.Secret}", made.UserName, ":" })
        {
            using var sheet = fixture.Sheet(wrong);
            using var refused = await sheet.RefusedAsync("/Cycles", 401, "ANA-0080");
            Assert.Equal("Basic", refused.Headers.WwwAuthenticate.Single().Scheme);
        }

        using var bare = fixture.Host.CreateClient();
        await bare.RefusedAsync("", 401, "ANA-0080");
        // What opens the pages does not open the feed, and the other way round.
        await person.RefusedAsync("/Cycles", 401, "ANA-0080");
        using var key = fixture.Sheet(made);
        Assert.Equal(HttpStatusCode.Unauthorized, (await key.GetAsync(new Uri("/api/analytics/cycles", UriKind.Relative))).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await key.GetAsync(new Uri(Feeds.Keys, UriKind.Relative))).StatusCode);
    }
}
