using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Gengdu.AuditProbe;
using Gengdu.AuditVerifier;
using Gengdu.Messaging;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Gengdu.Audit.Tests;

/// <summary>The canonical form, the tree and the checkpoint, held to fixed vectors: changing one breaks every stream there is.</summary>
public sealed class ChainTests
{
    private static readonly DateTimeOffset At = new(2026, 9, 15, 6, 3, 21, 123, 456, TimeSpan.Zero);

    private static AuditEntry Entry(string? details = "{\"role\":\"reporter\"}") => new()
    {
        Seq = 7, RecordedAt = At.AddSeconds(1), Id = new Guid("0192d5a0-0000-7000-8000-000000000001"), At = At, ActorId = new Guid("0192d5a0-0000-7000-8000-000000000002"), ClientId = "gateway", Session = "00ff",
        Act = "assignment.created", Outcome = "done", ObjectKind = "assignment", ObjectId = "a1", OrganisationId = null, OrganisationPath = "/1/12/", Rows = 3, Filter = null,
        Details = details, TraceId = null, PersonalHash = null, PrevHash = [], Hash = [],
    };

    [Fact]
    public void CanonicalForm_IsTheOneThatEveryStreamWasHashedWith()
    {
        // Computed by hand from the description in AuditChain.
        using var row = new MemoryStream();
        void Field(byte[]? value)
        {
            row.WriteByte(value is null ? (byte)0 : (byte)1);
            if (value is not null)
            {
                row.Write([(byte)(value.Length >> 24), (byte)(value.Length >> 16), (byte)(value.Length >> 8), (byte)value.Length]);
                row.Write(value);
            }
        }

        static byte[] Number(long value) => [.. Convert.FromHexString(value.ToString("x16", System.Globalization.CultureInfo.InvariantCulture))];
        var micros = (At.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) / 10;
        row.WriteByte(0);
        row.Write(new byte[32]);
        row.WriteByte(1);
        Field("reporting"u8.ToArray());
        Field(Number(7));
        Field(Number(micros + 1_000_000));
        Field(Convert.FromHexString("0192d5a0000070008000000000000001"));
        Field(Number(micros));
        Field(Convert.FromHexString("0192d5a0000070008000000000000002"));
        foreach (var text in new[] { "gateway", "00ff", "assignment.created", "done", "assignment", "a1" })
        {
            Field(Encoding.UTF8.GetBytes(text));
        }

        Field(null);
        Field("/1/12/"u8.ToArray());
        Field(Number(3));
        Field(null);
        Field("{\"role\":\"reporter\"}"u8.ToArray());
        Field(null);
        Field(null);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(row.ToArray())), Convert.ToHexStringLower(new AuditChain("reporting").HashOf(Entry(), AuditChain.Start)));
    }

    [Fact]
    public void NullAndEmpty_AreDifferent() =>
        Assert.NotEqual(new AuditChain("reporting").HashOf(Entry(null), AuditChain.Start), new AuditChain("reporting").HashOf(Entry(""), AuditChain.Start));

    /// <summary>RFC 9162 §2.1.1 by its recursive definition, over every size to 40.</summary>
    [Fact]
    public void MerkleRoot_IsTheOneOfTheStandard()
    {
        var leaves = Enumerable.Range(0, 40).Select(i => SHA256.HashData([0, (byte)i])).ToList();
        static byte[] Root(List<byte[]> list)
        {
            if (list.Count <= 1)
            {
                return list.Count == 0 ? SHA256.HashData([]) : list[0];
            }

            var split = 1;
            while (split * 2 < list.Count)
            {
                split *= 2;
            }

            return SHA256.HashData([1, .. Root(list[..split]), .. Root(list[split..])]);
        }

        var tree = new MerkleTree();
        for (var size = 0; size <= leaves.Count; size++)
        {
            Assert.Equal(Root(leaves[..size]), tree.Root());
            if (size < leaves.Count)
            {
                tree.Add(leaves[size]);
            }
        }
    }

    [Fact]
    public void Checkpoint_IsGoodOnlyAsItWasSigned()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var signed = new Checkpoint { Stream = "reporting", Size = 9, Root = "aa", Head = "bb", At = At, Previous = "", Key = "" }.Signed(key);
        var read = Checkpoint.Read(signed.ToLine());
        Assert.True(read.IsSignedBy(key));
        Assert.All(
            [read with { Size = 8 }, read with { Root = "ab" }, read with { Head = "" }, read with { At = At.AddTicks(10) }, read with { Previous = "a" }, read with { Stream = "identity" }, read with { Signature = "" }],
            changed => Assert.False(changed.IsSignedBy(key)));
    }

    [Fact]
    public async Task ClockSetBack_DoesNotMakeTheChainGoBack()
    {
        await using var scene = await AuditScene.CreateAsync();
        var clock = new FakeTimeProvider(At);
        await using (var app = scene.Build(clock))
        {
            await Probe.ChangeAsync(app.Services);
            await app.SealAsync();
        }

        await using (var app = scene.Build(new FakeTimeProvider(At.AddHours(-2))))
        {
            await Probe.ChangeAsync(app.Services);
            await app.SealAsync(sealIt: false);
        }

        var entries = await scene.EntriesAsync();
        Assert.Equal([At, At], entries.Select(entry => entry.RecordedAt));
        Assert.Equal(At.AddHours(-2), entries[1].At);
        Assert.Null((await scene.VerifyAsync()).Finding);
    }

    [Fact]
    public async Task Checkpoint_IsToldToTheOthersAsItStandsInTheStore()
    {
        await using var scene = await AuditScene.CreateAsync();
        await using var app = scene.Build();
        await Probe.ChangeAsync(app.Services);
        await app.SealAsync();
        await app.SealAsync();
        await using var scope = app.Services.CreateAsyncScope();
        var told = Assert.Single(await scope.ServiceProvider.GetRequiredService<ProbeDbContext>().Set<OutboxMessage>().ToListAsync());
        var line = Assert.Single(await File.ReadAllLinesAsync(new CheckpointStore(scene.Folder, AuditScene.Stream).CheckpointFile));
        Assert.Equal("Gengdu.Contracts.Audit.V1.AuditCheckpointed", told.Type);
        Assert.Equal(line, JsonDocument.Parse(told.Body).RootElement.GetProperty("line").GetString());
    }

    [Fact]
    public async Task Store_KnowsMoreThanTheDatabase_NothingIsCopiedOverIt()
    {
        await using var scene = await AuditScene.CreateAsync();
        await using var app = scene.Build();
        await Probe.ChangeAsync(app.Services);
        await app.SealAsync();
        var store = new CheckpointStore(scene.Folder, AuditScene.Stream);
        await File.AppendAllTextAsync(store.CheckpointFile, (Checkpoint.Read(store.LastLine()!) with { Size = 2 }).ToLine() + "\n");
        var before = await File.ReadAllTextAsync(store.CheckpointFile);
        await Probe.ChangeAsync(app.Services);
        await app.SealAsync();
        Assert.Equal(before, await File.ReadAllTextAsync(store.CheckpointFile));
        Assert.NotNull((await scene.VerifyAsync()).Finding);
    }

    [Fact]
    public async Task Key_ThatIsNamedAndCannotBeRead_StopsTheStart()
    {
        await using var scene = await AuditScene.CreateAsync();
        await using var app = Probe.Build(scene.ConnectionString, "/nowhere/key.pem", scene.Folder);
        var fault = await Assert.ThrowsAsync<InvalidOperationException>(() => app.Services.GetRequiredService<CheckpointWriter>().CheckAsync(CancellationToken.None));
        Assert.Contains("Audit:CheckpointKeyFile", fault.Message, StringComparison.Ordinal);
    }

    /// <summary>AU-16: what comes from outside reaches an entry as data, on one line, and a spreadsheet as text.</summary>
    [Theory]
    [InlineData("a\r\nreporting: row forged")]
    [InlineData("\u001b[31mred\u001b[0m")]
    [InlineData("\",\"outcome\":\"done")]
    [InlineData("=cmd|' /C calc'!A0")]
    [InlineData("＝HYPERLINK(\"http://x\")")]
    [InlineData("张三\u202Eexe.txt")]
    public async Task HostileName_StaysData(string name)
    {
        await using var scene = await AuditScene.CreateAsync();
        await using var app = scene.Build();
        await Probe.ChangeAsync(app.Services, act => act with { Outcome = AuditOutcome.Failed, Personal = name, Details = AuditAct.Json(new { name }) });
        await app.SealAsync();

        var entry = Assert.Single(await scene.EntriesAsync());
        Assert.Equal("failed", entry.Outcome);
        Assert.DoesNotContain(entry.Details!, c => c is < ' ' or > '~');
        Assert.Null((await scene.VerifyAsync()).Finding);
        var line = AuditFile.Line(new(1, entry.At, null, null, null, entry.Act, entry.Outcome, entry.ObjectKind, null, null, null, null, null, entry.Details, null, name));
        Assert.Equal(1, line.Count(c => c == '\n'));
        Assert.DoesNotContain('\u001b', line);
        Assert.DoesNotMatch("(^|,)\"?\\s*[=+@＝-]", line);
    }
}
