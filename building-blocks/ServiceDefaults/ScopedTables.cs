using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Gengdu.ServiceDefaults;

/// <summary>
/// Which rows of a table a request may see and write, said once where the table is configured; the verb "migrate" makes
/// policies of it. The settings are read in subqueries of their own: once a statement, not once a row. What is cheap and
/// usual comes first: it is all that is computed for rows that the query's own filter has let through.
/// </summary>
public static class ScopedTables
{
    private const string Annotation = "Gengdu:Scope";
    private const string Exception = "Gengdu:NoScope";
    private const string Function = "Gengdu:ScopeFunction";
    private const string Table = "{table}";
    private const string Schema = "{schema}";

    internal const string BelongsToday = "belongs_to_scope_today";

    /// <summary>
    /// Whether an organisation stands below the scope's subtrees at this moment. A function, so that its price in plans is the
    /// one it has: next to nothing, because only rows come to it that a filter should have kept out. As a subquery it made every
    /// statement look so dear that Postgres compiled it first. Its own question is planned once for all rows, also where requests are
    /// planned one by one: planned anew for each row it took seconds.
    /// </summary>
    internal static string BelongsTodayFunction(string schema) => $"""
        create or replace function {schema}.{BelongsToday}(organisation uuid) returns boolean language plpgsql stable parallel safe cost 1
        set plan_cache_mode = force_generic_plan as $f$
        begin
          return exists (select from {schema}.organisations o where o.id = organisation and o.path ^@ any({List(5)}));
        end $f$;
        """;

    private static readonly string All = $"(select {Part(1)} = '{RowScope.Everything}')";

    /// <summary>Rows of one organisation each.</summary>
    /// <param name="entity">The table.</param>
    /// <param name="path">Column with the place in the tree, when the table has one: its subtree's people see the row.</param>
    /// <param name="organisation">
    /// Column with the organisation's id, when the table has one: its own people see the row wherever it stands, and so do the
    /// people of the subtree it belongs to today, also when the row's path is older.
    /// </param>
    /// <param name="or">More that lets a row through, e.g. <see cref="Through"/>.</param>
    public static EntityTypeBuilder<TEntity> HasScope<TEntity>(this EntityTypeBuilder<TEntity> entity, string? path, string? organisation = null, string? or = null)
        where TEntity : class
    {
        ArgumentNullException.ThrowIfNull(entity);
        string?[] ways =
        [
            All,
            organisation is null ? null : $"{Table}.{organisation} = any((select {List(2)}::uuid[])::uuid[])",
            path is null || organisation is not null ? null : $"{Table}.{path} = any((select {List(3)})::text[])",
            path is null ? null : $"{Table}.{path} ^@ any((select {List(5)})::text[])",
            organisation is null ? null : $"{BelongsToday}({Table}.{organisation})",
            or,
        ];
        entity.HasAnnotation(Annotation, string.Join("\n or ", ways.OfType<string>()));
        return entity;
    }

    /// <summary>Rows that belong to a row of another scoped table: seen with it.</summary>
    /// <param name="entity">The table.</param>
    /// <param name="other">The other table.</param>
    /// <param name="keys">Its columns and those of this table that point to them.</param>
    public static EntityTypeBuilder<TEntity> HasScopeOf<TEntity>(this EntityTypeBuilder<TEntity> entity, string other, params ReadOnlySpan<(string Other, string This)> keys)
        where TEntity : class
    {
        ArgumentNullException.ThrowIfNull(entity);
        entity.HasAnnotation(Annotation, $"{All}\n or {Through(other, keys)}");
        return entity;
    }

    /// <summary>
    /// More that lets a row through, for the few rows that nothing before has: looked at in a function of the table's own, so
    /// that statements which mention the table are not planned over the other tables and all their parts as well.
    /// </summary>
    /// <param name="entity">The table; <see cref="HasScope"/> has been said of it.</param>
    /// <param name="columns">Its columns that the conditions speak of, with their types.</param>
    /// <param name="conditions">One of them lets the row through, e.g. <see cref="Through"/>.</param>
    public static EntityTypeBuilder<TEntity> OrRarely<TEntity>(this EntityTypeBuilder<TEntity> entity, (string Name, string Type)[] columns, params ReadOnlySpan<string> conditions)
        where TEntity : class
    {
        ArgumentNullException.ThrowIfNull(entity);
        var function = $"{entity.Metadata.GetTableName()}_rarely_seen";
        entity.HasAnnotation(Annotation, $"{entity.Metadata.FindAnnotation(Annotation)?.Value}\n or {function}({string.Join(", ", columns.Select(column => $"{Table}.{column.Name}"))})");
        entity.HasAnnotation(Function, $"""
            create or replace function {Schema}.{function}({string.Join(", ", columns.Select(column => $"{column.Name} {column.Type}"))}) returns boolean language plpgsql stable parallel safe cost 1
            set plan_cache_mode = force_generic_plan set search_path = {Schema} as $f$
            begin
              return {string.Join("\n    or ", conditions).Replace(Table, function, StringComparison.Ordinal)};
            end $f$;
            """);
        return entity;
    }

    /// <summary>A table that holds nobody's rows in particular, or whose rows everybody needs; a test knows and prints the reason.</summary>
    public static EntityTypeBuilder<TEntity> HasNoScope<TEntity>(this EntityTypeBuilder<TEntity> entity, string reason)
        where TEntity : class
    {
        ArgumentNullException.ThrowIfNull(entity);
        entity.HasAnnotation(Exception, reason);
        return entity;
    }

    /// <summary>Condition: a visible row of the other table has these keys.</summary>
    public static string Through(string other, params ReadOnlySpan<(string Other, string This)> keys)
    {
        var same = new List<string>();
        foreach (var (theirs, ours) in keys)
        {
            same.Add($"x.{theirs} = {Table}.{ours}");
        }

        return $"exists (select from {other} x where {string.Join(" and ", same)})";
    }

    /// <summary>Condition: a place right above one of the caller's own organisations.</summary>
    public static string RightAboveOwn(string path) => $"{Table}.{path} = any((select {List(4)})::text[])";

    /// <summary>Condition of the table's policy; null when it has none.</summary>
    public static string? ScopeOf(this IReadOnlyEntityType entity)
    {
        ArgumentNullException.ThrowIfNull(entity);
        return ((string?)entity.FindAnnotation(Annotation)?.Value)?.Replace(Table, entity.GetTableName(), StringComparison.Ordinal);
    }

    /// <summary>What makes the function its policy asks (<see cref="OrRarely"/>); null when it asks none.</summary>
    public static string? ScopeFunctionOf(this IReadOnlyEntityType entity, string schema)
    {
        ArgumentNullException.ThrowIfNull(entity);
        return ((string?)entity.FindAnnotation(Function)?.Value)?.Replace(Schema, schema, StringComparison.Ordinal);
    }

    /// <summary>Why the table has no policy; null when nobody said so.</summary>
    public static string? ReasonForNoScope(this IReadOnlyEntityType entity)
    {
        ArgumentNullException.ThrowIfNull(entity);
        return (string?)entity.FindAnnotation(Exception)?.Value;
    }

    private static string Part(int number) => $"split_part(current_setting('{RowScope.Name}', true), '|', {number})";

    private static string List(int number) => $"string_to_array({Part(number)}, ',')";
}
