using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Gengdu.Supervision.Data;
using Gengdu.Supervision.Reviews;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Supervision.Dispatches;

/// <summary>A county in a cycle: who is there, who is missing, and what was said about it.</summary>
/// <param name="Owed">Schools that owe something.</param>
/// <param name="Arrived">Of those, how many have passed the county whole.</param>
/// <param name="Dispatch">The latest; null before the county was sent up.</param>
/// <param name="Acts">"send" for the county, "decide" for the city.</param>
public sealed record CountyResponse(ActingOrganisation Organisation, string? Code, int Owed, int Arrived, DispatchResponse? Dispatch, IReadOnlyList<DispatchActResponse> Acts);

public sealed record DispatchResponse(
    Guid Id, int Round, DispatchState State, DateTimeOffset SentAt, Guid SentBy, DateTimeOffset? DecidedAt, Guid? DecidedBy, string? Note, long Version, IReadOnlyList<GapResponse> Gaps);

/// <param name="ArrivedAt">Since when the school is there after all: it went up as a supplement.</param>
public sealed record GapResponse(Guid ReportId, ActingOrganisation Organisation, string? OrganisationCode, string Code, string Text, DateTimeOffset? ArrivedAt);

/// <summary>An act, "send" or "decide", and when it is not open to the caller, the reason.</summary>
public sealed record DispatchActResponse(string Act, bool Allowed, Text? Reason);

internal static class CountyResponses
{
    /// <summary>Counties of the cycle that the caller sees, those named or all below the scope.</summary>
    public static async Task<IReadOnlyList<CountyResponse>> CountiesAsync(this SupervisionDbContext db, Caller caller, Guid cycleId, Guid[] counties, CancellationToken cancellationToken)
    {
        var rows = await db.Database.SqlQuery<CountyRow>($"""
            with asked as (
              select o.id, o.code, o.name_zh, o.name_en, o.path from organisations o where o.id = any({counties})
            ), owed as (
              select w.report_id, w.module_keys, c.id as county, row_number() over (partition by w.report_id order by length(c.path) desc) as nearness
              from roster w join organisations c on 'county' = any(c.level_roles) and w.organisation_path ^@ c.path
              where w.cycle_id = {cycleId} and w.level = 'school' and w.exempt_at is null
                and exists (select from asked a where w.organisation_path >= a.path and w.organisation_path < rtrim(a.path, '/') || '0')
            ), each as (
              select w.county, (select count(*) from reviews r where r.report_id = w.report_id and r.module_key = any(w.module_keys)
                and r.state in ('city-review', 'province-review', 'accepted')) = cardinality(w.module_keys) as whole
              from owed w where w.nearness = 1
            )
            select a.id as "Id", a.code as "Code", a.name_zh as "NameZh", a.name_en as "NameEn", a.path as "Path",
              (count(e.whole))::int as "Owed", (count(*) filter (where e.whole))::int as "Arrived"
            from asked a left join each e on e.county = a.id group by a.id, a.code, a.name_zh, a.name_en, a.path order by a.code
            """).ToListAsync(cancellationToken);
        var dispatches = await db.Set<Dispatch>().AsNoTracking().Include(d => d.Gaps).Where(d => d.CycleId == cycleId && counties.Contains(d.OrganisationId)).ToListAsync(cancellationToken);
        var latest = dispatches.GroupBy(d => d.OrganisationId).ToDictionary(own => own.Key, own => own.MaxBy(d => d.Round)!);
        var gaps = await db.GapsAsync(cycleId, [.. latest.Values.SelectMany(d => d.Gaps.Select(gap => gap.ReportId))], cancellationToken);
        var organisations = await db.Organisations.AsNoTracking().Where(o => counties.Contains(o.Id)).ToDictionaryAsync(o => o.Id, cancellationToken);
        var lines = await db.LinesOfAsync([.. rows.Select(row => row.Path)], cancellationToken);
        return [.. rows.Select(row => (Row: row, Latest: latest.GetValueOrDefault(row.Id))).Select(county => new CountyResponse(
            new(county.Row.Id, county.Row.NameZh, county.Row.NameEn), county.Row.Code, county.Row.Owed, county.Row.Arrived, county.Latest?.ToResponse(gaps),
            Acts(caller, organisations[county.Row.Id], lines[county.Row.Path], county.Row.Owed, county.Latest)))];
    }

    private static DispatchResponse ToResponse(this Dispatch dispatch, Dictionary<Guid, GapRow> gaps) => new(
        dispatch.Id, dispatch.Round, dispatch.State, dispatch.SentAt, dispatch.SentBy, dispatch.DecidedAt, dispatch.DecidedBy, dispatch.Note, dispatch.Version,
        [.. dispatch.Gaps.Select(gap => (Gap: gap, Row: gaps.GetValueOrDefault(gap.ReportId))).OrderBy(g => g.Row?.Code, StringComparer.Ordinal).ThenBy(g => g.Gap.ReportId)
            .Select(g => new GapResponse(g.Gap.ReportId, new(g.Gap.OrganisationId, g.Row?.NameZh, g.Row?.NameEn), g.Row?.Code, g.Gap.Code, g.Gap.Text, g.Row?.ArrivedAt))]);

    private static DispatchActResponse[] Acts(Caller caller, Organisation county, ReviewLine line, int owed, Dispatch? latest)
    {
        var sending = DispatchRights.RefuseSending(caller, county)
            ?? (latest?.State is DispatchState.Complete or DispatchState.Allowed ? DispatchProblems.SentAlready : owed == 0 ? DispatchProblems.NothingOwed : null);
        var deciding = DispatchRights.RefuseDeciding(caller, county.Path, line) ?? (latest is null ? DispatchProblems.NothingToDecide : latest.RefuseDecision(caller.PersonId));
        return [new("send", sending is null, sending?.Detail), new("decide", deciding is null, deciding?.Detail)];
    }

    private static async Task<Dictionary<Guid, GapRow>> GapsAsync(this SupervisionDbContext db, Guid cycleId, Guid[] reportIds, CancellationToken cancellationToken) =>
        reportIds.Length == 0 ? [] : await db.Database.SqlQuery<GapRow>($"""
            select w.report_id as "ReportId", o.code as "Code", o.name_zh as "NameZh", o.name_en as "NameEn", case when p.passed = cardinality(w.module_keys) then p.at end as "ArrivedAt"
            from roster w left join organisations o on o.id = w.organisation_id
            cross join lateral (
              select count(*) as passed, max((select max(e.at) from review_entries e where e.review_id = r.id and e.level = 'county' and e.act = 'approve')) as at
              from reviews r where r.report_id = w.report_id and r.module_key = any(w.module_keys) and r.state in ('city-review', 'province-review', 'accepted')) p
            where w.cycle_id = {cycleId} and w.report_id = any({reportIds})
            """).ToDictionaryAsync(row => row.ReportId, cancellationToken);

    private sealed record CountyRow(Guid Id, string? Code, string? NameZh, string? NameEn, string Path, int Owed, int Arrived);

    private sealed record GapRow(Guid ReportId, string? Code, string? NameZh, string? NameEn, DateTimeOffset? ArrivedAt);
}
