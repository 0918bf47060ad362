using Microsoft.EntityFrameworkCore;

namespace Gengdu.ServiceDefaults;

/// <summary>
/// What the service's role (named as its schema) may do with the tables that its owner's role has made: rows, never tables,
/// and of rows those its scope lets through. Said again after each migration, in one transaction: nobody meets a half of it.
/// </summary>
public static class TableRights
{
    /// <summary>Grants them and makes the policies; called by the owner.</summary>
    public static async Task ApplyAsync(DbContext db, string schema, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(db);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.Database.ExecuteSqlRawAsync(string.Join('\n', Statements(db, schema)), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    private static IEnumerable<string> Statements(DbContext db, string schema) =>
    [
        // Two processes that grant on one table at the same time would trip over each other in the catalogue.
        $"select pg_advisory_xact_lock(hashtext('gengdu.rights.{schema}'));",
        $"grant usage on schema {schema} to {schema};",
        $"grant select, insert, update, delete on all tables in schema {schema} to {schema};",
        // Rows are reached by the table that has the policy: a part of it, named by itself, would show what the policy hides.
        $"""
        do $$ declare part text; begin
          for part in select relname from pg_class where relnamespace = '{schema}'::regnamespace and relispartition and relkind in ('r', 'p') loop
            execute format('revoke all on {schema}.%I from {schema}', part);
          end loop;
        end $$;
        """,
        $"grant usage, select on all sequences in schema {schema} to {schema};",
        .. AppendOnlyTables(db).Select(table => $"revoke update, delete on {schema}.{table} from {schema};"),
        // Which migrations ran is asked by the service and written by the owner alone.
        $"do $$ begin if to_regclass('{schema}.{Postgres.History}') is not null then revoke insert, update, delete on {schema}.{Postgres.History} from {schema}; end if; end $$;",
        .. ScopePolicies.Statements(db, schema),
    ];

    private static IEnumerable<string?> AppendOnlyTables(DbContext db) =>
        db.Model.GetEntityTypes().Where(entity => entity.IsAppendOnly()).Select(entity => entity.GetTableName()).Distinct();
}
