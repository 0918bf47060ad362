using Gengdu.Audit;
using Gengdu.Identity.Data;
using Gengdu.Identity.Protocol;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Identity.Notices;

/// <param name="Channel">"mail" or "sms".</param>
/// <param name="Code">Six digits, as they came.</param>
internal sealed record ProveContactRequest(string Channel, string Code);

/// <summary>The code that came to the address is typed in: from now on notices go there.</summary>
internal static class ProveContact
{
    public static async Task<Results<Ok<ContactResponse>, ProblemHttpResult>> HandleAsync(
        ProveContactRequest request, Caller caller, IdentityDbContext db, IEnumerable<IChannel> channels, TimeProvider clock, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        // Tries count one by one, whoever asks in parallel.
        var person = await db.People.FromSql($"select * from people where id = {caller.PersonId} for update").SingleOrDefaultAsync(cancellationToken);
        if (person is null)
        {
            return GeneralProblems.NotFound.ToHttpResult();
        }

        var kept = await db.ContactCodes.AsTracking().SingleOrDefaultAsync(c => c.PersonId == person.Id && c.Channel == request.Channel, cancellationToken);
        var problem = kept is null ? NoticeProblems.CodeOver : kept.Use(TypedCode.Plain(request.Code), now);
        if (problem is null)
        {
            var settings = await db.NoticeSettings.AsTracking().SingleOrDefaultAsync(s => s.PersonId == person.Id, cancellationToken);
            if (settings is null)
            {
                db.Add(settings = new() { PersonId = person.Id });
            }

            settings.Prove(request.Channel, now);
            await db.Deliveries.Where(d => d.PersonId == person.Id && d.Channel == request.Channel && d.Kind == ContactCode.Kind).ExecuteDeleteAsync(cancellationToken);
            db.Audit(AuditAct.Of(caller, "contact.proved", person.Id, caller.PlaceOf(caller.Rights.Select(right => right.Path)), new { request.Channel }), now);
        }

        // A wrong one is kept too: it counts.
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return problem is null ? TypedResults.Ok((await GetContact.ReadAsync(person.Id, db, channels, now, cancellationToken))!) : problem.ToHttpResult();
    }
}
