using System.Diagnostics.Metrics;
using Gengdu.Analytics.Recounts;
using Gengdu.TestKit;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Analytics.Tests.Recounts;

/// <summary>On a host of its own: its clock is moved into the night.</summary>
public sealed class RecountWorkerTests : IAsyncLifetime
{
    private readonly AnalyticsFixture _fixture = new();

    public async ValueTask InitializeAsync() => await _fixture.InitializeAsync();

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();

    [Fact]
    public async Task Night_ComparesEveryCycleOnce_ChangesNothing_AndRaisesTheAlarm()
    {
        var (told, tampered, sound) = (0L, await _fixture.TamperedAsync(), await _fixture.TamperedAsync());
        await _fixture.RebuildAsync(sound);
        using var listener = new MeterListener { InstrumentPublished = (instrument, me) => { if (instrument.Name == "gengdu.figures.differing") me.EnableMeasurementEvents(instrument); } };
        listener.SetMeasurementEventCallback<long>((_, count, _, _) => Interlocked.Add(ref told, count));
        listener.Start();

        // From nine in the morning to half past two.
        _fixture.Host.Clock.Advance(TimeSpan.FromHours(17.5));
        var night = await EndedAsync(2);
        _fixture.Host.Clock.Advance(TimeSpan.FromMinutes(2));

        Assert.Equal((1, 0), (night[tampered.Id].Differences, night[sound.Id].Differences));
        Assert.Equal([$"K01 {_fixture.Province.Root.Path}"], night[tampered.Id].Examples);
        Assert.Equal(99m, await _fixture.StoredAsync(tampered));
        Assert.True(Interlocked.Read(ref told) >= 1, "the alarm is a figure, too");
        await _fixture.Host.AuditAsync();
        Assert.Equal(2, (await EndedAsync(2)).Count);
    }

    private async Task<Dictionary<Guid, Recount>> EndedAsync(int count)
    {
        for (var tries = 0; ; tries++)
        {
            var night = await _fixture.Host.InDatabaseAsync(db => db.Set<Recount>().AsNoTracking().Where(r => r.Kind == Recount.Nightly).ToListAsync());
            if (night.Count >= count && night.TrueForAll(r => r.State == "finished"))
            {
                return night.ToDictionary(r => r.CycleId);
            }

            Assert.True(tries < 600, "the nightly recount does not end");
            await Task.Delay(50);
        }
    }
}
