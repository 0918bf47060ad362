using Gengdu.Analytics.Dashboards;
using Gengdu.Analytics.Live;
using Gengdu.Organisations;
using Microsoft.Extensions.DependencyInjection;

namespace Gengdu.Analytics.Tests.Live;

/// <summary>On a host of its own: its clock is moved while pages wait.</summary>
public sealed class StreamNodeDashboardTests : IAsyncLifetime
{
    private readonly AnalyticsFixture _fixture = new();

    public async ValueTask InitializeAsync() => await _fixture.InitializeAsync();

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();

    [Fact]
    public async Task Stream_TellsWhatChanged_ToManyPagesFromOneReading_AndEndsWithTheRight()
    {
        var (p, nodes) = (_fixture.Province, _fixture.Host.Services.GetRequiredService<LiveNodes>());
        var cycle = await new TestCycle(_fixture, p.ChanganPrimary, p.ChanganNineYear, p.LianchiVocational).OpenedAsync();
        var reviewer = await p.PersonAsync(Roles.CountyReviewer, p.Changan);
        await using var first = await LivePage.OpenAsync(_fixture.Host.CreateClient(reviewer), cycle, p.Changan);
        await using var second = await LivePage.OpenAsync(_fixture.Host.CreateClient(reviewer), cycle, p.Changan);
        var (number, whole) = await first.NextAsync();
        Assert.Equal(number, (await second.NextAsync()).Id);
        Assert.Equal(1, nodes.Readings);
        Assert.Equal((true, 0, 10), (whole.Whole, whole.Completeness.Submitted, whole.Indicators.Count));

        // Another county's report changes nothing here.
        await cycle.DeliverAsync(cycle.Submitted(p.LianchiVocational, "basics", TestProgramme.Basics("v1", 9, 9)));
        await cycle.DeliverAsync(cycle.Submitted(p.ChanganPrimary, "basics", TestProgramme.Basics("g1", 3, 2)));
        var (next, news) = await AdvancedAsync(first);

        Assert.True(next > number, $"{next} after {number}");
        Assert.Equal((false, 1), (news.Whole, news.Completeness.Submitted));
        var k01 = Assert.Single(news.Indicators, figure => figure.Id == "K01");
        var page = (await _fixture.NodeAsync(cycle, p.Changan)).Indicators.Single(figure => figure.Id == "K01");
        Assert.Equal((page.Value, page.Passport.AsOf, page.Passport.Coverage), (k01.Value, k01.Passport.AsOf, k01.Passport.Coverage));
        Assert.Equal((1, 0), (k01.Passport.ExcludedCount, k01.Passport.Excluded.Count));
        Assert.DoesNotContain(news.Indicators, figure => figure.Id == "K04");

        // Who comes back with the last one is told what is new alone; who missed one is told everything.
        await cycle.DeliverAsync(cycle.Submitted(p.ChanganPrimary, "money", TestProgramme.Money(30)));
        await using var back = await LivePage.OpenAsync(_fixture.Host.CreateClient(reviewer), cycle, p.Changan, next);
        await using var late = await LivePage.OpenAsync(_fixture.Host.CreateClient(reviewer), cycle, p.Changan, number - 1);
        Assert.False((await AdvancedAsync(back)).News.Whole);
        Assert.True((await late.NextAsync()).News.Whole);

        await p.RemoveAsync(reviewer);
        Assert.Equal("over", await EndedAsync(first));
        using var refused = await _fixture.Host.CreateClient(reviewer).GetAsync(LivePage.Address(cycle, p.Changan));
        await AnalyticsFixture.RefusedAsync(refused, 404, "GEN-0006");
    }

    [Fact]
    public async Task Stream_NotAPlaceOfTheCallers_ASchool_OrTooManyPages_IsRefused()
    {
        var p = _fixture.Province;
        var cycle = await new TestCycle(_fixture, p.ChanganPrimary).OpenedAsync();
        var reviewer = await p.PersonAsync(Roles.CountyReviewer, p.Changan);
        using var client = _fixture.Host.CreateClient(reviewer);
        using var outside = await client.GetAsync(LivePage.Address(cycle, p.Zhengding));
        await AnalyticsFixture.RefusedAsync(outside, 404, "GEN-0006");
        using var school = await client.GetAsync(LivePage.Address(cycle, p.ChanganPrimary));
        await AnalyticsFixture.RefusedAsync(school, 404, "ANA-0002");
        using var unknown = await client.GetAsync(LivePage.Address(new TestCycle(_fixture), p.Changan));
        await AnalyticsFixture.RefusedAsync(unknown, 404, "ANA-0001");

        var pages = new List<LivePage>();
        for (var i = 0; i < new LiveOptions().PerPerson; i++)
        {
            pages.Add(await LivePage.OpenAsync(_fixture.Host.CreateClient(reviewer), cycle, p.Changan));
        }

        using var refused = await client.GetAsync(LivePage.Address(cycle, p.Changan));
        await AnalyticsFixture.RefusedAsync(refused, 429, "ANA-0006");
        foreach (var page in pages)
        {
            await page.DisposeAsync();
        }
    }

    private async Task<(long Id, LiveFiguresResponse News)> AdvancedAsync(LivePage page)
    {
        var next = page.NextAsync();
        while (!next.IsCompleted)
        {
            _fixture.Host.Clock.Advance(TimeSpan.FromMilliseconds(500));
            await Task.WhenAny(next, Task.Delay(50));
        }

        return await next;
    }

    private async Task<string?> EndedAsync(LivePage page)
    {
        for (; ; )
        {
            var next = page.NextEventAsync();
            while (!next.IsCompleted)
            {
                _fixture.Host.Clock.Advance(TimeSpan.FromSeconds(1));
                await Task.WhenAny(next, Task.Delay(50));
            }

            if ((await next).Event is { } name && name != "figures")
            {
                return name;
            }
        }
    }
}
