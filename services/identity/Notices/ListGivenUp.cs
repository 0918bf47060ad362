using Gengdu.Audit;
using Gengdu.Identity.Data;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Identity.Notices;

/// <summary>A delivery that was given up: who, by which way, why; no address and no text.</summary>
/// <param name="PersonName">Null for somebody who was erased.</param>
/// <param name="OrganisationZh">What it is about; null where that is not known, and for codes.</param>
/// <param name="Fault">The receiver's status, or what stood in the way.</param>
internal sealed record GivenUpDelivery(Guid Id, Guid PersonId, string Channel, string Kind, Guid OrganisationId, DateTimeOffset RaisedAt, DateTimeOffset GivenUpAt, int Attempts, string? Fault,
    string? PersonName, string? OrganisationZh, string? OrganisationEn);

/// <summary>For the administrator of the province, who looks after the mail server and the webhooks.</summary>
internal static class ListGivenUp
{
    public static async Task<Results<Ok<Page<GivenUpDelivery>>, ProblemHttpResult>> HandleAsync([AsParameters] PageRequest page, Caller caller, IdentityDbContext db, AuditTrail trail, CancellationToken cancellationToken)
    {
        if (!MayLookAfter(caller))
        {
            return GeneralProblems.Forbidden.ToHttpResult();
        }

        var dead = db.Deliveries.AsNoTracking().Where(d => d.State == DeliveryState.Dead);
        var total = await dead.CountAsync(cancellationToken);
        var found = await dead.OrderByDescending(d => d.SettledAt).ThenBy(d => d.Id).Skip(page.Skip()).Take(page.Size())
            .Select(d => new GivenUpDelivery(d.Id, d.PersonId, d.Channel, d.Kind, d.OrganisationId, d.RaisedAt, d.SettledAt!.Value, d.Attempts, d.Fault,
                db.People.Where(p => p.Id == d.PersonId).Select(p => p.DisplayName).FirstOrDefault(),
                db.Organisations.Where(o => o.Id == d.OrganisationId).Select(o => o.NameZh).FirstOrDefault(), db.Organisations.Where(o => o.Id == d.OrganisationId).Select(o => o.NameEn).FirstOrDefault())).ToListAsync(cancellationToken);
        await trail.SawAsync("delivery", null, caller.PlaceOf(caller.Rights.Select(right => right.Path)), found.Count);
        return TypedResults.Ok(new Page<GivenUpDelivery>(found, page.Number(), page.Size(), total));
    }

    public static bool MayLookAfter(Caller caller) => caller.Rights.Any(right => right.Role == Roles.Administrator && right.LevelRoles.Contains("province"));
}
