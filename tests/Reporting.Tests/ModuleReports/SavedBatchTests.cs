using System.Text.Json;
using Gengdu.Organisations;
using Gengdu.Reporting.ModuleReports;
using Gengdu.Reporting.ModuleReports.Values;
using Gengdu.Reporting.Tests.Cycles;
using Gengdu.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using static Gengdu.Reporting.Tests.ReportingFixture;

namespace Gengdu.Reporting.Tests.ModuleReports;

/// <summary>A batch of autosave is applied once, whatever happens to its answer.</summary>
public sealed class SavedBatchTests(ReportingFixture fixture)
{
    private const string Key = "batch-0001";

    [Fact]
    public async Task Patch_SameBatchAgain_IsAppliedOnceAndAnswered()
    {
        var desk = await fixture.DeskAsync();
        using var first = await desk.SaveAsync(desk.Reporter, 1, Key, ("boarders", "5"));
        Assert.False((await BodyAsync(first)).GetProperty("appliedBefore").GetBoolean());
        using var again = await desk.SaveAsync(desk.Reporter, 1, Key, ("boarders", "5"));
        var answer = await BodyAsync(again);
        Assert.Equal((true, 2, "\"v2\""), (answer.GetProperty("appliedBefore").GetBoolean(), answer.GetProperty("version").GetInt32(), again.Headers.ETag!.ToString()));
        Assert.Equal(2, (await desk.RowAsync()).Version);
    }

    [Fact]
    public async Task Patch_AnswerLostAndSomebodyElseWasThere_LeavesTheNewerValue()
    {
        var desk = await fixture.DeskAsync();
        using var lost = await desk.SaveAsync(desk.Reporter, 1, Key, ("boarders", "5"), ("staff_total", "9"));
        using var other = await desk.SaveAsync(desk.Approver, 2, "batch-of-another", ("boarders", "7"));
        await BodyAsync(other);
        using var again = await desk.SaveAsync(desk.Reporter, 1, Key, ("boarders", "5"), ("staff_total", "9"));
        var answer = await BodyAsync(again);
        var values = (await desk.ReadAsync()).GetProperty("values");
        Assert.Equal((7, 9, 3L), (values.GetProperty("boarders").GetInt32(), values.GetProperty("staff_total").GetInt32(), (await desk.RowAsync()).Version));
        Assert.True(answer.GetProperty("appliedBefore").GetBoolean());
        Assert.Equal(CanonicalJson.Sha256(values), answer.GetProperty("checksum").GetString());
    }

    [Fact]
    public async Task Patch_BatchThatNeverArrivedOnAStaleVersion_Is412AndOverwritesNothing()
    {
        var desk = await fixture.DeskAsync();
        using var other = await desk.SaveAsync(desk.Approver, 1, "batch-of-another", ("boarders", "7"));
        await BodyAsync(other);
        using var late = await desk.SaveAsync(desk.Reporter, 1, Key, ("boarders", "5"));
        await RefusedAsync(late, 412, "GEN-0007");
        Assert.Equal(7, (await desk.ReadAsync()).GetProperty("values").GetProperty("boarders").GetInt32());
    }

    [Fact]
    public async Task Patch_SameBatchManyTimesAtOnce_AllAreAnswered()
    {
        var desk = await fixture.DeskAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => desk.SaveAsync(desk.Reporter, 1, Key, ("boarders", "5"))));
        foreach (var answer in answers)
        {
            await BodyAsync(answer);
        }

        Assert.Equal(2, (await desk.RowAsync()).Version);
    }

    [Fact]
    public async Task Patch_AnswerLostAndTheModuleCompletedSince_IsStillAnswered()
    {
        var desk = await fixture.DeskAsync();
        await desk.FilledAsync();
        using var lost = await desk.SaveAsync(desk.Reporter, 2, Key, ("boarders", "11"));
        await BodyAsync(lost);
        using var completed = await desk.CompleteAsync(desk.Approver, 3);
        await BodyAsync(completed);
        using var again = await desk.SaveAsync(desk.Reporter, 2, Key, ("boarders", "11"));
        Assert.Equal("complete", (await BodyAsync(again)).GetProperty("state").GetString());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Patch_AnswerLostAndTheFormChangedSince_IsAnsweredWithWhatIsStored(bool migrated)
    {
        var desk = await fixture.DeskAsync();
        using var lost = await desk.SaveAsync(desk.Reporter, 1, Key, ("town_code", "\"130102001001\""), ("boarders", "5"));
        await BodyAsync(lost);
        using var owner = await fixture.ClientAsync(Roles.ProvinceOwner, fixture.Province.Root);
        await ChangeProgrammeVersionTests.ChangedAsync(owner, desk.CycleId, await NewerPack.MildAsync(fixture));
        if (migrated)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, $"{desk.Address}/migration");
            request.Headers.TryAddWithoutValidation("If-Match", "\"v2\"");
            using var taken = await desk.Approver.SendAsync(request);
            await BodyAsync(taken);
        }

        var before = await desk.RowAsync();
        // The page has read again since, or not: it says on which form it was typed, or not.
        foreach (var typedOn in new[] { null, TestPack.Programme.Version })
        {
            using var again = await desk.SaveTypedOnAsync(desk.Reporter, 1, Key, typedOn, ("town_code", "\"130102001001\""), ("boarders", "5"));
            var answer = await BodyAsync(again);
            Assert.Equal((true, before.Version), (answer.GetProperty("appliedBefore").GetBoolean(), answer.GetProperty("version").GetInt64()));
        }

        Assert.Equal((before.Version, before.Values), ((await desk.RowAsync()).Version, (await desk.RowAsync()).Values));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Patch_KeyOfAnotherBatch_IsRefused(long version)
    {
        var desk = await fixture.DeskAsync();
        using var first = await desk.SaveAsync(desk.Reporter, 1, Key, ("boarders", "5"));
        await BodyAsync(first);
        using var reused = await desk.SaveAsync(desk.Reporter, version, Key, ("boarders", "6"));
        await RefusedAsync(reused, 422, "RPT-0221");
        Assert.Equal(5, (await desk.ReadAsync()).GetProperty("values").GetProperty("boarders").GetInt32());
    }

    [Fact]
    public async Task Patch_KeyOfAnotherPerson_IsNobodysBusiness()
    {
        var desk = await fixture.DeskAsync();
        using var first = await desk.SaveAsync(desk.Reporter, 1, Key, ("boarders", "5"));
        using var second = await desk.SaveAsync(desk.Approver, 2, Key, ("boarders", "6"));
        await BodyAsync(second);
        Assert.Equal(6, (await desk.ReadAsync()).GetProperty("values").GetProperty("boarders").GetInt32());
    }

    [Theory]
    [InlineData("short")]
    [InlineData("with blanks in it")]
    public async Task Patch_KeyThatIsNone_IsRefused(string key)
    {
        var desk = await fixture.DeskAsync();
        using var response = await desk.SaveAsync(desk.Reporter, 1, key, ("boarders", "5"));
        await RefusedAsync(response, 400, "RPT-0220");
        Assert.Equal(1, (await desk.RowAsync()).Version);
    }

    [Fact]
    public async Task Checksum_IsThatOfTheValuesThatAreRead()
    {
        var desk = await fixture.DeskAsync();
        var saved = await desk.SavedAsync(("principal_name", "\"🌾 张\\n\\u200f\""), ("boarders", "3"));
        var read = await desk.ReadAsync();
        Assert.Equal(CanonicalJson.Sha256(read.GetProperty("values")), saved.GetProperty("checksum").GetString());
        Assert.Equal(saved.GetProperty("checksum").GetString(), read.GetProperty("checksum").GetString());
        using var above = await fixture.ClientAsync(Roles.CountyReviewer, fixture.Province.Changan);
        Assert.Equal(JsonValueKind.Null, (await desk.ReadAsync(above)).GetProperty("checksum").ValueKind);
    }
}

/// <summary>Moves the clock, so it has a service of its own.</summary>
public sealed class SavedBatchCleanerTests : IAsyncLifetime
{
    private readonly ReportingHost _host = new();

    public ValueTask InitializeAsync() => _host.InitializeAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task KeysAfterThreeDays_PresencesAfterOne_AreForgotten()
    {
        var now = _host.Clock.GetUtcNow();
        await _host.InDatabaseAsync(db =>
        {
            db.AddRange(BatchOf("three-days-old", now.AddDays(-3)), BatchOf("two-days-old", now.AddDays(-2)), PresenceOf("gone", now.AddDays(-1)), PresenceOf("here", now));
            return db.SaveChangesAsync();
        });
        for (var i = 0; i < 100 && await _host.InDatabaseAsync(db => db.SavedBatches.CountAsync()) + await _host.InDatabaseAsync(db => db.Presences.CountAsync()) > 2; i++)
        {
            // The cleaner may not have reached its timer yet: time goes on in small steps.
            _host.Clock.Advance(TimeSpan.FromMinutes(10));
            await Task.Delay(50);
        }

        Assert.Equal("two-days-old", await _host.InDatabaseAsync(db => db.SavedBatches.Select(b => b.Key).SingleAsync()));
        Assert.Equal("here", await _host.InDatabaseAsync(db => db.Presences.Select(p => p.Name).SingleAsync()));
    }

    private static SavedBatch BatchOf(string key, DateTimeOffset at) => new()
    {
        ModuleReportId = Guid.CreateVersion7(at),
        PersonId = Guid.CreateVersion7(at),
        Key = key,
        Fingerprint = "f",
        Version = 2,
        Cells = ["boarders"],
        SavedAt = at,
    };

    private static Presence PresenceOf(string name, DateTimeOffset at) => new() { ModuleReportId = Guid.CreateVersion7(at), PersonId = Guid.CreateVersion7(at), Name = name, SeenAt = at };
}
