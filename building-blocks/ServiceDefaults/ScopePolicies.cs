using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.ServiceDefaults;

/// <summary>
/// Row-level security from the model (<see cref="ScopedTables"/>): the second fence behind the filter in each query. One
/// policy a table, for reading and writing alike, forced upon the owner too. What has not changed is left alone: making a
/// policy waits for everybody who uses the table.
/// </summary>
internal static class ScopePolicies
{
    private const string Policy = "scope";

    public static IEnumerable<string> Statements(DbContext db, string schema)
    {
        var scoped = db.Model.GetEntityTypes().Where(entity => entity.GetTableName() is not null && entity.ScopeOf() is not null)
            .DistinctBy(entity => entity.GetTableName()).ToDictionary(entity => entity.GetTableName()!, entity => entity.ScopeOf()!);
        yield return $"""
            do $$ declare gone text; begin
              for gone in select c.relname from pg_class c join pg_policy p on p.polrelid = c.oid
                where c.relnamespace = '{schema}'::regnamespace and p.polname = '{Policy}' and not c.relname = any(array[{string.Join(", ", scoped.Keys.Select(table => $"'{table}'"))}]::text[]) loop
                execute format('drop policy {Policy} on {schema}.%I', gone);
                execute format('alter table {schema}.%I disable row level security, no force row level security', gone);
              end loop;
            end $$;
            """;
        if (scoped.Values.Any(condition => condition.Contains(ScopedTables.BelongsToday, StringComparison.Ordinal)))
        {
            yield return ScopedTables.BelongsTodayFunction(schema);
        }

        foreach (var function in db.Model.GetEntityTypes().Select(entity => entity.ScopeFunctionOf(schema)).OfType<string>().Order(StringComparer.Ordinal))
        {
            yield return function;
        }

        foreach (var (table, condition) in scoped.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            var version = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(condition)));
            yield return string.Create(CultureInfo.InvariantCulture, $"""
                do $$ begin
                  if not exists (select from pg_class c join pg_policy p on p.polrelid = c.oid and p.polname = '{Policy}' where c.oid = '{schema}.{table}'::regclass
                      and c.relrowsecurity and c.relforcerowsecurity and obj_description(p.oid, 'pg_policy') = '{version}') then
                    drop policy if exists {Policy} on {schema}.{table};
                    create policy {Policy} on {schema}.{table} using ({condition});
                    comment on policy {Policy} on {schema}.{table} is '{version}';
                    alter table {schema}.{table} enable row level security, force row level security;
                  end if;
                end $$;
                """);
        }
    }
}
