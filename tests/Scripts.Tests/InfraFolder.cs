using System.Globalization;
using System.Security.Cryptography;
using Gengdu.TestKit;
using Npgsql;

namespace Gengdu.Scripts.Tests;

/// <summary>A folder with a private Postgres of scripts/infra.sh; removed with its processes at the end.</summary>
internal sealed class InfraFolder : IAsyncDisposable
{
    public string Path { get; } = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"gengdu-test-{RandomNumberGenerator.GetHexString(12, lowercase: true)}");

    public NpgsqlConnectionStringBuilder Server => new(Connection()) { Pooling = false };

    public async Task StartAsync(int? owner = null)
    {
        string[] watch = ["--owner", (owner ?? Environment.ProcessId).ToString(CultureInfo.InvariantCulture)];
        var (code, output, errors) = await InfraAsync("start", ["--throwaway", "--native", "--only", "postgres", .. watch]);
        Assert.True(code == 0, $"infra.sh start ended with {code}: {output}{errors}");
    }

    public Task<(int Code, string Output, string Errors)> InfraAsync(string verb, params string[] arguments) =>
        Script.RunAsync("bash", [RepositoryRoot.Combine("scripts", "infra.sh"), verb, Path, .. arguments]);

    /// <summary>As the script's own administrator, in the database of the services.</summary>
    public async Task<string> AskAsync(string sql)
    {
        var (code, output, errors) = await InfraAsync("psql", "-d", "gengdu", "-Atc", sql);
        Assert.True(code == 0, errors);
        return output;
    }

    /// <summary>As a service: its role, its password.</summary>
    public async Task<NpgsqlConnection> ConnectAsync(string service)
    {
        var secrets = await File.ReadAllLinesAsync(System.IO.Path.Combine(Path, "secrets"), TestContext.Current.CancellationToken);
        var password = secrets.Single(line => line.StartsWith($"POSTGRES_PASSWORD_{service.ToUpperInvariant()}=", StringComparison.Ordinal)).Split('=', 2)[1];
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(Server.ConnectionString) { Database = "gengdu", Username = service, Password = password }.ConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        return connection;
    }

    public int PostgresPid => int.Parse(File.ReadLines(System.IO.Path.Combine(Home, "postgres", "data", "postmaster.pid")).First(), CultureInfo.InvariantCulture);

    public async ValueTask DisposeAsync()
    {
        if (Directory.Exists(Path))
        {
            await InfraAsync("stop", "--remove");
            Directory.Delete(Path, recursive: true);
        }
    }

    private string Home => File.ReadLines(System.IO.Path.Combine(Path, "infra"))
        .Where(line => line.StartsWith("HOME_FOLDER=", StringComparison.Ordinal)).Select(line => line["HOME_FOLDER=".Length..]).LastOrDefault(Path);

    private string Connection() => File.ReadLines(System.IO.Path.Combine(Path, "connections")).Single(line => line.StartsWith("GENGDU_TEST_POSTGRES=", StringComparison.Ordinal))["GENGDU_TEST_POSTGRES=".Length..];
}
