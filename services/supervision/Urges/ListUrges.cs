using Gengdu.Audit;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Gengdu.Supervision.Clocks;
using Gengdu.Supervision.Data;
using Gengdu.Supervision.Reviews;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Supervision.Urges;

/// <summary>Who urged whom about what, and what came of it.</summary>
/// <param name="Holder">Who was urged.</param>
/// <param name="ByOrganisation">Who urged.</param>
/// <param name="Words">Sent along.</param>
/// <param name="DeliveredAt">When its people were told; null while it waits for the morning.</param>
/// <param name="People">How many were told; 0 where nobody holds the role.</param>
/// <param name="Answer">Null while nobody has acknowledged it.</param>
public sealed record UrgeResponse(
    Guid Id, Guid BatchId, Guid CycleId, HeldState State, ActingOrganisation Holder, ReviewLevel HolderLevel, ActingOrganisation ByOrganisation, Guid By, string? Words,
    int Reports, int Modules, DateTimeOffset OldestSince, Guid ReportId, DateTimeOffset RaisedAt, DateTimeOffset DeliverAt, DateTimeOffset? DeliveredAt, int People, PromiseResponse? Answer);

/// <param name="DoneBy">The end of the countdown.</param>
public sealed record PromiseResponse(Guid By, DateTimeOffset At, DateTimeOffset DoneBy);

/// <param name="CycleId">Of one cycle.</param>
/// <param name="OrganisationId">Of holders in this organisation's subtree.</param>
internal sealed record UrgeFilter(Guid? CycleId, Guid? OrganisationId);

internal static class ListUrges
{
    public static async Task<Results<Ok<Page<UrgeResponse>>, ProblemHttpResult>> HandleAsync(
        [AsParameters] UrgeFilter filter, [AsParameters] PageRequest page, Caller caller, SupervisionDbContext db, AuditTrail trail, CancellationToken cancellationToken)
    {
        var place = filter.OrganisationId is { } id ? await db.Organisations.Where(o => o.Id == id).Select(o => o.Path).FirstOrDefaultAsync(cancellationToken) : null;
        if (filter.OrganisationId is not null && (place is null || !caller.Sees(place)))
        {
            return GeneralProblems.NotFound.ToHttpResult();
        }

        var urges = db.Urges.AsNoTracking().VisibleTo(caller, u => u.HolderPath, ReviewRoles.Readers).Where(u => filter.CycleId == null || u.CycleId == filter.CycleId);
        urges = place is null ? urges : urges.Under(place, u => u.HolderPath);
        var total = await urges.CountAsync(cancellationToken);
        var found = await urges.OrderByDescending(u => u.RaisedAt).ThenBy(u => u.HolderPath).ThenBy(u => u.Id).Skip(page.Skip()).Take(page.Size()).ToListAsync(cancellationToken);
        await trail.SawAsync("urge", filter.CycleId, place ?? caller.PlaceOf(found.Select(u => u.HolderPath)), found.Count, filter);
        return TypedResults.Ok(new Page<UrgeResponse>(await found.ToResponsesAsync(db, cancellationToken), page.Number(), page.Size(), total));
    }

    public static async Task<IReadOnlyList<UrgeResponse>> ToResponsesAsync(this IReadOnlyList<Urge> urges, SupervisionDbContext db, CancellationToken cancellationToken)
    {
        var names = await db.NamesAsync(urges.SelectMany(u => new[] { u.HolderId, u.ByOrganisationId }), cancellationToken);
        return [.. urges.Select(u => new UrgeResponse(u.Id, u.BatchId, u.CycleId, u.State, names(u.HolderId), u.HolderLevel, names(u.ByOrganisationId), u.By, u.Words, u.Reports, u.Modules,
            u.OldestSince, u.ReportId, u.RaisedAt, u.DeliverAt, u.DeliveredAt, u.People, u.Answer.ToResponse()))];
    }

    public static PromiseResponse? ToResponse(this Answer? answer) => answer is null ? null : new(answer.By, answer.At, answer.DoneBy);

    /// <summary>Names of organisations, in one query.</summary>
    public static async Task<Func<Guid, ActingOrganisation>> NamesAsync(this SupervisionDbContext db, IEnumerable<Guid> organisationIds, CancellationToken cancellationToken)
    {
        var ids = organisationIds.Distinct().ToArray();
        var names = await db.Organisations.Where(o => ids.Contains(o.Id)).Select(o => new ActingOrganisation(o.Id, o.NameZh, o.NameEn)).ToDictionaryAsync(o => o.Id, cancellationToken);
        return id => names.GetValueOrDefault(id) ?? new(id, null, null);
    }
}
