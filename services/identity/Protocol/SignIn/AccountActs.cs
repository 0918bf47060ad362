using System.Net;
using System.Text.Json;
using Gengdu.Audit;
using Gengdu.Identity.Data;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Identity.Protocol.SignIn;

/// <summary>
/// What happens to an account, for the audit: at the place nearest to the province that its person has a role at. Every question
/// is asked for a name that nobody has too, so that the time tells nothing. A name that was typed is never kept: people type
/// passwords there.
/// </summary>
internal sealed class AccountActs(IdentityDbContext db, AuditTrail trail)
{
    /// <summary>An act on the person's own account.</summary>
    public async Task<AuditAct> OfAsync(Guid personId, string act, object? details, CancellationToken cancellationToken, IPAddress? from = null) =>
        AuditAct.By(personId, act, personId, await PlaceAsync(personId, cancellationToken), details) with
        {
            Personal = from is null ? null : JsonSerializer.Serialize(new { address = from.ToString() }),
            PersonalOf = from is null ? null : personId,
        };

    /// <summary>Tried in vain. Who tried is not known; <paramref name="account"/> is whose account it was, or what stands for the name.</summary>
    public async Task FailedAsync(Guid account, string act, string reason, CancellationToken cancellationToken, IPAddress? from = null) =>
        await trail.WriteAsync(await OfAsync(account, act, new { reason }, cancellationToken, from) with { ActorId = null, Outcome = AuditOutcome.Failed });

    private Task<string?> PlaceAsync(Guid personId, CancellationToken cancellationToken) => db.Assignments.Where(a => a.PersonId == personId && !a.Removed)
        .Join(db.Organisations, a => a.OrganisationId, o => o.Id, (a, o) => o.Path).OrderBy(path => path.Length).ThenBy(path => path).FirstOrDefaultAsync(cancellationToken)!;
}
