using Gengdu.Audit;
using Gengdu.Identity.Data;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Identity.Notices;

/// <param name="Channel">"mail" or "sms".</param>
internal sealed record AskContactCodeRequest(string Channel);

/// <summary>Sends a code to the caller's own address, by the senders and not by this request.</summary>
internal static class AskContactCode
{
    public static async Task<Results<Ok<ContactResponse>, ProblemHttpResult>> HandleAsync(
        AskContactCodeRequest request, Caller caller, IdentityDbContext db, IEnumerable<IChannel> channels, TimeProvider clock, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        // One after the other for one person: two at once would both be the first of a minute.
        var person = await db.People.FromSql($"select * from people where id = {caller.PersonId} for update").SingleOrDefaultAsync(cancellationToken);
        if (person is null)
        {
            return GeneralProblems.NotFound.ToHttpResult();
        }

        if (request.Channel is not (Channels.Mail or Channels.Sms) || channels.All(one => one.Name != request.Channel))
        {
            return NoticeProblems.NoSuchWay.ToHttpResult();
        }

        var settings = await db.NoticeSettings.AsNoTracking().SingleOrDefaultAsync(s => s.PersonId == person.Id, cancellationToken);
        if (person.AddressOf(request.Channel) is null || settings?.ProvedAt(request.Channel) is not null)
        {
            return NoticeProblems.NothingToProve.ToHttpResult();
        }

        var kept = await db.ContactCodes.AsTracking().SingleOrDefaultAsync(c => c.PersonId == person.Id && c.Channel == request.Channel, cancellationToken);
        if (kept is null)
        {
            db.Add(kept = ContactCode.Of(person.Id, request.Channel));
        }

        var code = ContactCode.Draw();
        if (kept.Renew(code, now) is { } problem)
        {
            return problem.ToHttpResult();
        }

        await db.Deliveries.Where(d => d.PersonId == person.Id && d.Channel == request.Channel && d.Kind == ContactCode.Kind).ExecuteDeleteAsync(cancellationToken);
        db.Add(Delivery.OfCode(person.Id, request.Channel, code, now));
        db.Audit(AuditAct.Of(caller, "contact.code-asked", person.Id, caller.PlaceOf(caller.Rights.Select(right => right.Path)), new { request.Channel }), now);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return TypedResults.Ok((await GetContact.ReadAsync(person.Id, db, channels, now, cancellationToken))!);
    }
}
