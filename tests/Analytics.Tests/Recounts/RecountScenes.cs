using Gengdu.Analytics.Recounts;
using Gengdu.TestKit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Gengdu.Analytics.Tests.Recounts;

/// <summary>What a recount may find: a figure somebody changed behind the service's back, a recount of a process that is gone.</summary>
internal static class RecountScenes
{
    /// <summary>Two schools, one has reported; the province's K01 has been tampered with.</summary>
    public static async Task<TestCycle> TamperedAsync(this AnalyticsFixture fixture)
    {
        var p = fixture.Province;
        var cycle = await new TestCycle(fixture, p.ChanganPrimary, p.ChanganNineYear).OpenedAsync();
        await cycle.DeliverAsync(cycle.Submitted(p.ChanganPrimary, "basics", TestProgramme.Basics("g1", 3, 2)));
        await fixture.Host.InDatabaseAsync(db => db.NodeFigures.Where(f => f.CycleId == cycle.Id && f.Indicator == "K01" && f.Path == p.Root.Path)
            .ExecuteUpdateAsync(set => set.SetProperty(f => f.Numerator, 99m)));
        return cycle;
    }

    public static Task<decimal> StoredAsync(this AnalyticsFixture fixture, TestCycle cycle) => fixture.Host.InDatabaseAsync(
        db => db.NodeFigures.Where(f => f.CycleId == cycle.Id && f.Indicator == "K01" && f.Path == fixture.Province.Root.Path).Select(f => f.Numerator).SingleAsync());

    /// <summary>A recount that some process holds: this one's worker leaves it alone until the connection is closed.</summary>
    public static async Task<(Guid Id, NpgsqlConnection Holder)> HeldAsync(this AnalyticsFixture fixture, TestCycle cycle, string state)
    {
        var id = AnalyticsFixture.NewId();
        var holder = new NpgsqlConnection(await PostgresServer.AdministratorAsync(fixture.Host.Database.Name) + ";Pooling=false");
        await holder.OpenAsync();
        await using var hold = new NpgsqlCommand("select pg_advisory_lock(hashtextextended($1, 7307))", holder) { Parameters = { new() { Value = id.ToString() } } };
        await hold.ExecuteNonQueryAsync();
        await fixture.Host.InDatabaseAsync(async db =>
        {
            db.Add(new Recount { Id = id, CycleId = cycle.Id, Kind = Recount.Rebuild, State = state, RequestedAt = TestCycle.Start, Organisations = 2, Done = 1 });
            await db.SaveChangesAsync();
        });
        return (id, holder);
    }

    /// <summary>Its process is gone, and the database has noticed: the answer to a goodbye comes before the locks are let go.</summary>
    public static async Task GoneAsync(this AnalyticsFixture fixture, NpgsqlConnection holder)
    {
        var backend = holder.ProcessID;
        await holder.DisposeAsync();
        while (await fixture.Host.InDatabaseAsync(db => db.Database.SqlQuery<bool>($"select exists (select from pg_locks where pid = {backend} and locktype = 'advisory') as \"Value\"").SingleAsync()))
        {
            await Task.Delay(10);
        }
    }

    public static void WakeWorker(this AnalyticsFixture fixture) => fixture.Host.Services.GetRequiredService<RecountSignal>().Wake();
}
