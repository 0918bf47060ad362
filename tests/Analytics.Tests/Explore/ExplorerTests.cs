using Gengdu.Organisations;
using Gengdu.TestKit;
using static Gengdu.Analytics.Tests.Explanations.ReportedProvince;
using static Gengdu.Analytics.Tests.Explore.SavedViews;

namespace Gengdu.Analytics.Tests.Explore;

/// <summary>What happens while something is held elsewhere: a count that takes long, a view that somebody changes at the same moment.</summary>
public sealed class ExplorerTests(AnalyticsFixture fixture) : IClassFixture<AnalyticsFixture>
{
    /// <summary>Nobody waits for a count without end: it is said that it is still being counted, and when to come back.</summary>
    [Fact]
    public async Task Get_WhatTakesLong_IsRefusedForAMoment_AndAnsweredLater()
    {
        var (cycle, _) = await ReportedAsync(fixture);
        var table = new Uri($"/api/analytics/explore/table?organisationId={fixture.Province.Root.Id}&cycles={cycle.Id}&indicators=K27&rows=school-type", UriKind.Relative);
        using var owner = await fixture.ClientAsync(Roles.ProvinceOwner, fixture.Province.Root);
        await using (var held = await Held.ByAsync(fixture, "lock table analytics.school_indicators in access exclusive mode"))
        {
            var asked = owner.GetAsync(table);
            await held.BlocksAsync(asked);
            // It may be groups counted ahead that wait: until it is this request, time goes on.
            for (var tries = 0; !asked.IsCompleted && tries < 100; tries++)
            {
                fixture.Host.Clock.Advance(TimeSpan.FromSeconds(5));
                await Task.WhenAny(asked, Task.Delay(100));
            }

            using var refused = await asked;
            await AnalyticsFixture.RefusedAsync(refused, 503, "ANA-0032");
            Assert.NotNull(refused.Headers.RetryAfter);
        }

        using var answered = await owner.GetAsync(table);
        Assert.Equal(System.Net.HttpStatusCode.OK, answered.StatusCode);
    }

    /// <summary>Both saw the same version, both change it: the second one is told, also where the first was written between its look and its writing.</summary>
    [Fact]
    public async Task Put_AtTheSameMoment_IsStaleForTheSecond()
    {
        var p = fixture.Province;
        var (cycle, _) = await ReportedAsync(fixture);
        using var client = await PersonAsync(fixture, Roles.CountyReviewer, p.Changan);
        var saved = await client.SavedAsync(Request(cycle, p.Changan));
        Task<HttpResponseMessage> second;
        await using (var held = await Held.ByAsync(fixture, $"update analytics.saved_views set version = version + 1 where id = '{saved.Id}'"))
        {
            second = client.ChangeAsync(saved.Id, Request(cycle, p.Changan, name: "另一个"), saved.Version);
            await held.BlocksAsync(second);
        }

        await second.RefusedAsync(412, "GEN-0007");
    }
}
