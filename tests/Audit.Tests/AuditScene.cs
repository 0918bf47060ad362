using System.Security.Cryptography;
using Gengdu.AuditProbe;
using Gengdu.AuditVerifier;
using Gengdu.ServiceDefaults;
using Gengdu.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Migration = Gengdu.ServiceDefaults.Migration;

namespace Gengdu.Audit.Tests;

/// <summary>A database, a second store and a key, with the tables and guards of a service.</summary>
internal sealed class AuditScene : IAsyncDisposable
{
    public const string Stream = ProbeDbContext.Schema;
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    private AuditScene(TestDatabase database, string connectionString, string folder)
    {
        (Database, ConnectionString, Folder) = (database, connectionString, folder);
        Directory.CreateDirectory(folder);
        File.WriteAllText(KeyFile, _key.ExportPkcs8PrivateKeyPem());
    }

    public TestDatabase Database { get; }

    /// <summary>As the service's own role.</summary>
    public string ConnectionString { get; }

    /// <summary>The second store.</summary>
    public string Folder { get; }

    public string KeyFile => Path.Combine(Folder, "key.pem");

    public ECDsa Key => _key;

    public static async Task<AuditScene> CreateAsync()
    {
        var database = await TestDatabase.CreateAsync();
        await Migration.CreateAsync<ProbeDbContext>(await database.OwnerConnectionStringAsync(Stream), Stream, CancellationToken.None);
        var guards = new MigrationBuilder("Npgsql");
        guards.AddAuditGuards();
        await using var owner = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(await database.OwnerConnectionStringAsync(Stream)) { SearchPath = Stream, Pooling = false });
        foreach (var guard in guards.Operations.OfType<SqlOperation>())
        {
            await using var command = owner.CreateCommand(guard.Sql);
            await command.ExecuteNonQueryAsync();
        }

        return new(database, await database.ConnectionStringAsync(Stream), Path.Combine(Path.GetTempPath(), $"gengdu-audit-{RandomNumberGenerator.GetHexString(8, lowercase: true)}"));
    }

    /// <summary>A process of the service; without a clock the machine's.</summary>
    public WebApplication Build(TimeProvider? clock = null) => Probe.Build(ConnectionString, KeyFile, Folder, clock);

    public async Task<Verdict> VerifyAsync(string? folder = null, string? database = null, bool store = true)
    {
        var record = store ? SealedRecord.Read(folder ?? Folder, Stream, [_key]) : null;
        await using var rows = await DatabaseRows.OpenAsync(new NpgsqlConnectionStringBuilder(await PostgresServer.AdministratorAsync(database ?? Database.Name)) { Pooling = false }.ConnectionString, Stream);
        return await new Verification(Stream, record).RunAsync(rows);
    }

    public async Task<IReadOnlyList<AuditEntry>> EntriesAsync()
    {
        var options = new DbContextOptionsBuilder<ProbeDbContext>();
        await using var dataSource = NpgsqlDataSource.Create(ConnectionString);
        Postgres.Configure(options, dataSource, Stream);
        await using var db = new ProbeDbContext(options.Options);
        return await db.Entries.AsNoTracking().OrderBy(entry => entry.Seq).ToListAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _key.Dispose();
        Directory.Delete(Folder, recursive: true);
        await Database.DisposeAsync();
    }
}

internal static class Sealing
{
    /// <summary>Chains what is pending and, unless told otherwise, seals it.</summary>
    public static async Task SealAsync(this WebApplication app, bool sealIt = true)
    {
        await app.Services.GetRequiredService<ChainWriter>().ChainAllAsync(CancellationToken.None);
        if (sealIt)
        {
            await app.Services.GetRequiredService<CheckpointWriter>().CheckAsync(CancellationToken.None);
        }
    }
}
