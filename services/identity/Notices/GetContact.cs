using Gengdu.Identity.Data;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Identity.Notices;

/// <summary>How the caller is told of what happens. Shown to the person alone.</summary>
/// <param name="Mail">"daily", "hourly", "at-once" or "off", for what is not urgent; urgent ones come at once unless off.</param>
/// <param name="Sms">Urgent ones by message too.</param>
/// <param name="QuietFrom">Hour, Asia/Shanghai; the same as <paramref name="QuietTo"/> for none.</param>
/// <param name="MailFault">Why mail to this address came back; nothing is sent there until it is changed.</param>
/// <param name="MailProved">A code that came there was typed in; until then nothing else goes there.</param>
/// <param name="MailCodeUntil">A code is on its way and can be typed in until then.</param>
/// <param name="Ways">Which ways this installation has: "mail", "sms".</param>
/// <param name="GivenUp">How many deliveries to this person could not be brought in the last month.</param>
internal sealed record ContactResponse(
    string? Email, string? Phone, string Language, string Mail, bool Sms, int QuietFrom, int QuietTo, int DigestHour,
    string? MailFault, string? PhoneFault, IReadOnlyList<string> Ways, int GivenUp,
    bool MailProved, bool PhoneProved, DateTimeOffset? MailCodeUntil, DateTimeOffset? PhoneCodeUntil);

internal static class GetContact
{
    public static async Task<Results<Ok<ContactResponse>, ProblemHttpResult>> HandleAsync(Caller caller, IdentityDbContext db, IEnumerable<IChannel> channels, TimeProvider clock, CancellationToken cancellationToken) =>
        await ReadAsync(caller.PersonId, db, channels, clock.GetUtcNow(), cancellationToken) is { } contact ? TypedResults.Ok(contact) : GeneralProblems.NotFound.ToHttpResult();

    public static async Task<ContactResponse?> ReadAsync(Guid personId, IdentityDbContext db, IEnumerable<IChannel> channels, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var person = await db.People.AsNoTracking().Where(p => p.Id == personId).Select(p => new { p.Email, p.PhoneNumber }).SingleOrDefaultAsync(cancellationToken);
        if (person is null)
        {
            return null;
        }

        var s = await db.NoticeSettings.AsNoTracking().SingleOrDefaultAsync(s => s.PersonId == personId, cancellationToken) ?? new();
        var codes = await db.ContactCodes.AsNoTracking().Where(c => c.PersonId == personId).ToListAsync(cancellationToken);
        var dead = await db.Deliveries.CountAsync(d => d.PersonId == personId && d.State == DeliveryState.Dead, cancellationToken);
        return new(person.Email, person.PhoneNumber, s.Language, NoticeSettings.Key(s.Mail), s.Sms, s.QuietFrom, s.QuietTo, s.DigestHour, s.MailFault, s.PhoneFault,
            [.. channels.Select(channel => channel.Name).Where(name => name is Channels.Mail or Channels.Sms).Order()], dead,
            s.MailProvedAt is not null, s.PhoneProvedAt is not null, codes.Find(c => c.Channel == Channels.Mail)?.Until(now), codes.Find(c => c.Channel == Channels.Sms)?.Until(now));
    }
}
