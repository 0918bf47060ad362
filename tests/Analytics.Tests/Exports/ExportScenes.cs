using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Gengdu.Analytics.Exports;
using Gengdu.Organisations;
using Gengdu.TestKit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Gengdu.Analytics.Tests.Exports;

/// <summary>One service for all tests about files: each has people of its own, and files are each person's.</summary>
[CollectionDefinition(nameof(ExportsShared))]
public sealed class ExportsShared : ICollectionFixture<AnalyticsFixture>;

/// <summary>Files as people ask for them, and one that some process holds.</summary>
internal static class ExportScenes
{
    /// <summary>Four schools in two cities; two have reported, one of them with a text that a spreadsheet would run.</summary>
    public static async Task<TestCycle> ReportedAsync(this AnalyticsFixture fixture)
    {
        var p = fixture.Province;
        var cycle = await new TestCycle(fixture, p.ChanganPrimary, p.ChanganNineYear, p.ZhengdingJunior, p.DingzhouPrimary).OpenedAsync();
        await cycle.DeliverAsync(cycle.Submitted(p.ChanganPrimary, "basics", TestProgramme.Basics("g1", 100, 3)));
        await cycle.DeliverAsync(cycle.Submitted(p.ChanganPrimary, "money", new JsonObject { ["spend"] = 1234.5m, ["note"] = "=HYPERLINK(\"http://x\")" }));
        await cycle.DeliverAsync(cycle.Submitted(p.ZhengdingJunior, "basics", TestProgramme.Basics("g7", 50, 1)));
        return cycle;
    }

    public static object Order(TestCycle cycle, Organisation place, string kind, string format, string language = "zh") => new { kind, format, cycleId = cycle.Id, organisationId = place.Id, language };

    public static async Task<ExportResponse> AskedAsync(this HttpClient client, object order)
    {
        using var response = await client.PostAsJsonAsync("/api/analytics/exports", order);
        Assert.True(response.StatusCode == HttpStatusCode.Accepted, await response.Content.ReadAsStringAsync());
        return (await response.Content.ReadFromJsonAsync<ExportResponse>(AnalyticsFixture.Json))!;
    }

    /// <summary>The file's row once it neither waits nor runs.</summary>
    public static async Task<ExportResponse> EndedAsync(this HttpClient client, Guid id)
    {
        for (var tries = 0; ; tries++)
        {
            var export = (await client.GetFromJsonAsync<ExportResponse>($"/api/analytics/exports/{id}", AnalyticsFixture.Json))!;
            if (export.State is not ("waiting" or "running"))
            {
                return export;
            }

            Assert.True(tries < 6000, $"the file is {export.State} at {export.Done} of {export.Total}");
            await Task.Delay(50);
        }
    }

    public static async Task<(ExportResponse Export, byte[] Content)> FetchedAsync(this HttpClient client, object order)
    {
        var export = await client.EndedAsync((await client.AskedAsync(order)).Id);
        Assert.True(export.State == "finished", $"{export.State} {export.Problem}");
        return (export, await client.GetByteArrayAsync($"/api/analytics/exports/{export.Id}/file"));
    }

    /// <summary>One that some process holds: this one's worker leaves it alone until the connection is closed.</summary>
    public static async Task<(Guid Id, NpgsqlConnection Holder)> HeldAsync(this AnalyticsFixture fixture, TestCycle cycle, Guid person, string state, string kind = ExportKinds.Values, string format = "csv")
    {
        var id = AnalyticsFixture.NewId();
        var holder = new NpgsqlConnection(await PostgresServer.AdministratorAsync(fixture.Host.Database.Name) + ";Pooling=false");
        await holder.OpenAsync();
        await using var hold = new NpgsqlCommand("select pg_advisory_lock(hashtextextended($1, 7308))", holder) { Parameters = { new() { Value = id.ToString() } } };
        await hold.ExecuteNonQueryAsync();
        await fixture.KeptAsync(id, cycle, person, state, kind, format: format);
        return (id, holder);
    }

    /// <summary>A row as it stands in the database, with a piece of its file.</summary>
    public static Task KeptAsync(this AnalyticsFixture fixture, Guid id, TestCycle cycle, Guid person, string state, string kind = ExportKinds.Values, DateTimeOffset? expires = null, string format = "csv") =>
        fixture.Host.InDatabaseAsync(async db =>
        {
            db.Add(new Export
            {
                Id = id, CycleId = cycle.Id, Kind = kind, Format = format, Language = "zh", OrganisationId = fixture.Province.Root.Id, Path = fixture.Province.Root.Path, RequestedBy = person,
                RequestedAt = fixture.Host.Clock.GetUtcNow(), ExpiresAt = expires ?? fixture.Host.Clock.GetUtcNow().AddHours(1), State = state, Size = state == "finished" ? 3 : 0,
                Hash = state == "finished" ? "00" : null, FileName = state == "finished" ? "a.csv" : null,
            });
            db.Add(new ExportPart { ExportId = id, Number = 0, Content = [1, 2, 3] });
            await db.SaveChangesAsync();
        });

    /// <summary>For looking at them: GENGDU_KEEP_FILES names a folder.</summary>
    public static void Keep(string name, byte[] content)
    {
        if (Environment.GetEnvironmentVariable("GENGDU_KEEP_FILES") is { Length: > 0 } folder)
        {
            File.WriteAllBytes(Path.Combine(folder, name), content);
        }
    }

    /// <summary>Both lines look for work at once.</summary>
    public static void Wake(this AnalyticsFixture fixture)
    {
        fixture.Host.Services.GetRequiredService<ExportSignal>().Wake();
        fixture.Host.Services.GetRequiredService<LongExportSignal>().Wake();
    }

    /// <summary>The row as soon as it is as asked for; null when there is none any more.</summary>
    public static async Task<Export?> RowAsync(this AnalyticsFixture fixture, Guid id, Func<Export, bool> isSo)
    {
        for (var tries = 0; ; tries++)
        {
            var row = await fixture.Host.InDatabaseAsync(db => db.Set<Export>().AsNoTracking().FirstOrDefaultAsync(e => e.Id == id));
            if (row is null || isSo(row))
            {
                return row;
            }

            Assert.True(tries < 6000, $"the file is {row.State}");
            await Task.Delay(50);
        }
    }
}
