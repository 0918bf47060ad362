using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using Npgsql;

namespace Gengdu.TestKit;

/// <summary>A database of one test class or one system test: schemas and roles as in production, dropped at the end.</summary>
public sealed class TestDatabase : IAsyncDisposable
{
    private static readonly ConcurrentDictionary<string, string> Leftovers = new();

    static TestDatabase() => AppDomain.CurrentDomain.ProcessExit += (_, _) => DropLeftovers();

    private TestDatabase(string name) => Name = name;

    public string Name { get; }

    /// <summary>Empty schemas of all services.</summary>
    public static async Task<TestDatabase> CreateAsync(CancellationToken cancellationToken = default)
    {
        var database = await MakeAsync("", cancellationToken);
        // Roles belong to the whole server: several test processes make them at the same time.
        var provision = await File.ReadAllTextAsync(RepositoryRoot.Combine("scripts", "database.sql"), cancellationToken);
        await using var guard = new NpgsqlConnection(await PostgresServer.AdministratorAsync());
        await guard.OpenAsync(cancellationToken);
        await using (var wait = new NpgsqlCommand("select pg_advisory_lock(7305001)", guard))
        {
            await wait.ExecuteNonQueryAsync(cancellationToken);
        }

        await PostgresServer.ExecuteAsync(database.Name, provision, cancellationToken);
        return database;
    }

    /// <summary>A copy, schema and rows, in some 50 ms.</summary>
    public Task<TestDatabase> CopyAsync(CancellationToken cancellationToken = default) => MakeAsync($"template {Name}", cancellationToken);

    /// <summary>Connection string of a service's own role.</summary>
    public Task<string> ConnectionStringAsync(string service) => PostgresServer.ServiceAsync(Name, service);

    /// <summary>Connection string of the role that owns the service's schema, for migrating.</summary>
    public Task<string> OwnerConnectionStringAsync(string service) => PostgresServer.OwnerAsync(Name, service);

    public async ValueTask DisposeAsync()
    {
        if (Leftovers.TryRemove(Name, out _))
        {
            await PostgresServer.ExecuteAsync("postgres", Drop(Name));
        }
    }

    private static async Task<TestDatabase> MakeAsync(string from, CancellationToken cancellationToken)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"gengdu_test_{Environment.ProcessId}_{RandomNumberGenerator.GetHexString(8, lowercase: true)}");
        await PostgresServer.ExecuteAsync("postgres", $"create database {name} {from}", cancellationToken);
        Leftovers[name] = await PostgresServer.AdministratorAsync();
        return new(name);
    }

    private static string Drop(string name) => $"drop database if exists {name} with (force)";

    private static void DropLeftovers()
    {
        foreach (var (name, server) in Leftovers)
        {
            try
            {
                using var connection = new NpgsqlConnection(server);
                connection.Open();
                using var command = new NpgsqlCommand(Drop(name), connection);
                command.ExecuteNonQuery();
            }
            catch (NpgsqlException)
            {
                // The server ended before us and took the database along.
            }
        }
    }
}
