using Gengdu.AuditProbe;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Gengdu.Audit.Tests;

/// <summary>AU-15: what the roles may not do, the triggers refuse; what the triggers cannot, the rights.</summary>
public sealed class GuardTests : IAsyncLifetime
{
    private AuditScene _scene = null!;

    public async ValueTask InitializeAsync()
    {
        _scene = await AuditScene.CreateAsync();
        await using var app = _scene.Build();
        await Probe.ChangeAsync(app.Services, act => act with { Personal = "李四" });
        await app.SealAsync();
    }

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Theory]
    [InlineData("update audit_entries set act = 'x'")]
    [InlineData("delete from audit_entries")]
    [InlineData("truncate audit_entries")]
    [InlineData("delete from audit_entries where false")]
    [InlineData("drop trigger audit_entries_append_only on audit_entries")]
    [InlineData("alter table audit_entries disable trigger all")]
    [InlineData("alter table audit_entries drop column act")]
    [InlineData("drop table audit_entries")]
    [InlineData("drop function audit_refuse() cascade")]
    [InlineData("create or replace function audit_refuse() returns trigger language plpgsql as 'begin return null; end'")]
    [InlineData("set session_replication_role = replica")]
    [InlineData("update audit_personal set text = 'x'")]
    [InlineData("delete from audit_personal")]
    [InlineData("set gengdu.audit_erasure = 'on'; delete from audit_personal")]
    [InlineData("truncate audit_personal")]
    [InlineData("select audit_erase_personal(gen_random_uuid())")]
    [InlineData("update audit_checkpoints set line = ''")]
    [InlineData("delete from audit_checkpoints")]
    [InlineData("update audit_pending set body = ''")]
    [InlineData("truncate audit_pending")]
    [InlineData("delete from audit_witnessed")]
    [InlineData("alter table audit_entries owner to current_user")]
    public async Task ServiceRole_IsRefused(string sql)
    {
        await using var dataSource = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(_scene.ConnectionString) { Pooling = false });
        await using var command = dataSource.CreateCommand(sql);
        var refused = await Assert.ThrowsAsync<PostgresException>(() => command.ExecuteNonQueryAsync());
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
        Assert.Null((await _scene.VerifyAsync()).Finding);
    }

    [Theory]
    [InlineData("update audit_entries set act = 'x'")]
    [InlineData("delete from audit_entries")]
    [InlineData("truncate audit_entries")]
    [InlineData("update audit_personal set text = 'x'")]
    [InlineData("delete from audit_personal")]
    [InlineData("delete from audit_checkpoints")]
    public async Task Owner_IsHeldBackByTheTrigger(string sql)
    {
        await using var dataSource = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(await _scene.Database.OwnerConnectionStringAsync(AuditScene.Stream)) { SearchPath = AuditScene.Stream, Pooling = false });
        await using var command = dataSource.CreateCommand(sql);
        var refused = await Assert.ThrowsAsync<PostgresException>(() => command.ExecuteNonQueryAsync());
        Assert.Contains("append-only", refused.MessageText, StringComparison.Ordinal);
    }
}
