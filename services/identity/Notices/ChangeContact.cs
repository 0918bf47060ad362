using Gengdu.Audit;
using Gengdu.Identity.Data;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Identity.Notices;

/// <param name="Email">Null or empty for none.</param>
/// <param name="Phone">A mobile number, or an international one with +.</param>
/// <param name="Language">"zh" or "en": of mails and messages.</param>
/// <param name="Mail">"daily", "hourly", "at-once" or "off".</param>
internal sealed record ChangeContactRequest(string? Email, string? Phone, string Language, string Mail, bool Sms, int QuietFrom, int QuietTo, int DigestHour);

/// <summary>The caller's own addresses and wishes. A changed address is tried anew, whatever the one before did.</summary>
internal static class ChangeContact
{
    public static async Task<Results<Ok<ContactResponse>, ProblemHttpResult>> HandleAsync(
        ChangeContactRequest request, Caller caller, IdentityDbContext db, IEnumerable<IChannel> channels, TimeProvider clock, CancellationToken cancellationToken)
    {
        var (email, phone) = (Trimmed(request.Email), Trimmed(request.Phone));
        var errors = Errors(request, email, phone).ToList();
        if (errors.Count > 0)
        {
            return GeneralProblems.Invalid(errors).ToHttpResult();
        }

        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var person = await db.People.FromSql($"select * from people where id = {caller.PersonId} for update").SingleOrDefaultAsync(cancellationToken);
        if (person is null)
        {
            return GeneralProblems.NotFound.ToHttpResult();
        }

        var settings = await db.NoticeSettings.SingleOrDefaultAsync(s => s.PersonId == person.Id, cancellationToken);
        if (settings is null)
        {
            db.Add(settings = new() { PersonId = person.Id });
        }

        (settings.MailFault, settings.MailFaultAt) = person.Email == email ? (settings.MailFault, settings.MailFaultAt) : (null, null);
        (settings.PhoneFault, settings.PhoneFaultAt) = person.PhoneNumber == phone ? (settings.PhoneFault, settings.PhoneFaultAt) : (null, null);
        foreach (var (channel, other) in new[] { (Channels.Mail, person.Email != email), (Channels.Sms, person.PhoneNumber != phone) })
        {
            if (other)
            {
                await UnproveAsync(db, settings, channel, cancellationToken);
            }
        }

        (settings.Language, settings.Mail, settings.Sms) = (request.Language, NoticeSettings.Rhythm(request.Mail)!.Value, request.Sms);
        (settings.QuietFrom, settings.QuietTo, settings.DigestHour) = (request.QuietFrom, request.QuietTo, request.DigestHour);
        // Which of them changed, never to what.
        var changed = new { mail = person.Email != email, phone = person.PhoneNumber != phone };
        person.Reach(email, phone);
        db.Audit(AuditAct.Of(caller, "contact.changed", person.Id, caller.PlaceOf(caller.Rights.Select(right => right.Path)), changed), clock.GetUtcNow());
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return TypedResults.Ok((await GetContact.ReadAsync(person.Id, db, channels, clock.GetUtcNow(), cancellationToken))!);
    }

    // What was on its way to the address of before, a code above all, does not go to the new one.
    private static async Task UnproveAsync(IdentityDbContext db, NoticeSettings settings, string channel, CancellationToken cancellationToken)
    {
        settings.Unprove(channel);
        (await db.ContactCodes.AsTracking().SingleOrDefaultAsync(c => c.PersonId == settings.PersonId && c.Channel == channel, cancellationToken))?.Forget();
        await db.Deliveries.Where(d => d.PersonId == settings.PersonId && d.Channel == channel && d.Kind == ContactCode.Kind).ExecuteDeleteAsync(cancellationToken);
    }

    private static string? Trimmed(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private static IEnumerable<FieldError> Errors(ChangeContactRequest request, string? email, string? phone)
    {
        if (email is not null && !MailAddresses.IsOne(email))
        {
            yield return new("email", "pattern", NoticeProblems.EmailShape);
        }

        if (phone is not null && !MailAddresses.IsPhone(phone))
        {
            yield return new("phone", "pattern", NoticeProblems.PhoneShape);
        }

        if (request.Language is not ("zh" or "en"))
        {
            yield return new("language", "option", NoticeProblems.LanguageOption);
        }

        if (NoticeSettings.Rhythm(request.Mail) is null)
        {
            yield return new("mail", "option", NoticeProblems.MailOption);
        }

        foreach (var (name, hour) in new[] { ("quietFrom", request.QuietFrom), ("quietTo", request.QuietTo), ("digestHour", request.DigestHour) })
        {
            if (hour is < 0 or > 23)
            {
                yield return new(name, "range", NoticeProblems.HourRange);
            }
        }
    }
}
