using Gengdu.Supervision.Data;
using Gengdu.Supervision.Reviews;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Gengdu.Supervision.Clocks;

/// <summary>
/// What is held, counted in reports: a report stands once in each state in which modules of it stand, since the oldest of them.
/// The board, its lists, urges, the ladder and the home page all read this one statement, so their counts agree to the last row.
/// What was withdrawn is not submitted, what was unlocked is the school's again like a return. Of a report that was exempted nothing is
/// held any more, whatever of it had come in before.
/// </summary>
internal static class HeldReports
{
    /// <summary>
    /// held(report_id, organisation_id, path, level, state, since, modules, extended_until, counts_from); parameters cycle, from, to. Days
    /// that are pressed for count from the end of more time that was given, if that is later; only the reporting organisation is given any.
    /// </summary>
    public const string Sql = """
        submitted as (
          select r.report_id, r.organisation_id, r.organisation_path as path, r.level, v.state, min(r.waiting_since) as since, count(*)::int as modules
          from unnest(@from, @to) s(f, t) join reviews r on r.cycle_id = @cycle and r.organisation_path >= s.f and r.organisation_path < s.t
          cross join lateral (select case r.state when 'unlocked' then 'returned' else r.state end as state) v
          where r.state <> 'withdrawn'
          group by r.report_id, r.organisation_id, r.organisation_path, r.level, v.state
        ), standing as (
          select u.*, case when u.state = 'returned' then (select x.extended_until from roster x where x.report_id = u.report_id) end as extended_until
          from submitted u where not exists (select from roster x where x.report_id = u.report_id and x.exempt_at is not null)
          union all
          select o.report_id, o.organisation_id, o.organisation_path, o.level, 'not-submitted', greatest(c.opens_at, c.opened_at), cardinality(o.module_keys) - coalesce(n.modules, 0), o.extended_until
          from unnest(@from, @to) s(f, t) join roster o on o.cycle_id = @cycle and o.organisation_path >= s.f and o.organisation_path < s.t
          join cycles c on c.id = o.cycle_id
          left join (select report_id, sum(modules)::int as modules from submitted group by report_id) n on n.report_id = o.report_id
          where o.exempt_at is null and cardinality(o.module_keys) > coalesce(n.modules, 0)
        ), held as (select t.*, greatest(t.since, t.extended_until) as counts_from from standing t)
        """;

    /// <summary>Who holds h at the level @holder; the reporting organisation where that is null.</summary>
    public const string Holder = """
        (
          select o.id, o.path, coalesce(@holder, h.level) as level, o.code, o.name_zh, o.name_en from organisations o where @holder is null and o.id = h.organisation_id
          union all
          (select o.id, o.path, @holder, o.code, o.name_zh, o.name_en from generate_series(cardinality(string_to_array(h.path, '/')) - 2, 1, -1) n
           join organisations o on o.path = array_to_string((string_to_array(h.path, '/'))[1:n + 1], '/') || '/'
           where @holder is not null and @holder = any(o.level_roles) order by n desc limit 1))
        """;

    /// <summary>What each holder holds in one state, counted from before a moment, those with the oldest first.</summary>
    private const string ByHolderSql = $"""
        with {Sql}
        select holder.id as "Id", holder.path as "Path", holder.level as "Level", holder.name_zh as "NameZh", holder.name_en as "NameEn", count(*)::int as "Reports", sum(h.modules)::int as "Modules",
          array_agg(h.since order by h.since) as "Since", array_agg(h.report_id order by h.since) as "ReportIds", min(h.counts_from) as "CountsFrom",
          case when bool_and(h.extended_until is not null) then min(h.extended_until) end as "ExtendedUntil"
        from held h cross join lateral {Holder} holder
        where h.state = @state and h.counts_from < @before and (@holders is null or holder.id = any(@holders))
        group by holder.id, holder.path, holder.level, holder.name_zh, holder.name_en order by min(h.since), holder.path
        """;

    public static async Task<IReadOnlyList<Held>> ByHolderAsync(
        SupervisionDbContext db, Guid cycleId, HeldState state, ReviewScope scope, DateTimeOffset before, Guid[]? holders, CancellationToken cancellationToken) =>
        await db.Database.SqlQueryRaw<Held>(ByHolderSql, [.. Of(cycleId, scope), .. At(state), new NpgsqlParameter<DateTimeOffset>("before", before.ToUniversalTime()), Nullable("holders", holders)])
            .ToListAsync(cancellationToken);

    public static NpgsqlParameter[] Of(Guid cycleId, ReviewScope scope) =>
        [new NpgsqlParameter<Guid>("cycle", cycleId), new NpgsqlParameter<string[]>("from", scope.From), new NpgsqlParameter<string[]>("to", scope.To)];

    public static NpgsqlParameter[] At(HeldState state) =>
        [new NpgsqlParameter<string>("state", state.Key()), new("holder", NpgsqlTypes.NpgsqlDbType.Text) { Value = state.IsReview() ? state.Holder(ReviewLevel.School).Key() : DBNull.Value }];

    private static NpgsqlParameter Nullable(string name, Guid[]? ids) =>
        new(name, NpgsqlTypes.NpgsqlDbType.Array | NpgsqlTypes.NpgsqlDbType.Uuid) { Value = ids is null ? DBNull.Value : ids };
}

/// <summary>What one organisation holds in one state; the times rise.</summary>
/// <param name="CountsFrom">The earliest moment from which days are counted against it.</param>
/// <param name="ExtendedUntil">All of it has more time, until then at least.</param>
internal sealed record Held(
    Guid Id, string Path, string Level, string NameZh, string NameEn, int Reports, int Modules, DateTimeOffset[] Since, Guid[] ReportIds, DateTimeOffset CountsFrom, DateTimeOffset? ExtendedUntil)
{
    public ReviewLevel At => ReviewKeys.Level(Level);
}
