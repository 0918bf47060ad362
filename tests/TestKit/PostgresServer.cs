using Npgsql;

namespace Gengdu.TestKit;

/// <summary>
/// The Postgres of this test run: the one GENGDU_TEST_POSTGRES names (a superuser's connection string without database),
/// else a private one.
/// </summary>
public static class PostgresServer
{
    private const string Setting = "GENGDU_TEST_POSTGRES";
    private static readonly Lazy<Task<string>> Server = new(() =>
        Environment.GetEnvironmentVariable(Setting) is { Length: > 0 } named ? Task.FromResult(named) : PrivateInfra.StartAsync("postgres", Setting));

    /// <summary>As superuser, for what only a superuser may do: making and dropping databases, killing connections.</summary>
    public static async Task<string> AdministratorAsync(string database = "postgres") =>
        new NpgsqlConnectionStringBuilder(await Server.Value) { Database = database, Pooling = false, IncludeErrorDetail = true }.ConnectionString;

    /// <summary>
    /// As a service's own role, so that a test fails where the service's rights would not suffice. Set at connection start
    /// instead of by password: roles belong to the whole server, and the server may be somebody's.
    /// </summary>
    public static Task<string> ServiceAsync(string database, string service) => AsAsync(database, service, service);

    /// <summary>As the role that owns a service's schema and may change it.</summary>
    public static Task<string> OwnerAsync(string database, string service) => AsAsync(database, service, service + "_owner");

    public static async Task ExecuteAsync(string database, string sql, CancellationToken cancellationToken = default)
    {
        await using var connection = new NpgsqlConnection(await AdministratorAsync(database));
        await connection.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 60 };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task<string> AsAsync(string database, string schema, string role) => new NpgsqlConnectionStringBuilder(await Server.Value)
    {
        Database = database,
        SearchPath = schema,
        Options = $"-c role={role}",
        // DISCARD ALL would make the pooled connection a superuser's again.
        NoResetOnClose = true,
        MaxPoolSize = 20,
        IncludeErrorDetail = true,
    }.ConnectionString;
}
