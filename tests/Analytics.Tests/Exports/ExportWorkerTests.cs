using Gengdu.Analytics.Exports;
using Gengdu.Analytics.Tests.Recounts;
using Gengdu.Organisations;
using Gengdu.TestKit;
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

    [Fact]
    public async Task Made_WhileTheDatabaseFails_SaysThatItWasNotMade_AndTheNextOneIs()
    {
        var cycle = await fixture.ReportedAsync();
        using var owner = await fixture.ClientAsync(Roles.ProvinceOwner, fixture.Province.Root);
        await using var half = await HalfMade.AskedAsync(fixture, owner, cycle);
        await half.CutAsync();
        var failed = await owner.EndedAsync(half.Id);
        Assert.Equal(("failed", "ANA-0047", 0L), (failed.State, failed.Problem, failed.Size));
        Assert.Contains(await fixture.Host.AuditOfAsync(half.Id), entry => entry.Act == "export.failed");
        await half.GoOnAsync();
        var (made, _) = await owner.FetchedAsync(ExportScenes.Order(cycle, fixture.Province.Root, ExportKinds.Values, "csv"));
        Assert.Equal(6, made.Rows);
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
