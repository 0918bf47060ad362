using Gengdu.Contracts.Supervision.V1;
using Gengdu.Identity.Data;
using Gengdu.Messaging;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Gengdu.Identity.Notices;

/// <summary>
/// Plans how a notice reaches its person: one delivery for each channel there is, due when the person's settings say. Nothing
/// is sent here. Doubled or late it plans nothing twice; older than a week, or without an address that was proved, it stays in the web app.
/// </summary>
internal sealed class NoticeRaisedConsumer(IdentityDbContext db, IEnumerable<IChannel> channels, IOptions<NoticeOptions> options, TimeProvider clock) : IConsumer<NoticeRaised>
{
    public async Task Consume(ConsumeContext<NoticeRaised> context)
    {
        var (notice, now, cancellationToken) = (context.Message, clock.GetUtcNow(), context.CancellationToken);
        if (notice.RaisedAt < now - Delivery.TooLate || await db.Deliveries.AnyAsync(d => d.NoticeId == notice.NoticeId, cancellationToken))
        {
            return;
        }

        // Two first deliveries at once meet at the unique index; the loser is tried again and finds the rows.
        var person = await db.People.AsNoTracking().FirstOrDefaultAsync(p => p.Id == notice.PersonId && p.DisabledAt == null, cancellationToken);
        var settings = await db.NoticeSettings.AsNoTracking().FirstOrDefaultAsync(s => s.PersonId == notice.PersonId, cancellationToken) ?? new();
        if (Has(Channels.Mail) && person?.Email is not null && settings.MailProvedAt is not null && settings.MailFault is null && settings.MailDue(notice.Urgent, now) is { } mail)
        {
            db.Add(Delivery.Of(notice, Channels.Mail, mail, now));
        }

        if (Has(Channels.Sms) && person?.PhoneNumber is not null && settings.PhoneProvedAt is not null && settings.PhoneFault is null && settings.SmsDue(notice.Urgent, now) is { } message)
        {
            db.Add(Delivery.Of(notice, Channels.Sms, message, now));
        }

        var path = options.Value.Webhooks.Count == 0 ? null : await db.Organisations.Where(o => o.Id == notice.OrganisationId).Select(o => o.Path).FirstOrDefaultAsync(cancellationToken);
        foreach (var (name, hook) in options.Value.Webhooks)
        {
            if ((hook.Kinds.Count == 0 || hook.Kinds.Contains(notice.Kind)) && await HearsOfAsync(hook, path, cancellationToken))
            {
                db.Add(Delivery.Of(notice, Channels.WebhookPrefix + name, now, now));
            }
        }
    }

    // Only ways that there are: what nobody sends would wait for ever.
    private bool Has(string channel) => channels.Any(one => one.Name == channel);

    private async Task<bool> HearsOfAsync(WebhookOptions hook, string? path, CancellationToken cancellationToken) =>
        hook.OrganisationId is not { } root || (path is not null && await db.Organisations.AnyAsync(o => o.Id == root && path.StartsWith(o.Path), cancellationToken));

    internal sealed class Definition : ConsumerDefinition<NoticeRaisedConsumer>
    {
        public Definition() => EndpointName = "identity-notice-raised";

        protected override void ConfigureConsumer(IReceiveEndpointConfigurator endpointConfigurator, IConsumerConfigurator<NoticeRaisedConsumer> consumerConfigurator, IRegistrationContext context) =>
            endpointConfigurator.UseInbox(context);
    }
}
