using Gengdu.Analytics.Explanations;
using Gengdu.Analytics.Programmes;
using Gengdu.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using static Gengdu.Analytics.Tests.Explanations.ReportedProvince;

namespace Gengdu.Analytics.Tests.Explanations;

/// <summary>Large are the province and Shijiazhuang here, with five schools each.</summary>
public sealed class GroupsAheadTests(AnalyticsFixture fixture) : IClassFixture<AnalyticsFixture>
{
    private readonly FakeTimeProvider _clock = new(TestCycle.Start.AddDays(1));

    [Fact]
    public async Task Count_WhatNobodyHasAskedFor_IsThereForTheFirst_AndCountedAgainOnlyWhenItIsOld()
    {
        var p = fixture.Province;
        var (cycle, late) = await ReportedAsync(fixture);
        await CountAsync();
        var counted = await KeptAsync(cycle);
        Assert.Equal([p.Root.Path, p.Shijiazhuang.Path], counted.Select(one => one.Path).Distinct().Order(StringComparer.Ordinal));
        Assert.All(counted.GroupBy(one => (one.Path, one.Indicator)), one => Assert.Equal(GroupsAhead.Dimensions.Order(), one.Select(group => group.Dimension).Order()));
        Assert.Equal(["K01", "K02", "K03", "K04", "K05", "K27", "K30", "K40"], counted.Select(one => one.Indicator).Distinct().Order());

        // Nothing has come since, however long ago that was.
        _clock.Advance(TimeSpan.FromDays(1));
        await CountAsync();
        Assert.All(await KeptAsync(cycle), one => Assert.Equal(TestCycle.Start.AddDays(1), one.CountedAt));

        // More has come, and what is kept is a day old.
        await cycle.DeliverAsync(cycle.Submitted(late, "basics", TestProgramme.Basics("g1", 100, 3)));
        await CountAsync();
        Assert.All(await KeptAsync(cycle), one => Assert.Equal(TestCycle.Start.AddDays(2), one.CountedAt));

        // More has come again, and what is kept is young.
        await cycle.DeliverAsync(cycle.Submitted(late, "money", TestProgramme.Money(800)));
        _clock.Advance(TimeSpan.FromHours(1));
        await CountAsync();
        Assert.All(await KeptAsync(cycle), one => Assert.Equal(TestCycle.Start.AddDays(2), one.CountedAt));
    }

    [Fact]
    public async Task Count_WhileFiguresAreWritten_GivesWay()
    {
        var (cycle, late) = await ReportedAsync(fixture);
        using var counter = Counter();
        using var ahead = Ahead(counter);
        await ahead.CountAsync(CancellationToken.None);

        // Something was written since the last count, and all that is kept is a day old.
        await cycle.DeliverAsync(cycle.Submitted(late, "basics", TestProgramme.Basics("g1", 100, 3)));
        _clock.Advance(TimeSpan.FromDays(1));
        var began = _clock.GetUtcNow();
        var counting = ahead.CountAsync(CancellationToken.None);
        while (!counting.IsCompleted)
        {
            await Task.WhenAny(counting, Task.Delay(20, CancellationToken.None));
            _clock.Advance(TimeSpan.FromSeconds(1));
        }

        await counting;
        Assert.All(await KeptAsync(cycle), one => Assert.InRange(one.CountedAt, began.AddSeconds(10), DateTimeOffset.MaxValue));
    }

    [Fact]
    public async Task Dimensions_AreThoseOfBreakdowns()
    {
        var (cycle, _) = await ReportedAsync(fixture);
        foreach (var by in GroupsAhead.Dimensions)
        {
            Assert.Equal(by, (await AskAsync<BreakdownResponse>(fixture, Address("K27", cycle, fixture.Province.Root, "/breakdown", $"&by={by}"))).By);
        }
    }

    private Task<List<CountedGroups>> KeptAsync(TestCycle cycle) =>
        fixture.Host.InDatabaseAsync(db => db.Set<CountedGroups>().AsNoTracking().Where(one => one.CycleId == cycle.Id).ToListAsync());

    private async Task CountAsync()
    {
        using var counter = Counter();
        using var ahead = Ahead(counter);
        await ahead.CountAsync(CancellationToken.None);
    }

    private static IOptions<GroupOptions> Settings => Options.Create(new GroupOptions { LargeFrom = 5, Rest = 0 });

    private GroupCounter Counter() => new(
        fixture.Host.Services.GetRequiredService<Database>(), Settings, _clock, NullLogger<GroupCounter>.Instance, fixture.Host.Services.GetRequiredService<IHostApplicationLifetime>());

    private GroupsAhead Ahead(GroupCounter counter) => new(
        fixture.Host.Services.GetRequiredService<Database>(), fixture.Host.Services.GetRequiredService<PostgresReadiness>(), fixture.Host.Services.GetRequiredService<ProgrammeShelf>(),
        counter, Settings, _clock, NullLogger<GroupsAhead>.Instance);
}
