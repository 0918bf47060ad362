using System.Net;
using Gengdu.Analytics.Exports;
using Gengdu.Analytics.Tests.Recounts;
using Gengdu.Organisations;
using Gengdu.TestKit;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Analytics.Tests.Exports;

[Collection(nameof(ExportsShared))]
public sealed class CancelExportTests(AnalyticsFixture fixture)
{
    /// <summary>In the middle of its making: whoever makes it, or takes it over, takes away what is there of it.</summary>
    [Fact]
    public async Task Delete_OneThatRuns_EndsIt_AndNothingOfItIsLeft()
    {
        var cycle = await fixture.ReportedAsync();
        var person = await fixture.Province.PersonAsync(Roles.ProvinceOwner, fixture.Province.Root);
        using var owner = fixture.Host.CreateClient(person);
        var (id, holder) = await fixture.HeldAsync(cycle, person, "running");
        using (var cancelled = await owner.DeleteAsync($"/api/analytics/exports/{id}"))
        {
            Assert.Equal(HttpStatusCode.NoContent, cancelled.StatusCode);
        }

        await fixture.GoneAsync(holder);
        fixture.Wake();
        Assert.Equal("cancelled", (await owner.EndedAsync(id)).State);
        Assert.Equal(0, await fixture.Host.InDatabaseAsync(db => db.Set<ExportPart>().CountAsync(part => part.ExportId == id)));
        using var refused = await owner.GetAsync($"/api/analytics/exports/{id}/file");
        await AnalyticsFixture.RefusedAsync(refused, 409, "ANA-0043");
    }

    /// <summary>Half of it is there and the other half is being read: that is the last thing that is done for it.</summary>
    [Fact]
    public async Task Delete_OneThatIsHalfMade_EndsItWhereItIs_AndTakesTheHalfAway()
    {
        var cycle = await fixture.ReportedAsync();
        using var owner = await fixture.ClientAsync(Roles.ProvinceOwner, fixture.Province.Root);
        await using var half = await HalfMade.AskedAsync(fixture, owner, cycle);
        var id = half.Id;
        await fixture.Host.InDatabaseAsync(async db =>
        {
            db.Add(new ExportPart { ExportId = id, Number = 7, Content = [1, 2, 3] });
            await db.SaveChangesAsync();
        });
        using (var cancelled = await owner.DeleteAsync($"/api/analytics/exports/{id}"))
        {
            Assert.Equal(HttpStatusCode.NoContent, cancelled.StatusCode);
        }

        await half.GoOnAsync();
        Assert.Equal("cancelled", (await owner.EndedAsync(id)).State);
        Assert.Equal(0, await fixture.Host.InDatabaseAsync(db => db.Set<ExportPart>().CountAsync(part => part.ExportId == id)));
        Assert.Contains(await fixture.Host.AuditOfAsync(id), entry => entry.Act == "export.cancelled");
    }

    [Fact]
    public async Task Delete_OneThatWaitsOrIsFinished_RemovesIt_SomebodyElsesIs404()
    {
        var cycle = await new TestCycle(fixture, fixture.Province.ChanganPrimary).OpenedAsync();
        var person = await fixture.Province.PersonAsync(Roles.ProvinceOwner, fixture.Province.Root);
        using var owner = fixture.Host.CreateClient(person);
        using var other = await fixture.ClientAsync(Roles.ProvinceOwner, fixture.Province.Root);
        var (waiting, holder) = await fixture.HeldAsync(cycle, person, "waiting");
        await using var held = holder;
        var finished = AnalyticsFixture.NewId();
        await fixture.KeptAsync(finished, cycle, person, "finished");
        foreach (var id in new[] { waiting, finished })
        {
            using var refused = await other.DeleteAsync($"/api/analytics/exports/{id}");
            await AnalyticsFixture.RefusedAsync(refused, 404, "GEN-0006");
            using var removed = await owner.DeleteAsync($"/api/analytics/exports/{id}");
            Assert.Equal(HttpStatusCode.NoContent, removed.StatusCode);
            using var again = await owner.DeleteAsync($"/api/analytics/exports/{id}");
            await AnalyticsFixture.RefusedAsync(again, 404, "GEN-0006");
        }

        Assert.Equal(0, await fixture.Host.InDatabaseAsync(db => db.Set<ExportPart>().CountAsync(part => part.ExportId == waiting || part.ExportId == finished)));
        Assert.Contains("export.removed", (await fixture.Host.AuditAsync()).Select(entry => entry.Act));
    }

    [Fact]
    public async Task Delete_OneThatExpired_Is404()
    {
        var cycle = await new TestCycle(fixture, fixture.Province.ChanganPrimary).OpenedAsync();
        var (id, person) = (AnalyticsFixture.NewId(), await fixture.Province.PersonAsync(Roles.ProvinceOwner, fixture.Province.Root));
        await fixture.KeptAsync(id, cycle, person, "finished", expires: fixture.Host.Clock.GetUtcNow());
        using var owner = fixture.Host.CreateClient(person);
        using var refused = await owner.DeleteAsync($"/api/analytics/exports/{id}");
        await AnalyticsFixture.RefusedAsync(refused, 404, "GEN-0006");
    }
}
