using System.Text.Json;
using Gengdu.Organisations;

namespace Gengdu.Analytics.Tests.Feed;

public sealed class GetFeedTests(AnalyticsFixture fixture) : IClassFixture<AnalyticsFixture>
{
    [Theory]
    [InlineData("")]
    [InlineData("/")]
    public async Task Feed_NamesItsSets_WhateverTheAddressEndsIn(string end)
    {
        using var sheet = await fixture.SheetAsync(Roles.Reporter, fixture.Province.ChanganPrimary);
        var feed = await sheet.JsonAsync(end);
        Assert.EndsWith("/api/analytics/feed/$metadata", feed.GetProperty("@odata.context").GetString(), StringComparison.Ordinal);
        Assert.Equal(
            ["Cycles EntitySet", "Organisations EntitySet", "Indicators EntitySet", "Figures EntitySet", "SchoolFigures EntitySet", "Completeness EntitySet"],
            feed.GetProperty("value").EnumerateArray().Select(set => $"{set.GetProperty("url").GetString()} {(set.TryGetProperty("kind", out var kind) ? kind.GetString() : "EntitySet")}"));
    }
}
