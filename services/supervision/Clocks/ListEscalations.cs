using Gengdu.Audit;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Gengdu.Supervision.Data;
using Gengdu.Supervision.Reviews;
using Gengdu.Supervision.Urges;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Supervision.Clocks;

/// <summary>One climbed step: who was late, who was told, what came of it.</summary>
/// <param name="Holder">Who is late.</param>
/// <param name="Told">Who was told; the holder itself at the first step.</param>
/// <param name="Step">1-based.</param>
/// <param name="AnswerBy">Without an acknowledgement until then the next step follows.</param>
/// <param name="Answer">Null while nobody has acknowledged it.</param>
/// <param name="EndedAt">When nothing late was left.</param>
public sealed record EscalationResponse(
    Guid Id, Guid CycleId, HeldState State, ActingOrganisation Holder, ReviewLevel HolderLevel, int Episode, int Step, ActingOrganisation Told, ReviewLevel ToldLevel, int Reports, int Modules,
    DateTimeOffset OldestSince, Guid ReportId, DateTimeOffset RaisedAt, DateTimeOffset DeliverAt, DateTimeOffset? DeliveredAt, DateTimeOffset AnswerBy, PromiseResponse? Answer, DateTimeOffset? EndedAt);

/// <param name="CycleId">Of one cycle.</param>
/// <param name="OrganisationId">Of holders in this organisation's subtree.</param>
/// <param name="Open">Only those that go on (true), or only ended ones (false).</param>
internal sealed record EscalationFilter(Guid? CycleId, Guid? OrganisationId, bool? Open);

internal static class ListEscalations
{
    public static async Task<Results<Ok<Page<EscalationResponse>>, ProblemHttpResult>> HandleAsync(
        [AsParameters] EscalationFilter filter, [AsParameters] PageRequest page, Caller caller, SupervisionDbContext db, AuditTrail trail, CancellationToken cancellationToken)
    {
        var place = filter.OrganisationId is { } id ? await db.Organisations.Where(o => o.Id == id).Select(o => o.Path).FirstOrDefaultAsync(cancellationToken) : null;
        if (filter.OrganisationId is not null && (place is null || !caller.Sees(place)))
        {
            return GeneralProblems.NotFound.ToHttpResult();
        }

        var escalations = db.Escalations.AsNoTracking().VisibleTo(caller, e => e.HolderPath, ReviewRoles.Readers)
            .Where(e => filter.CycleId == null || e.CycleId == filter.CycleId).Where(e => filter.Open == null || filter.Open == (e.EndedAt == null));
        escalations = place is null ? escalations : escalations.Under(place, e => e.HolderPath);
        var total = await escalations.CountAsync(cancellationToken);
        var found = await escalations.OrderByDescending(e => e.RaisedAt).ThenBy(e => e.HolderPath).ThenBy(e => e.Id).Skip(page.Skip()).Take(page.Size()).ToListAsync(cancellationToken);
        await trail.SawAsync("escalation", filter.CycleId, place ?? caller.PlaceOf(found.Select(e => e.HolderPath)), found.Count, filter);
        return TypedResults.Ok(new Page<EscalationResponse>(await found.ToResponsesAsync(db, cancellationToken), page.Number(), page.Size(), total));
    }

    public static async Task<IReadOnlyList<EscalationResponse>> ToResponsesAsync(this IReadOnlyList<Escalation> escalations, SupervisionDbContext db, CancellationToken cancellationToken)
    {
        var names = await db.NamesAsync(escalations.SelectMany(e => new[] { e.HolderId, e.ToldId }), cancellationToken);
        return [.. escalations.Select(e => new EscalationResponse(e.Id, e.CycleId, e.State, names(e.HolderId), e.HolderLevel, e.Episode, e.Step, names(e.ToldId), e.ToldLevel, e.Reports, e.Modules,
            e.OldestSince, e.ReportId, e.RaisedAt, e.DeliverAt, e.DeliveredAt, e.AnswerBy, e.Answer.ToResponse(), e.EndedAt))];
    }
}
