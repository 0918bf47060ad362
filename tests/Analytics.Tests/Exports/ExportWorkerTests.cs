using Gengdu.Analytics.Exports;
using Gengdu.Analytics.Tests.Recounts;
using Gengdu.Organisations;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Gengdu.Analytics.Tests.Exports;

[Collection(nameof(ExportsShared))]
public sealed class ExportWorkerTests(AnalyticsFixture fixture)
{
    [Fact]
    public async Task Expired_AreRemovedWithTheirPieces_OthersStay()
    {
        var cycle = await new TestCycle(fixture, fixture.Province.ChanganPrimary).OpenedAsync();
        var person = await fixture.Province.PersonAsync(Roles.ProvinceOwner, fixture.Province.Root);
        var (over, kept) = (AnalyticsFixture.NewId(), AnalyticsFixture.NewId());
        await fixture.KeptAsync(over, cycle, person, "finished", expires: fixture.Host.Clock.GetUtcNow());
        await fixture.KeptAsync(kept, cycle, person, "finished");
        await fixture.Host.Services.GetServices<IHostedService>().OfType<ExportWorker>().Single().RemoveExpiredAsync(TestContext.Current.CancellationToken);
        Assert.Equal([kept], await fixture.Host.InDatabaseAsync(db => db.Set<ExportPart>().Where(part => part.ExportId == over || part.ExportId == kept).Select(part => part.ExportId).ToListAsync()));
        Assert.Null(await fixture.RowAsync(over, _ => true));
    }

    /// <summary>A process that died in the middle of a file: another one begins it again, and no old piece is in it.</summary>
    [Fact]
    public async Task LeftBehindByAProcessThatDied_IsMadeAgain()
    {
        var cycle = await fixture.ReportedAsync();
        var person = await fixture.Province.PersonAsync(Roles.ProvinceOwner, fixture.Province.Root);
        var (id, holder) = await fixture.HeldAsync(cycle, person, "running");
        await fixture.GoneAsync(holder);
        fixture.Wake();
        var made = await fixture.RowAsync(id, export => export.State is not ("waiting" or "running"));
        Assert.Equal(("finished", 6L), (made!.State, made.Rows));
        Assert.Equal(made.Size, await fixture.Host.InDatabaseAsync(db => db.Set<ExportPart>().Where(part => part.ExportId == id).SumAsync(part => (long)part.Content.Length)));
    }
}
