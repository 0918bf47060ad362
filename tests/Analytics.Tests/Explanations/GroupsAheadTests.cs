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
        var (services, options) = (fixture.Host.Services, Options.Create(new GroupOptions { LargeFrom = 5, Rest = 0 }));
        var database = services.GetRequiredService<Database>();
        using var counter = new GroupCounter(database, options, _clock, NullLogger<GroupCounter>.Instance, services.GetRequiredService<IHostApplicationLifetime>());
        using var ahead = new GroupsAhead(
            database, services.GetRequiredService<PostgresReadiness>(), services.GetRequiredService<ProgrammeShelf>(), counter, options, _clock, NullLogger<GroupsAhead>.Instance);
        await ahead.CountAsync(CancellationToken.None);
    }
}
