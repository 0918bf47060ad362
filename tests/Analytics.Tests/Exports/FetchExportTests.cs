using System.Net;
using System.Net.Http.Headers;
using Gengdu.Analytics.Exports;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Gengdu.TestKit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static Gengdu.Analytics.Tests.Exports.ExportScenes;

namespace Gengdu.Analytics.Tests.Exports;

[Collection(nameof(ExportsShared))]
public sealed class FetchExportTests(AnalyticsFixture fixture)
{
    /// <summary>Larger than a piece, so that the seams are crossed; gone on with from any byte, but only in the same file.</summary>
    [Fact]
    public async Task Get_Whole_FromTheMiddle_AndWithAnotherFilesTag()
    {
        var cycle = await new TestCycle(fixture, fixture.Province.ChanganPrimary).OpenedAsync();
        var person = await fixture.Province.PersonAsync(Roles.ProvinceOwner, fixture.Province.Root);
        using var owner = fixture.Host.CreateClient(person);
        var id = AnalyticsFixture.NewId();
        await fixture.KeptAsync(id, cycle, person, "finished");
        var content = Enumerable.Range(0, ExportPart.Length + 1000).Select(i => (byte)(i % 251)).ToArray();
        await fixture.Host.InDatabaseAsync(async db =>
        {
            await db.Set<ExportPart>().Where(part => part.ExportId == id).ExecuteDeleteAsync();
            db.AddRange(new ExportPart { ExportId = id, Number = 0, Content = content[..ExportPart.Length] }, new ExportPart { ExportId = id, Number = 1, Content = content[ExportPart.Length..] });
            await db.SaveChangesAsync();
            await db.Set<Export>().Where(e => e.Id == id).ExecuteUpdateAsync(set => set.SetProperty(e => e.Size, content.Length));
        });

        using var whole = await owner.GetAsync($"/api/analytics/exports/{id}/file");
        Assert.Equal((HttpStatusCode.OK, "\"00\"", "a.csv", true), (whole.StatusCode, whole.Headers.ETag?.Tag, whole.Content.Headers.ContentDisposition?.FileName, whole.Headers.AcceptRanges.Contains("bytes")));
        Assert.Equal(content, await whole.Content.ReadAsByteArrayAsync());
        var from = ExportPart.Length - 10;
        using var rest = await RestAsync(owner, id, from, "\"00\"");
        Assert.Equal(HttpStatusCode.PartialContent, rest.StatusCode);
        Assert.Equal(content[from..], await rest.Content.ReadAsByteArrayAsync());
        using var other = await RestAsync(owner, id, from, "\"ff\"");
        Assert.Equal((HttpStatusCode.OK, content.Length), (other.StatusCode, (await other.Content.ReadAsByteArrayAsync()).Length));
        // Whoever takes all but the first byte took the file: each is written down.
        Assert.Equal(3, (await fixture.Host.AuditAsync()).Count(entry => entry.Act == "export.seen" && entry.ObjectId == id.ToString() && entry.ActorId == person));
    }

    [Fact]
    public async Task Get_WithoutTheRightAnyMore_NotMade_Lost_OrExpired_IsRefused()
    {
        var cycle = await new TestCycle(fixture, fixture.Province.ChanganPrimary).OpenedAsync();
        var person = await fixture.Province.PersonAsync(Roles.ProvinceOwner, fixture.Province.Root);
        using var owner = fixture.Host.CreateClient(person);
        var (finished, failed, lost, over) = (AnalyticsFixture.NewId(), AnalyticsFixture.NewId(), AnalyticsFixture.NewId(), AnalyticsFixture.NewId());
        await fixture.KeptAsync(finished, cycle, person, "finished");
        await fixture.KeptAsync(failed, cycle, person, "failed");
        await fixture.KeptAsync(lost, cycle, person, "finished");
        await fixture.KeptAsync(over, cycle, person, "finished", expires: fixture.Host.Clock.GetUtcNow());
        await fixture.Host.InDatabaseAsync(db => db.Set<ExportPart>().Where(part => part.ExportId == lost).ExecuteDeleteAsync());
        async Task RefusedAsync(Guid id, int status, string code)
        {
            using var response = await owner.GetAsync($"/api/analytics/exports/{id}/file");
            await AnalyticsFixture.RefusedAsync(response, status, code);
        }

        await RefusedAsync(failed, 409, "ANA-0043");
        await RefusedAsync(lost, 410, "ANA-0044");
        await RefusedAsync(over, 404, "GEN-0006");
        await fixture.Province.RemoveAsync(person);
        fixture.Host.Clock.Advance(TimeSpan.FromSeconds(3));
        await RefusedAsync(finished, 404, "GEN-0006");
    }

    /// <summary>Somebody reads half and then nothing more, or is gone: nothing of the database waits for them.</summary>
    [Fact]
    public async Task Read_HalfOfIt_HoldsNoConnection()
    {
        var cycle = await new TestCycle(fixture, fixture.Province.ChanganPrimary).OpenedAsync();
        var id = AnalyticsFixture.NewId();
        await fixture.KeptAsync(id, cycle, AnalyticsFixture.NewId(), "finished");
        await using var file = new PartReader(fixture.Host.Services.GetRequiredService<Database>(), id, 3);
        Assert.Equal(1, await file.ReadAsync(new byte[1], TestContext.Current.CancellationToken));
        var busy = await fixture.Host.InDatabaseAsync(db => db.Database.SqlQuery<int>(
            $"select count(*)::int as \"Value\" from pg_stat_activity where datname = current_database() and query like 'select content from export_parts%' and pid <> pg_backend_pid() and state <> 'idle'").SingleAsync());
        Assert.Equal(0, busy);
        // Removed by its owner meanwhile: the reader is told, and no half of a file passes for a whole one.
        await fixture.Host.InDatabaseAsync(db => db.Set<Export>().Where(e => e.Id == id).ExecuteDeleteAsync());
        await using var gone = new PartReader(fixture.Host.Services.GetRequiredService<Database>(), id, 3);
        await Assert.ThrowsAsync<IOException>(() => gone.ReadAsync(new byte[1], TestContext.Current.CancellationToken).AsTask());
    }

    [Fact]
    public async Task Read_OfWholePieces_EndsWithTheLast()
    {
        var cycle = await new TestCycle(fixture, fixture.Province.ChanganPrimary).OpenedAsync();
        var id = AnalyticsFixture.NewId();
        await fixture.KeptAsync(id, cycle, AnalyticsFixture.NewId(), "finished");
        await fixture.Host.InDatabaseAsync(db => db.Set<ExportPart>().Where(part => part.ExportId == id).ExecuteUpdateAsync(set => set.SetProperty(part => part.Content, new byte[ExportPart.Length])));
        await using var file = new PartReader(fixture.Host.Services.GetRequiredService<Database>(), id, ExportPart.Length);
        using var read = new MemoryStream();
        await file.CopyToAsync(read, TestContext.Current.CancellationToken);
        Assert.Equal(ExportPart.Length, read.Length);
    }

    /// <summary>Somebody may still see the place but no longer read what schools wrote.</summary>
    [Fact]
    public async Task Get_ValuesByOneWhoIsOnlyAdministratorNow_Is403()
    {
        var cycle = await new TestCycle(fixture, fixture.Province.ChanganPrimary).OpenedAsync();
        var person = await fixture.Province.PersonAsync(Roles.Administrator, fixture.Province.Root);
        var id = AnalyticsFixture.NewId();
        await fixture.KeptAsync(id, cycle, person, "finished");
        using var administrator = fixture.Host.CreateClient(person);
        using var refused = await administrator.GetAsync($"/api/analytics/exports/{id}/file");
        await AnalyticsFixture.RefusedAsync(refused, 403, "GEN-0005");
    }

    private static Task<HttpResponseMessage> RestAsync(HttpClient client, Guid id, long from, string tag)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, $"/api/analytics/exports/{id}/file");
        request.Headers.Range = new RangeHeaderValue(from, null);
        request.Headers.IfRange = new RangeConditionHeaderValue(new EntityTagHeaderValue(tag));
        return client.SendAsync(request);
    }
}
