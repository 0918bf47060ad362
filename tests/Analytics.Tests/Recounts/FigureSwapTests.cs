using System.Data;
using Gengdu.Analytics.Cycles;
using Gengdu.Analytics.Recounts;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using static Gengdu.Analytics.Tests.Figures.ModuleReportSubmittedConsumerTests;

namespace Gengdu.Analytics.Tests.Recounts;

/// <summary>Reporting goes on between the counting and the swap.</summary>
public sealed class FigureSwapTests(AnalyticsFixture fixture) : IClassFixture<AnalyticsFixture>
{
    [Fact]
    public async Task Apply_SchoolReportedInBetween_TheNewerRevisionStays_AndTheOthersAreSetRight()
    {
        var p = fixture.Province;
        var cycle = await ReportedAsync();
        await fixture.Host.InDatabaseAsync(db => db.SchoolIndicators.Where(s => s.CycleId == cycle.Id && s.Indicator == "K01").ExecuteUpdateAsync(set => set.SetProperty(s => s.Numerator, 7m)));
        await using var connection = await SystemAsync();
        var id = AnalyticsFixture.NewId();
        var compared = await CompareAsync(connection, id, cycle);
        Assert.Equal(2, compared.Schools);

        // One class now: does not reach the two that K01 asks for.
        await cycle.DeliverAsync(cycle.Submitted(p.ChanganPrimary, "basics", TestProgramme.Basics("g1", 5, 1), revision: 2));
        Assert.True(await ApplyAsync(connection, id, cycle, compared));

        AssertFigure(await fixture.NodeAsync(cycle, p.Root), "K01", 1m, 2m, 50m, reported: 2, due: 2);
        Assert.Equal(0, (await fixture.RebuildAsync(cycle)).Differences);
        Assert.Equal(0, await fixture.Host.InDatabaseAsync(db => db.Set<RecountedRow>().CountAsync(r => r.RecountId == id)));
    }

    [Fact]
    public async Task Apply_FormulasChangedInBetween_IsOfNoUse()
    {
        var cycle = await ReportedAsync();
        await using var connection = await SystemAsync();
        var compared = await CompareAsync(connection, AnalyticsFixture.NewId(), cycle);
        var next = TestProgramme.Published($"{cycle.Version}.1");
        await cycle.DeliverAsync(next);
        await cycle.DeliverAsync(cycle.Changed(next.ProgrammeVersion));

        Assert.False(await ApplyAsync(connection, AnalyticsFixture.NewId(), cycle, compared));
        Assert.Equal(0, (await fixture.RebuildAsync(cycle)).Differences);
    }

    [Fact]
    public async Task Apply_WhatWasSetAsideIsGone_IsOfNoUse()
    {
        var cycle = await ReportedAsync();
        await fixture.Host.InDatabaseAsync(db => db.SchoolIndicators.Where(s => s.CycleId == cycle.Id && s.Indicator == "K01").ExecuteUpdateAsync(set => set.SetProperty(s => s.Numerator, 7m)));
        await using var connection = await SystemAsync();
        var id = AnalyticsFixture.NewId();
        var compared = await CompareAsync(connection, id, cycle);

        // What Postgres does with an unlogged table when it comes back after a fall.
        await fixture.Host.InDatabaseAsync(db => db.Set<RecountedRow>().Where(r => r.RecountId == id).ExecuteDeleteAsync());

        Assert.False(await ApplyAsync(connection, id, cycle, compared));
        Assert.Equal(2, (await fixture.RebuildAsync(cycle)).Differences);
    }

    [Fact]
    public async Task Rebuild_WhileSchoolsReport_EndsWithTheFiguresOfTheRevisions()
    {
        var p = fixture.Province;
        var cycle = await ReportedAsync();
        await fixture.Host.InDatabaseAsync(db => db.SchoolIndicators.Where(s => s.CycleId == cycle.Id).ExecuteDeleteAsync());
        var live = Task.WhenAll(Enumerable.Range(2, 30).Select(revision => cycle.DeliverAsync(
            cycle.Submitted(p.ChanganNineYear, revision % 2 == 0 ? "money" : "basics", revision % 2 == 0 ? TestProgramme.Money(revision) : TestProgramme.Basics("g1", revision, revision), revision))));
        var rebuilds = new[] { await fixture.RebuildAsync(cycle), await fixture.RebuildAsync(cycle) };
        await live;

        Assert.True(rebuilds[0].Differences > 0);
        var left = await fixture.RebuildAsync(cycle);
        Assert.True(left.Differences == 0, $"still different: {string.Join("; ", left.Examples)}");
    }

    private async Task<TestCycle> ReportedAsync()
    {
        var p = fixture.Province;
        var cycle = await new TestCycle(fixture, p.ChanganPrimary, p.ChanganNineYear).OpenedAsync();
        await cycle.DeliverAsync(cycle.Submitted(p.ChanganPrimary, "basics", TestProgramme.Basics("g1", 3, 2)));
        await cycle.DeliverAsync(cycle.Submitted(p.ChanganNineYear, "basics", TestProgramme.Basics("g1", 3, 2)));
        return cycle;
    }

    private async Task<NpgsqlConnection> SystemAsync() => await fixture.Host.Services.GetRequiredService<ServiceDefaults.Database>().System.OpenConnectionAsync();

    private async Task<Compared> CompareAsync(NpgsqlConnection connection, Guid id, TestCycle cycle)
    {
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead);
        var compared = await fixture.Host.Services.GetRequiredService<Comparison>().RunAsync(
            connection, cycle.Id, (_, _) => Task.CompletedTask, rows => FigureSwap.SetAsideAsync(connection, id, cycle.Id, rows, CancellationToken.None), CancellationToken.None);
        await transaction.CommitAsync();
        return compared;
    }

    private async Task<bool> ApplyAsync(NpgsqlConnection connection, Guid id, TestCycle cycle, Compared compared)
    {
        await using var transaction = await connection.BeginTransactionAsync();
        await CycleLock.TakeAsync(connection, [cycle.Id], CancellationToken.None);
        var applied = await fixture.Host.Services.GetRequiredService<FigureSwap>().ApplyAsync(connection, id, cycle.Id, compared, CancellationToken.None);
        await transaction.CommitAsync();
        return applied;
    }
}
