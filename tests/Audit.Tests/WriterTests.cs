using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using Gengdu.AuditProbe;
using Gengdu.TestKit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Gengdu.Audit.Tests;

/// <summary>AU-13, AU-14: many writers, killed in the middle, on real processes.</summary>
public sealed class WriterTests : IAsyncLifetime
{
    private const int Kills = 25;
    private AuditScene _scene = null!;

    public async ValueTask InitializeAsync() => _scene = await AuditScene.CreateAsync();

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    /// <summary>GENGDU_AUDIT_ACTS sets how many acts each writer makes; the drill takes 10000.</summary>
    [Fact]
    public async Task SixteenWritersInTwoProcesses_MakeOneChain()
    {
        var acts = int.Parse(Environment.GetEnvironmentVariable("GENGDU_AUDIT_ACTS") ?? "500", CultureInfo.InvariantCulture);
        var began = TimeProvider.System.GetTimestamp();
        using Process first = Start(8, acts), second = Start(8, acts);
        var acknowledged = (await Task.WhenAll(first.StandardOutput.ReadToEndAsync(), second.StandardOutput.ReadToEndAsync())).SelectMany(Lines).ToHashSet();
        await Task.WhenAll(first.WaitForExitAsync(), second.WaitForExitAsync());
        TestContext.Current.SendDiagnosticMessage("{0} acts in {1:F1} s", 16 * acts, TimeProvider.System.GetElapsedTime(began).TotalSeconds);

        Assert.Equal((0, 0, 16 * acts), (first.ExitCode, second.ExitCode, acknowledged.Count));
        await AgreesAsync(acknowledged);
    }

    [Theory]
    [InlineData("{broken")]
    [InlineData("""{"act":"change.made","objectKind":"change","objectId":"a\u0000b"}""")]
    public async Task ActThatCannotBeChained_StaysPending_AndTheOthersAreChained(string body)
    {
        await using var app = _scene.Build();
        for (var i = 0; i < 3; i++)
        {
            await Probe.ChangeAsync(app.Services);
            await using var source = NpgsqlDataSource.Create(_scene.ConnectionString);
            await using var command = source.CreateCommand("insert into reporting.audit_pending (id, at, body) values ($1, now(), $2)");
            command.Parameters.AddWithValue(Guid.CreateVersion7(TimeProvider.System.GetUtcNow()));
            command.Parameters.AddWithValue(i == 1 ? body : """{"act":"change.made","objectKind":"change","objectId":"good"}""");
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        await app.SealAsync();
        await using var scope = app.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ProbeDbContext>();
        Assert.Equal((5, 1), (await db.Entries.CountAsync(), await db.Pending.CountAsync()));
        Assert.Equal(body, await db.Pending.Select(pending => pending.Body).SingleAsync());

        await Probe.ChangeAsync(app.Services);
        await app.SealAsync();
        Assert.Equal((6, 1), (await db.Entries.CountAsync(), await db.Pending.CountAsync()));
    }

    [Fact]
    public async Task KilledInTheMiddleTwentyFiveTimes_KeepsTheChainAndEveryAcknowledgedAct()
    {
        var acknowledged = new HashSet<string>();
        for (var i = 0; i < Kills; i++)
        {
            using var process = Start(8, int.MaxValue);
            var said = 0;
            while (said < RandomNumberGenerator.GetInt32(5, 120) && await process.StandardOutput.ReadLineAsync() is { } line)
            {
                acknowledged.Add(line);
                said++;
            }

            process.Kill();
            foreach (var line in Lines(await process.StandardOutput.ReadToEndAsync()).Where(line => line.Length == 36))
            {
                acknowledged.Add(line);
            }

            await process.WaitForExitAsync();
        }

        await using (var app = _scene.Build())
        {
            await app.SealAsync();
        }

        await AgreesAsync(acknowledged);
    }

    private async Task AgreesAsync(HashSet<string> acknowledged)
    {
        var verdict = await _scene.VerifyAsync();
        Assert.Null(verdict.Finding);
        var entries = await _scene.EntriesAsync();
        Assert.Equal(entries.Count, entries.Select(entry => entry.ObjectId).Distinct().Count());
        Assert.Empty(acknowledged.Except(entries.Select(entry => entry.ObjectId!)));
        // And the other way round: no act of a change that never was, and none left behind.
        await using var dataSource = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(await PostgresServer.AdministratorAsync(_scene.Database.Name)) { SearchPath = AuditScene.Stream });
        await using var command = dataSource.CreateCommand("""
            select (select count(*) from audit_pending), (select count(*) from changes c full join audit_entries e on e.object_id = c.id::text where c.id is null or e.seq is null)
            """);
        await using var row = await command.ExecuteReaderAsync();
        await row.ReadAsync();
        Assert.Equal((0L, 0L), (row.GetInt64(0), row.GetInt64(1)));
    }

    private Process Start(int writers, int acts) => Process.Start(new ProcessStartInfo("dotnet")
    {
        ArgumentList =
        {
            "exec", typeof(Probe).Assembly.Location, _scene.ConnectionString, writers.ToString(CultureInfo.InvariantCulture), acts.ToString(CultureInfo.InvariantCulture), _scene.KeyFile, _scene.Folder,
        },
        RedirectStandardOutput = true,
    })!;

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
