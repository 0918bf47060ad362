using Gengdu.Identity.Data;
using Gengdu.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Identity.Notices;

/// <summary>
/// Sends what is due, each channel by itself: a mail server that hangs holds up no message. Never part of a request; several
/// replicas work side by side. What was sent and not yet written down when the process died is sent again under the same id.
/// </summary>
internal sealed partial class DeliverySender(IServiceScopeFactory scopes, IEnumerable<IChannel> channels, PostgresReadiness postgres, TimeProvider clock, ILogger<DeliverySender> logger) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan WhileAway = TimeSpan.FromSeconds(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await postgres.WhenReadyAsync(stoppingToken);
        await Task.WhenAll(channels.Select(channel => WorkAsync(channel, stoppingToken)));
    }

    private async Task WorkAsync(IChannel channel, CancellationToken cancellationToken)
    {
        for (var failures = 0; !cancellationToken.IsCancellationRequested;)
        {
            var wait = Every;
            try
            {
                var sent = await SendDueAsync(channel, cancellationToken);
                failures = 0;
                wait = sent is null ? WhileAway : sent > 0 ? TimeSpan.Zero : Every;
            }
            catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
            {
                // Whatever it was: the notices of everybody else wait behind it.
                Rounds.Failed($"deliveries-{channel.Name}", logger, fault, ++failures);
            }

            if (wait > TimeSpan.Zero)
            {
                await Task.Delay(wait, clock, cancellationToken);
            }
        }
    }

    /// <returns>How many messages were tried; null when nobody is reached this way now.</returns>
    internal async Task<int?> SendDueAsync(IChannel channel, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var queue = scope.ServiceProvider.GetRequiredService<DeliveryQueue>();
        var db = scope.ServiceProvider.GetRequiredService<IdentityDbContext>();
        var taken = await queue.TakeAsync(channel.Name, cancellationToken);
        await DropOldCodesAsync(db, taken, clock.GetUtcNow(), cancellationToken);
        var (messages, lost) = await AddressedAsync(db, channel, taken, cancellationToken);
        if (lost.Count > 0)
        {
            await queue.SettleAsync(lost, new Outcome.Failed("no-address"), cancellationToken);
        }

        var away = false;
        var tried = new HashSet<Guid>(lost.Select(d => d.Id));
        await channel.SendAsync(messages, async (message, outcome) =>
        {
            tried.UnionWith(message.Deliveries.Select(d => d.Id));
            if (outcome is not Outcome.Sent)
            {
                Log.NotSent(logger, channel.Name, message.Id, outcome.GetType().Name, outcome.ToString());
            }

            away |= outcome is Outcome.Away;
            await queue.SettleAsync(message.Deliveries, outcome, CancellationToken.None);
        }, cancellationToken);

        var rest = taken.Where(d => !tried.Contains(d.Id)).ToList();
        if (rest.Count > 0)
        {
            await queue.SettleAsync(rest, new Outcome.Away("away"), CancellationToken.None);
        }

        return away ? null : messages.Count;
    }

    // After an hour without the mail server a code of then would only puzzle whoever reads it.
    private static async Task DropOldCodesAsync(IdentityDbContext db, List<Delivery> taken, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var old = taken.Where(d => d.Kind == ContactCode.Kind && d.RaisedAt < now - ContactCode.Lifetime).Select(d => d.Id).ToArray();
        if (old.Length > 0)
        {
            await db.Deliveries.Where(d => old.Contains(d.Id)).ExecuteDeleteAsync(cancellationToken);
            taken.RemoveAll(d => old.Contains(d.Id));
        }
    }

    private static async Task<(List<Outgoing> Messages, List<Delivery> Lost)> AddressedAsync(IdentityDbContext db, IChannel channel, List<Delivery> taken, CancellationToken cancellationToken)
    {
        var ids = taken.Select(d => d.PersonId).Distinct().ToArray();
        // Now, not when it was planned: addresses change, people leave.
        var people = await db.People.AsNoTracking().Where(p => ids.Contains(p.Id) && p.DisabledAt == null).Select(p => new { p.Id, p.Email, p.PhoneNumber }).ToDictionaryAsync(p => p.Id, cancellationToken);
        var settings = await db.NoticeSettings.AsNoTracking().Where(s => ids.Contains(s.PersonId)).ToDictionaryAsync(s => s.PersonId, cancellationToken);
        var (messages, lost) = (new List<Outgoing>(), new List<Delivery>());
        foreach (var person in taken.GroupBy(d => d.PersonId))
        {
            var to = channel.Name switch { Channels.Mail => people.GetValueOrDefault(person.Key)?.Email, Channels.Sms => people.GetValueOrDefault(person.Key)?.PhoneNumber, _ => "" };
            if (to is null)
            {
                lost.AddRange(person);
                continue;
            }

            // The address may have changed since it was planned: until the new one is proved, only a code goes there.
            var proved = channel.Name is not (Channels.Mail or Channels.Sms) || settings.GetValueOrDefault(person.Key)?.ProvedAt(channel.Name) is not null;
            var mayGo = person.Where(d => proved || d.Kind == ContactCode.Kind).ToList();
            lost.AddRange(person.Except(mayGo));
            if (mayGo.Count == 0)
            {
                continue;
            }

            var ordered = mayGo.OrderByDescending(d => d.Urgent).ThenBy(d => d.RaisedAt).ThenBy(d => d.Id).ToList();
            foreach (var part in channel.Gathers ? [ordered] : ordered.Select(d => new List<Delivery> { d }))
            {
                messages.Add(new(part.Min(d => d.Id).ToString("N"), to, settings.GetValueOrDefault(person.Key)?.Language ?? "zh", part));
            }
        }

        return (messages, lost);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "{Channel}: {Message} was not sent ({Outcome}): {Reason}")]
        public static partial void NotSent(ILogger logger, string channel, string message, string outcome, string? reason);
    }
}
