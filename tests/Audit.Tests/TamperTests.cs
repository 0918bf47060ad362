using System.Security.Cryptography;
using System.Text;
using Gengdu.AuditProbe;
using Gengdu.AuditVerifier;
using Gengdu.TestKit;
using Npgsql;

namespace Gengdu.Audit.Tests;

/// <summary>Sixty acts, sealed after 20, 40 and 50. Made once; each test spoils a copy.</summary>
public sealed class SealedFixture : IAsyncLifetime
{
    internal AuditScene Scene { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Scene = await AuditScene.CreateAsync();
        await using (var app = Scene.Build())
        {
            // Not started: nothing is chained or sealed but when it is said here.
            foreach (var count in new[] { 20, 20, 10 })
            {
                await MakeAsync(app, count);
                await app.SealAsync();
            }

            await MakeAsync(app, 10);
            await app.SealAsync(sealIt: false);
        }

        NpgsqlConnection.ClearAllPools();
    }

    public ValueTask DisposeAsync() => Scene.DisposeAsync();

    private static async Task MakeAsync(Microsoft.AspNetCore.Builder.WebApplication app, int count)
    {
        for (var i = 0; i < count; i++)
        {
            await Probe.ChangeAsync(app.Services, act => act with { Personal = $"郑{i}", PersonalOf = new Guid(i, 0, 0, new byte[8]) });
        }
    }
}

/// <summary>AU-01 to AU-12: as superuser, with the triggers switched off. Each is found, at the very row.</summary>
public sealed class TamperTests(SealedFixture fixture) : IClassFixture<SealedFixture>
{
    private const string Off = "set session_replication_role = replica; set search_path = reporting; ";

    [Fact]
    public async Task Untouched_Agrees()
    {
        var verdict = await fixture.Scene.VerifyAsync();
        Assert.Equal((null, 60L, 3), (verdict.Finding, verdict.Rows, verdict.Checkpoints.Count));
        Assert.StartsWith("OK reporting: 60 rows, 3 checkpoints, 10 rows since", verdict.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("AU-01 edit a field", "update audit_entries set actor_id = gen_random_uuid() where seq = 17", 17, "is not what was hashed")]
    [InlineData("AU-01 null for empty", "update audit_entries set filter = '' where seq = 17", 17, "is not what was hashed")]
    [InlineData("AU-01 a field of the unsealed end", "update audit_entries set outcome = 'saw' where seq = 57", 57, "is not what was hashed")]
    [InlineData("AU-02 delete in the middle", "delete from audit_entries where seq = 23", 23, "is missing")]
    [InlineData("AU-02 delete and close the gap", "delete from audit_entries where seq = 23; update audit_entries set seq = -seq where seq > 23; update audit_entries set seq = -seq - 1 where seq < 0", 23, "is not the one that was sealed")]
    [InlineData("AU-02 delete the first", "delete from audit_entries where seq = 1", 1, "is missing")]
    [InlineData("AU-03 cut the tail off", "delete from audit_entries where seq > 44", 45, "is missing")]
    [InlineData("AU-03 everything", "delete from audit_entries", 1, "is missing")]
    [InlineData("AU-04 insert back-dated", "update audit_entries set seq = -seq where seq > 30; update audit_entries set seq = -seq + 1 where seq < 0; insert into audit_entries select 31, recorded_at - interval '1 day', gen_random_uuid(), at - interval '1 day', actor_id, client_id, session, act, outcome, object_kind, object_id, organisation_id, organisation_path, rows, filter, details, trace_id, personal_hash, prev_hash, hash from audit_entries where seq = 30", 31, "is not the one that was sealed")]
    [InlineData("AU-05 swap two", "update audit_entries set seq = -seq where seq in (12, 13); update audit_entries set seq = case seq when -12 then 13 else 12 end where seq < 0", 12, "is not the one that was sealed")]
    [InlineData("AU-07 fork", "alter table audit_entries drop constraint pk_audit_entries; insert into audit_entries select seq, recorded_at, gen_random_uuid(), at, actor_id, client_id, session, act, outcome, object_kind, object_id, organisation_id, organisation_path, rows, filter, details, trace_id, personal_hash, prev_hash, sha256(hash) from audit_entries where seq = 58", 58, null)]
    [InlineData("AU-11 order of keys", "update audit_entries set details = '{\"code\":\"\\u8015\\u8BFB\",\"number\":1}' where seq = 9", 9, "is not what was hashed")]
    [InlineData("AU-11 the same text written otherwise", "update audit_entries set details = replace(details, '\\u8015', '耕') where seq = 9", 9, "is not what was hashed")]
    [InlineData("AU-11 another unicode form", "update audit_entries set act = 'change.made' || U&'\\0301' where seq = 9", 9, "is not what was hashed")]
    [InlineData("personal part exchanged", "update audit_personal set text = '王五' where seq = 14", 14, "has another personal part than was hashed")]
    public async Task Tampering_IsFoundAtTheRow(string kind, string sql, long row, string? what)
    {
        await using var copy = await fixture.Scene.Database.CopyAsync();
        await PostgresServer.ExecuteAsync(copy.Name, Off + sql);
        var verdict = await fixture.Scene.VerifyAsync(database: copy.Name);
        Assert.True(verdict.Finding?.Row == row && (what is null ? verdict.Finding.Row == row : verdict.Finding.What.StartsWith(what, StringComparison.Ordinal)), $"{kind}: {verdict}");
    }

    [Theory]
    [InlineData("AU-06 an edit, and the whole chain anew", 21, "act = 'change.unmade'", "reporting")]
    [InlineData("AU-10 the clock set back, and the chain anew", 33, "recorded_at = recorded_at - interval '1 hour'", "reporting")]
    [InlineData("AU-12 a row of another stream, and the chain anew", 36, "object_kind = object_kind", "identity")]
    public async Task ChainComputedAnew_IsFoundAtTheFirstRowThatIsNotTheSealedOne(string kind, long row, string change, string stream)
    {
        await using var copy = await fixture.Scene.Database.CopyAsync();
        await PostgresServer.ExecuteAsync(copy.Name, $"{Off} update audit_entries set {change} where seq = {row}");
        await RehashAsync(copy.Name, row, stream);
        var verdict = await fixture.Scene.VerifyAsync(database: copy.Name);
        Assert.True(verdict.Finding is { Row: { } found, What: "is not the one that was sealed" } && found == row, $"{kind}: {verdict}");
    }

    [Fact]
    public async Task ClockSetBack_IsFoundWithoutAStoreToo()
    {
        await using var copy = await fixture.Scene.Database.CopyAsync();
        await PostgresServer.ExecuteAsync(copy.Name, $"{Off} update audit_entries set recorded_at = recorded_at - interval '1 hour' where seq = 33");
        await RehashAsync(copy.Name, 33, "reporting");
        Assert.Equal("row 33 was recorded before the one in front of it", (await fixture.Scene.VerifyAsync(database: copy.Name, store: false)).Finding?.ToString());
    }

    [Theory]
    [InlineData("AU-08 an old checkpoint again", "checkpoint 4 is older than the one before it")]
    [InlineData("AU-09 a forged checkpoint", "checkpoint 4 is not signed by a key we know")]
    [InlineData("a checkpoint taken out", "checkpoint 2 does not follow the one before it")]
    [InlineData("a hash of the store", null)]
    public async Task StoreTamperedWith_IsFound(string kind, string? expected)
    {
        var folder = Directory.CreateTempSubdirectory("gengdu-audit-").FullName;
        foreach (var file in Directory.GetFiles(fixture.Scene.Folder))
        {
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        }

        var store = new CheckpointStore(folder, AuditScene.Stream);
        var lines = await File.ReadAllLinesAsync(store.CheckpointFile);
        using var forger = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        string[] spoilt = kind[..5] switch
        {
            "AU-08" => [.. lines, lines[0]],
            "AU-09" => [.. lines, (Checkpoint.Read(lines[^1]) with { Size = 55, Previous = Checkpoint.HashOf(lines[^1]) }).Signed(forger).ToLine()],
            "a che" => [lines[0], lines[2]],
            _ => lines,
        };
        await File.WriteAllLinesAsync(store.CheckpointFile, spoilt, new UTF8Encoding(false));
        if (expected is null)
        {
            var hashes = await File.ReadAllBytesAsync(store.HashFile);
            hashes[32 * 30] ^= 1;
            await File.WriteAllBytesAsync(store.HashFile, hashes);
        }

        var verdict = await fixture.Scene.VerifyAsync(folder);
        Assert.Equal(expected, verdict.Finding?.ToString());
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>What the second store holds goes along with what the database still has, so an old checkpoint instead of the last is found too.</summary>
    [Fact]
    public async Task TailCutAndOldCheckpointReplayed_IsFoundAtTheFirstMissingRow()
    {
        await using var copy = await fixture.Scene.Database.CopyAsync();
        await PostgresServer.ExecuteAsync(copy.Name, Off + "delete from audit_entries where seq > 20; delete from audit_checkpoints where size > 20");
        Assert.Equal((21L, true), ((await fixture.Scene.VerifyAsync(database: copy.Name)).Finding is { Row: { } row, What: var what } ? (row, what.StartsWith("is missing", StringComparison.Ordinal)) : default));
    }

    [Fact]
    public async Task Erasure_LeavesTheChainVerifiableAndIsCounted()
    {
        await using var copy = await fixture.Scene.Database.CopyAsync();
        await using (var owner = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(await copy.OwnerConnectionStringAsync("reporting")) { SearchPath = "reporting", Pooling = false }))
        await using (var erase = owner.CreateCommand("select audit_erase_personal($1)"))
        {
            erase.Parameters.AddWithValue(new Guid(3, 0, 0, new byte[8]));
            Assert.Equal(4L, await erase.ExecuteScalarAsync());
        }

        var verdict = await fixture.Scene.VerifyAsync(database: copy.Name);
        Assert.Equal((null, 4L), (verdict.Finding, verdict.Erased));
    }

    [Fact]
    public async Task Export_IsVerifiedWithoutTheDatabase()
    {
        var file = Path.GetTempFileName();
        await using (var rows = await DatabaseRows.OpenAsync(await PostgresServer.AdministratorAsync(fixture.Scene.Database.Name), AuditScene.Stream))
        {
            Assert.Equal(60, await FileRows.WriteAsync(rows, file));
        }

        Assert.Null((await new Verification(AuditScene.Stream, null).RunAsync(new FileRows(file))).Finding);
        var lines = await File.ReadAllLinesAsync(file);
        lines[40] = lines[40].Replace("change.made", "change.mode", StringComparison.Ordinal);
        await File.WriteAllLinesAsync(file, lines);
        Assert.Equal("row 41 is not what was hashed", (await new Verification(AuditScene.Stream, null).RunAsync(new FileRows(file))).Finding?.ToString());
        File.Delete(file);
    }

    /// <summary>What an attacker with the database and our source would do: every hash from one row on, computed anew.</summary>
    private static async Task RehashAsync(string database, long from, string stream)
    {
        await using var connection = new NpgsqlConnection(await PostgresServer.AdministratorAsync(database));
        await connection.OpenAsync();
        var entries = new List<AuditEntry>();
        await using (var rows = await DatabaseRows.OpenAsync(await PostgresServer.AdministratorAsync(database), AuditScene.Stream))
        {
            await foreach (var (entry, _) in rows.ReadAsync())
            {
                entries.Add(entry);
            }
        }

        var last = entries[(int)from - 2].Hash;
        foreach (var entry in entries.Skip((int)from - 1))
        {
            var hash = new AuditChain(entry.Seq == from ? stream : AuditScene.Stream).HashOf(entry, last);
            await using var command = new NpgsqlCommand(Off + "update audit_entries set prev_hash = @prev, hash = @hash where seq = @seq", connection);
            command.Parameters.AddWithValue("prev", last);
            command.Parameters.AddWithValue("hash", hash);
            command.Parameters.AddWithValue("seq", entry.Seq);
            await command.ExecuteNonQueryAsync();
            last = hash;
        }
    }
}
