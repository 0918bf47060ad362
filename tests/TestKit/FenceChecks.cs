using System.Data;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Gengdu.TestKit;

/// <summary>
/// The second fence of a service, looked at from inside the database as the service's own role: what raw SQL finds that no
/// filter of ours has seen. Each check returns what is wrong.
/// </summary>
public sealed class FenceChecks
{
    private readonly string _database;
    private readonly string _service;

    private FenceChecks(string database, string service, IReadOnlyDictionary<string, string> scoped, IReadOnlyDictionary<string, string> open) =>
        (_database, _service, Scoped, Open) = (database, service, scoped, open);

    /// <summary>Tables with a policy and its condition.</summary>
    public IReadOnlyDictionary<string, string> Scoped { get; }

    /// <summary>Tables without, and why.</summary>
    public IReadOnlyDictionary<string, string> Open { get; }

    public static async Task<FenceChecks> OfAsync<TProgram, TDbContext>(ServiceFixture<TProgram, TDbContext> host, string service)
        where TProgram : class
        where TDbContext : DbContext
    {
        ArgumentNullException.ThrowIfNull(host);
        var entities = await host.InDatabaseAsync(db => Task.FromResult(db.Model.GetEntityTypes().Where(entity => entity.GetTableName() is not null).DistinctBy(entity => entity.GetTableName()).ToList()));
        return new(
            host.Database.Name, service,
            entities.Where(entity => entity.ScopeOf() is not null).ToDictionary(entity => entity.GetTableName()!, entity => entity.ScopeOf()!),
            entities.Where(entity => entity.ReasonForNoScope() is not null).ToDictionary(entity => entity.GetTableName()!, entity => entity.ReasonForNoScope()!));
    }

    /// <summary>
    /// Tables with a place or an organisation, or that point to a table with a policy, and that have neither a policy nor a reason
    /// why not: a new table is one of them until somebody has decided.
    /// </summary>
    public Task<List<string>> UndecidedTablesAsync() => ListAsync($"""
        select c.relname from pg_class c
        where c.relnamespace = '{_service}'::regnamespace and c.relkind in ('r', 'p') and not c.relname = any($1)
          and not (c.relrowsecurity and c.relforcerowsecurity and exists (select from pg_policy p where p.polrelid = c.oid))
          -- A part of a table has its table's policy, as long as it cannot be reached by itself.
          and (not c.relispartition or has_table_privilege('{_service}', c.oid, 'select, insert, update, delete'))
          and exists (select from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
            and (a.attname ~ '(^|_)path$' or a.attname ~ 'organisation_id$' or a.attname = any(array(select regexp_replace(t, 's$', '') || '_id' from unnest($2) t))))
        order by 1
        """, Open.Keys.ToArray(), Scoped.Keys.ToArray());

    /// <summary>What the service's role can do to get round the fence; nothing of it may work.</summary>
    public async Task<List<string>> WaysRoundAsync()
    {
        var table = $"{_service}.{Scoped.Keys.FirstOrDefault() ?? "data_protection_keys"}";
        var worked = new List<string>();
        foreach (var sql in (string[])[
            $"set role {_service}_owner", "set role postgres", $"alter role {_service} bypassrls", $"alter role {_service} superuser",
            $"grant {_service}_owner to {_service}", $"alter table {table} disable row level security", $"alter table {table} no force row level security",
            $"create policy open on {table} using (true)", $"drop policy scope on {table}", $"alter policy scope on {table} using (true)", $"alter table {table} owner to {_service}",
            $"create trigger nosy before insert on {table} for each row execute function suppress_redundant_updates_trigger()", $"alter table {table} disable trigger all",
            $"create table {_service}.copy (id int)", $"create view {_service}.round as select 1", $"create function {_service}.round() returns int language sql as 'select 1'",
            "create schema mine", $"truncate {table}", $"drop table {table}", $"update {_service}.migrations_history set \"MigrationId\" = 'x'",
            $"delete from {_service}.migrations_history", "select pg_read_file('/etc/hostname')", "copy (select 1) to program 'true'", "set session_replication_role = replica", "select rolpassword from pg_authid"])
        {
            await using var connection = await ConnectAsync();
            try
            {
                await ExecuteAsync(connection, $"begin; {sql}; rollback");
                worked.Add(sql);
            }
            catch (PostgresException fault) when (fault.SqlState is PostgresErrorCodes.InsufficientPrivilege || (fault.SqlState is PostgresErrorCodes.UndefinedObject && Scoped.Count == 0))
            {
                // As it should be; where nothing is scoped there is no policy to change.
            }
        }

        return worked;
    }

    /// <summary>
    /// Tables of which the scope shows something else than what stands at the places it covers, or nothing at all. Both looks are
    /// at one snapshot: other tests write meanwhile.
    /// </summary>
    /// <param name="scope">Of a caller; null for none at all, which shows nothing.</param>
    /// <param name="places">For each scoped table an expression that gives a row's path.</param>
    /// <param name="covers">What the scope covers.</param>
    public async Task<List<string>> WrongRowsAsync(RowScope? scope, IReadOnlyDictionary<string, string> places, Func<string, bool> covers)
    {
        ArgumentNullException.ThrowIfNull(places);
        var wrong = Scoped.Keys.Except(places.Keys).Select(table => $"{table}: the test does not say where its rows are").ToList();
        foreach (var (table, place) in places)
        {
            await using var all = new NpgsqlConnection(await PostgresServer.AdministratorAsync(_database));
            await all.OpenAsync();
            await using var moment = await all.BeginTransactionAsync(IsolationLevel.RepeatableRead);
            var snapshot = (await RowsAsync(all, "select pg_export_snapshot(), ''"))[0].Id;
            var rows = await RowsAsync(all, $"select t.tableoid::text || t.ctid::text, {place} from {_service}.{table} t");
            await using var connection = await ConnectAsync(scope);
            await ExecuteAsync(connection, $"begin isolation level repeatable read; set transaction snapshot '{snapshot}'");
            var seen = (await RowsAsync(connection, $"select tableoid::text || ctid::text, '' from {table}")).Select(row => row.Id).ToHashSet();
            var expected = rows.Where(row => row.Place is not null && scope is not null && covers(row.Place)).Select(row => row.Id).ToHashSet();
            if (!seen.SetEquals(expected) || (scope is not null && (expected.Count == 0 || expected.Count == rows.Count)))
            {
                wrong.Add($"{table}: {seen.Count} rows seen, {expected.Count} of {rows.Count} expected");
            }
        }

        return wrong;
    }

    /// <summary>Rows outside the scope that could be changed, deleted, or written again.</summary>
    public async Task<List<string>> WrongWritesAsync(RowScope scope, IReadOnlyDictionary<string, string> places, Func<string, bool> covers)
    {
        ArgumentNullException.ThrowIfNull(places);
        var wrong = new List<string>();
        foreach (var (table, place) in places)
        {
            await using var all = new NpgsqlConnection(await PostgresServer.AdministratorAsync(_database));
            await all.OpenAsync();
            var foreign = (await RowsAsync(all, $"select to_jsonb(t)::text, {place} from {_service}.{table} t")).First(row => row.Place is not null && !covers(row.Place)).Id;
            var columns = string.Join(", ", await ListAsync(
                "select attname from pg_attribute where attrelid = $1::regclass and attnum > 0 and not attisdropped and attgenerated = '' and attidentity = '' order by attnum", $"{_service}.{table}"));
            await using var connection = await ConnectAsync(scope);
            if (!await RefusedAsync(connection, $"insert into {table} ({columns}) select {columns} from jsonb_populate_record(null::{table}, $1::jsonb)", foreign))
            {
                wrong.Add($"{table}: a foreign row was inserted");
            }

            var key = string.Join(", ", await ListAsync(
                "select attname from pg_attribute a join pg_index i on i.indrelid = a.attrelid and i.indisprimary and a.attnum = any(i.indkey) where a.attrelid = $1::regclass", $"{_service}.{table}"));
            foreach (var sql in (string[])[$"update {table} set {key.Split(',')[0]} = {key.Split(',')[0]}", $"delete from {table}"])
            {
                if (!await RefusedAsync(connection, $"{sql} where ({key}) = (select {key} from jsonb_populate_record(null::{table}, $1::jsonb))", foreign))
                {
                    wrong.Add($"{table}: a foreign row was touched by {sql}");
                }
            }
        }

        return wrong;
    }

    /// <summary>As the service's role and nothing more: unlike the fixture's connections this one cannot go back to what it was.</summary>
    private async Task<NpgsqlConnection> ConnectAsync(RowScope? scope = null)
    {
        var connection = new NpgsqlConnection(await PostgresServer.AdministratorAsync(_database));
        await connection.OpenAsync();
        await ExecuteAsync(connection, $"set search_path = {_service}; set session authorization {_service}");
        if (scope is not null)
        {
            await using var command = new NpgsqlCommand("select set_config('gengdu.scope', $1, false)", connection) { Parameters = { new() { Value = scope.Setting } } };
            await command.ExecuteNonQueryAsync();
        }

        return connection;
    }

    // Refused outright, or nothing found to do it to.
    private static async Task<bool> RefusedAsync(NpgsqlConnection connection, string sql, string row)
    {
        await using var transaction = await connection.BeginTransactionAsync();
        await using var command = new NpgsqlCommand(sql, connection, transaction) { Parameters = { new() { Value = row } } };
        try
        {
            return await command.ExecuteNonQueryAsync() == 0;
        }
        catch (PostgresException fault) when (fault.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            return true;
        }
    }

    private async Task<List<string>> ListAsync(string sql, params object[] values)
    {
        await using var connection = new NpgsqlConnection(await PostgresServer.AdministratorAsync(_database));
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values)
        {
            command.Parameters.Add(new() { Value = value });
        }

        var found = new List<string>();
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            found.Add(reader.GetString(0));
        }

        return found;
    }

    private static async Task<List<(string Id, string? Place)>> RowsAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        var rows = new List<(string, string?)>();
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            rows.Add((reader.GetString(0), await reader.IsDBNullAsync(1) ? null : reader.GetString(1)));
        }

        return rows;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
