using System.Text;
using Npgsql;
using NpgsqlTypes;

namespace Gengdu.Supervision.Reviews;

/// <summary>
/// The queue's one statement: rows and sums come from the same snapshot. One pass over one range of an index for each subtree; what is
/// kept of it are a few rows a report, and all that narrows and counts is asked of those. A province's pass goes over 150,000 reviews,
/// so a sum that nobody asked for is not made.
/// </summary>
internal static class QueueStatement
{
    private const string HeldByReviewer = "r.state in ('county-review', 'city-review', 'province-review')";

    /// <summary>Made of constants alone: what was typed comes as parameters.</summary>
    public static string Of(QueueFilter filter)
    {
        var named = filter.NamePattern is not null || filter.Order == "code";
        var (each, having) = (new StringBuilder(), new List<string>());
        void Sum(bool asked, string sum, string? condition = null)
        {
            if (asked)
            {
                each.Append(", ").Append(sum);
                having.AddRange(condition is null ? [] : [condition]);
            }
        }

        Sum(filter.Order == "warnings", "sum(r.explained_warnings) as warnings");
        Sum(filter.Clean is not null, "bool_and(r.explained_warnings is not distinct from 0) as clean", "bool_and(r.clean) = @clean");
        Sum(filter.Late is not null, "bool_or(r.late) as late", "bool_or(r.late) = @late");
        Sum(filter.Returned is not null, "max(r.return_rounds) as rounds", "(max(r.rounds) > 0) = @returned");
        Sum(filter.Outliers is not null, "max(r.outliers) as outliers", "(coalesce(max(r.outliers), 0) > 0) = @outliers");
        if (filter.Overdue is not null)
        {
            having.Add($"""
                bool_or(case
                  when {HeldByReviewer} then coalesce((@deadlines::jsonb ->> replace(r.state, '-review', ''))::timestamptz < @now, false)
                  when r.state <> 'accepted' then exists (select from roster x where x.report_id = r.report_id and greatest(x.extended_until, (@deadlines::jsonb ->> x.level)::timestamptz) < @now)
                  else false end) = @overdue
                """);
        }

        if (filter.WaitingDays is not null)
        {
            having.Add("min(r.oldest) <= @since");
        }

        var (organisation, asked) = (named ? ", r.organisation_id" : "", filter.Module is null ? "" : ", r.module_key = @module");
        var where = new List<string>();
        where.AddRange(filter.Module is null ? [] : ["r.asked"]);
        where.AddRange(filter.AskedState is null ? [] : ["r.state = @state"]);
        where.AddRange(filter.NamePattern is null ? [] : [
            "r.organisation_id in (select o.id from organisations o where o.name_zh ilike @name or o.code ilike @code or replace(replace(o.name_en, ' ', ''), '''', '') ilike @pinyin)"]);
        var first = filter.Order switch { "warnings" => "warnings", "code" => "code", _ => "" };
        var order = filter.Order switch { "warnings" => "warnings desc, oldest, report_id", "code" => "code, oldest, report_id", _ => "oldest, report_id" };
        return $"""
            with standing as materialized (
              select r.report_id{organisation}, r.state{asked}{(asked.Length > 0 ? " as asked" : "")}, count(*) as reviews, min(r.waiting_since) as oldest{each}
              from unnest(@from, @to) s(f, t) join reviews r on r.cycle_id = @cycle and r.organisation_path >= s.f and r.organisation_path < s.t
              group by r.report_id{organisation}, r.state{asked}
            ), reports as materialized (
              select r.report_id{organisation}, min(r.oldest) as oldest{(filter.Order == "warnings" ? ", coalesce(sum(r.warnings), 0) as warnings" : "")} from standing r
              {(where.Count > 0 ? $"where {string.Join(" and ", where)}" : "")}
              group by r.report_id{organisation} {(having.Count > 0 ? $"having {string.Join(" and ", having)}" : "")}
            ), page as (
              select p.report_id, row_number() over (order by {order}) as place
              from (
                select c.report_id, c.oldest{(first.Length > 0 ? $", {first}" : "")} from reports c {(filter.Order == "code" ? "left join organisations o on o.id = c.organisation_id" : "")}
                order by {order} offset @skip limit @size) p
            ), counted as (
              select r.state, sum(r.reviews)::bigint as reviews from standing r group by r.state
            )
            select (select count(*) from reports)::int as "Total", (select coalesce(jsonb_object_agg(state, reviews), jsonb_build_object())::text from counted) as "Counts",
              r.id as "Id", r.module_report_id as "ModuleReportId", r.report_id as "ReportId", r.organisation_id as "OrganisationId",
              r.organisation_path as "OrganisationPath", r.level as "Level", r.module_key as "ModuleKey", r.revision as "Revision", r.state as "State",
              r.version as "Version", r.submitted_at as "SubmittedAt", r.waiting_since as "WaitingSince", r.explained_warnings as "ExplainedWarnings", r.late as "Late",
              r.return_rounds as "ReturnRounds", r.outliers as "Outliers", o.code as "Code", o.name_zh as "NameZh", o.name_en as "NameEn", x.exempt_at is not null as "Exempt"
            from (select 1) one left join page on true left join reviews r on r.report_id = page.report_id left join organisations o on o.id = r.organisation_id
              left join roster x on x.report_id = page.report_id
            order by page.place, r.module_key
            """;
    }

    /// <summary>What the statement names, and no more.</summary>
    /// <param name="deadlines">By level, as JSON; asked for overdue ones alone.</param>
    public static object[] Parameters(QueueFilter filter, ReviewScope scope, string deadlines, int skip, int size, DateTimeOffset now)
    {
        (string Name, object? Value)[] all =
        [
            ("cycle", filter.CycleId), ("from", scope.From), ("to", scope.To), ("skip", skip), ("size", size), ("state", filter.AskedState), ("module", filter.Module),
            ("name", filter.NamePattern), ("code", filter.CodePattern), ("pinyin", filter.PinyinPattern), ("clean", filter.Clean), ("late", filter.Late), ("returned", filter.Returned),
            ("outliers", filter.Outliers), ("overdue", filter.Overdue), ("since", filter.WaitingDays is { } days ? now.AddDays(-days).ToUniversalTime() : null),
        ];
        return
        [
            .. all.Where(one => one.Value is not null).Select(one => new NpgsqlParameter(one.Name, one.Value)),
            .. filter.Overdue is null ? Array.Empty<object>() : [new NpgsqlParameter("deadlines", NpgsqlDbType.Text) { Value = deadlines }, new NpgsqlParameter("now", now.ToUniversalTime())],
        ];
    }
}
