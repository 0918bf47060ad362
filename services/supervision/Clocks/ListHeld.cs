using System.ComponentModel.DataAnnotations;
using Gengdu.Audit;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Gengdu.Supervision.Data;
using Gengdu.Supervision.Reviews;
using Gengdu.Supervision.Urges;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Gengdu.Supervision.Clocks;

/// <summary>One report in one state: a row of the list behind a cell of the board.</summary>
/// <param name="Organisation">Who reports.</param>
/// <param name="Holder">Who holds it; null when the line has nobody of that level.</param>
/// <param name="Since">Since when the oldest of its modules stands there.</param>
/// <param name="Days">Working days since.</param>
/// <param name="ExtendedUntil">Until when the reporting organisation was given more time; null when it was not, or somebody else holds it.</param>
/// <param name="UrgedAt">When the holder was last urged about this state in this cycle.</param>
/// <param name="MayUrge">Whether the caller may urge the holder now and, if not, why.</param>
public sealed record HeldReportResponse(
    Guid ReportId, HeldState State, ReviewOrganisation Organisation, ActingOrganisation? Holder, int Modules, DateTimeOffset Since, int Days, DateTimeOffset? ExtendedUntil, DateTimeOffset? UrgedAt, UrgeAct MayUrge);

/// <summary>Whether it may be done and, if not, the reason.</summary>
public sealed record UrgeAct(bool Allowed, Text? Reason);

/// <param name="CycleId">Required.</param>
/// <param name="OrganisationId">A place; without it the caller's own.</param>
/// <param name="State">"not-submitted", "returned", "county-review", "city-review", "province-review" or "accepted".</param>
/// <param name="Band">Column of the board, from 0.</param>
/// <param name="AtLeastDays">Held for so many working days or more, counted from the end of more time that was given.</param>
internal sealed record HeldFilter(
    Guid CycleId, Guid? OrganisationId, [property: RegularExpression("^(not-submitted|returned|county-review|city-review|province-review|accepted)$")] string State, int? Band, int? AtLeastDays);

internal static class ListHeld
{
    private const string Sql = $"""
        with {HeldReports.Sql}, page as materialized (
          select count(*) over ()::int as total, h.* from held h where h.state = @state and h.since < @before and h.since >= @after and h.counts_from < @late
          order by h.since, h.path, h.report_id offset @skip limit @take
        )
        select h.total as "Total", h.report_id as "ReportId", h.organisation_id as "OrganisationId", h.path as "Path", h.modules as "Modules", h.since as "Since", h.extended_until as "ExtendedUntil",
          own.code as "Code", own.name_zh as "NameZh", own.name_en as "NameEn",
          holder.id as "HolderId", holder.path as "HolderPath", holder.level as "HolderLevel", holder.name_zh as "HolderZh", holder.name_en as "HolderEn", u.raised_at as "UrgedAt"
        from page h left join organisations own on own.id = h.organisation_id left join lateral {HeldReports.Holder} holder on true
        left join lateral (select max(raised_at) as raised_at from urges u where u.cycle_id = @cycle and u.state = @state and u.holder_id = holder.id and u.holder_level = holder.level) u on true
        order by h.since, h.path, h.report_id
        """;

    public static async Task<Results<Ok<Page<HeldReportResponse>>, ProblemHttpResult>> HandleAsync(
        [AsParameters] HeldFilter filter, [AsParameters] PageRequest page, Caller caller, SupervisionDbContext db, UrgeLimit limit, AuditTrail trail, TimeProvider clock,
        CancellationToken cancellationToken)
    {
        if (HeldStates.Find(filter.State) is not { } state || filter.Band is < 0 or > 4 || filter.AtLeastDays is < 0 or > 400)
        {
            return GeneralProblems.BadRequest($"state: {string.Join(", ", HeldStates.All.Select(one => one.Key()))}; band: 0–4; atLeastDays: 0–400").ToHttpResult();
        }

        var (place, scope, problem) = await BoardPlaces.FindAsync(db, caller, filter.OrganisationId, cancellationToken);
        if (place is null)
        {
            return problem!.ToHttpResult();
        }

        var now = clock.GetUtcNow();
        var (after, before) = Between(filter, now);
        var found = await db.Database.SqlQueryRaw<Row>(Sql, [.. HeldReports.Of(filter.CycleId, scope), .. HeldReports.At(state), new NpgsqlParameter<DateTimeOffset>("before", before),
            new NpgsqlParameter<DateTimeOffset>("after", after), new NpgsqlParameter<DateTimeOffset>("late", filter.AtLeastDays is { } least ? HeldDays.Before(least, now) : DateTimeOffset.MaxValue),
            new NpgsqlParameter<int>("skip", page.Skip()), new NpgsqlParameter<int>("take", page.Size())]).ToListAsync(cancellationToken);
        HeldReportResponse Response(Row row) => new(row.ReportId, state, new(row.OrganisationId, row.Code, row.NameZh, row.NameEn, row.Path),
            row.HolderId is { } holder ? new(holder, row.HolderZh, row.HolderEn) : null, row.Modules, row.Since, HeldDays.Of(row.Since, now), row.ExtendedUntil, row.UrgedAt,
            (row.HolderPath is null ? UrgeProblems.NobodyHolds : limit.Refuse(caller, state, row.HolderPath, ReviewKeys.Level(row.HolderLevel!), row.UrgedAt, now)) is { } refusal ? new(false, refusal.Detail) : new(true, null));
        await trail.SawAsync("held-report", filter.CycleId, place.Path, found.Count, filter);
        return TypedResults.Ok(new Page<HeldReportResponse>([.. found.Select(Response)], page.Number(), page.Size(), found.Count > 0 ? found[0].Total : 0));
    }

    /// <summary>The moments of a column, between which it has to have come.</summary>
    internal static (DateTimeOffset After, DateTimeOffset Before) Between(HeldFilter filter, DateTimeOffset now)
    {
        var edges = HeldBands.Edges(now);
        var before = filter.Band is { } band && band > 0 ? edges[band - 1] : DateTimeOffset.MaxValue;
        return (filter.Band is { } last && last < edges.Length ? edges[last] : DateTimeOffset.MinValue, before);
    }

    private sealed record Row(
        int Total, Guid ReportId, Guid OrganisationId, string Path, int Modules, DateTimeOffset Since, DateTimeOffset? ExtendedUntil, string? Code, string? NameZh, string? NameEn, Guid? HolderId, string? HolderPath, string? HolderLevel,
        string? HolderZh, string? HolderEn, DateTimeOffset? UrgedAt);
}
