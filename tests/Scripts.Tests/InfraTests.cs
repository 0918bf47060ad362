using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Gengdu.Scripts.Tests;

public sealed class InfraTests
{
    [Fact]
    public async Task Start_OwnersRole_OwnsItsSchemaAndSeesNoOther()
    {
        await using var infra = new InfraFolder();
        await infra.StartAsync();

        await using var reporting = await infra.ConnectAsync("reporting_owner");
        await ExecuteAsync(reporting, "create table kept (id int)");
        await using var analytics = await infra.ConnectAsync("analytics_owner");

        var refused = await Assert.ThrowsAsync<PostgresException>(() => ExecuteAsync(analytics, "select * from reporting.kept"));
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
        await Assert.ThrowsAsync<PostgresException>(() => ExecuteAsync(analytics, "create table public.loose (id int)"));
        await Assert.ThrowsAsync<PostgresException>(() => ExecuteAsync(analytics, "create schema other"));
    }

    [Fact]
    public async Task Start_ServicesRole_ChangesNothingOfTheSchema()
    {
        await using var infra = new InfraFolder();
        await infra.StartAsync();
        await using var owner = await infra.ConnectAsync("reporting_owner");
        await ExecuteAsync(owner, "create table kept (id int)");
        await using var reporting = await infra.ConnectAsync("reporting");

        // What it may do with rows is granted by the verb migrate, not before.
        foreach (var sql in (string[])[
            "create table mine (id int)", "create temporary table mine (id int)", "drop table kept", "alter table kept add column more int", "truncate kept", "select * from kept",
            "set role reporting_owner", "set role postgres", "alter role reporting bypassrls", "create role another", "grant reporting_owner to reporting"])
        {
            var refused = await Assert.ThrowsAsync<PostgresException>(() => ExecuteAsync(reporting, sql));
            Assert.True(refused.SqlState == PostgresErrorCodes.InsufficientPrivilege, $"{sql}: {refused.Message}");
        }
    }

    [Fact]
    public async Task Start_DatabaseOfAReleaseWithOneRoleAService_IsTakenOverWithItsRows()
    {
        await using var infra = new InfraFolder();
        await infra.StartAsync();
        await infra.AskAsync("""
            alter schema reporting owner to reporting;
            create table reporting.kept as select 42 as answer; alter table reporting.kept owner to reporting;
            create sequence reporting.numbers; alter sequence reporting.numbers owner to reporting;
            create function reporting.answer() returns int language sql as 'select 42'; alter function reporting.answer owner to reporting;
            """);

        await infra.StartAsync();

        Assert.Equal("0", await infra.AskAsync("select count(*) from pg_shdepend where deptype = 'o' and refobjid = 'reporting'::regrole"));
        await using var owner = await infra.ConnectAsync("reporting_owner");
        await ExecuteAsync(owner, "alter table kept add column more int; alter sequence numbers restart; drop function answer()");
        Assert.Equal("42", await infra.AskAsync("select answer from reporting.kept"));
    }

    [Fact]
    public async Task Start_AfterPostgresWasKilled_KeepsTheData()
    {
        await using var infra = new InfraFolder();
        await infra.StartAsync();
        await infra.AskAsync("create table reporting.kept as select 42 as answer");
        using (var postgres = Process.GetProcessById(infra.PostgresPid))
        {
            postgres.Kill();
        }

        await infra.StartAsync();

        Assert.Equal("42", await infra.AskAsync("select answer from reporting.kept"));
    }

    [Fact]
    public async Task Start_WhileRunning_ChangesNothing()
    {
        await using var infra = new InfraFolder();
        await infra.StartAsync();
        var (pid, port) = (infra.PostgresPid, infra.Server.Port);

        await infra.StartAsync();

        Assert.Equal((pid, port), (infra.PostgresPid, infra.Server.Port));
    }

    [Fact]
    public async Task Start_PortTaken_TakesAnotherAndSaysSo()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var taken = ((IPEndPoint)other.LocalEndpoint).Port;
        // Below the range the system gives to outgoing connections, else the script would leave it by itself.
        using var low = new TcpListener(IPAddress.Loopback, 15000 + (taken % 2000));
        low.Start();
        await using var infra = new InfraFolder();
        Directory.CreateDirectory(infra.Path);
        await File.WriteAllTextAsync(Path.Combine(infra.Path, "infra"), string.Create(CultureInfo.InvariantCulture, $"POSTGRES_PORT={((IPEndPoint)low.LocalEndpoint).Port}\n"), TestContext.Current.CancellationToken);

        var (code, _, errors) = await infra.InfraAsync("start", "--throwaway", "--native", "--only", "postgres");

        Assert.Equal(0, code);
        Assert.Contains("is taken by", errors, StringComparison.Ordinal);
        Assert.NotEqual(((IPEndPoint)low.LocalEndpoint).Port, infra.Server.Port);
        Assert.Equal("1", await infra.AskAsync("select 1"));
    }

    [Fact]
    public async Task Start_OwnerDies_EverythingGoes()
    {
        await using var infra = new InfraFolder();
        using var owner = Process.Start("sleep", "600");
        await infra.StartAsync(owner.Id);
        var postgres = infra.PostgresPid;

        owner.Kill();

        for (var tries = 0; tries < 200 && (Directory.Exists(infra.Path) || Directory.Exists($"/proc/{postgres}")); tries++)
        {
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }

        Assert.False(Directory.Exists(infra.Path));
        Assert.False(Directory.Exists($"/proc/{postgres}"));
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }
}
