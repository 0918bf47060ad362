using Gengdu.Identity.Data;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Identity.Notices;

/// <summary>Takes what is due and writes down what came of it.</summary>
internal sealed class DeliveryQueue(IdentityDbContext db, TimeProvider clock)
{
    // A bound on a mail's time, ten people, and room to spare: nobody else takes what is still being sent.
    private const int PeopleAtOnce = 10;
    private const int MostTries = 12;
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan[] Waits = [TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15), TimeSpan.FromHours(1), TimeSpan.FromHours(4), TimeSpan.FromHours(12)];

    /// <summary>All that is due of some people: a person's digest is never torn between two senders, who wait for each other here.</summary>
    public async Task<List<Delivery>> TakeAsync(string channel, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtextextended({"deliveries " + channel}, 7306))", cancellationToken);
        var taken = await db.Deliveries.FromSql($"""
            with due as (
              select id, person_id, due_at from deliveries where channel = {channel} and state = 'waiting' and due_at <= {now} and (leased_until is null or leased_until < {now})
            ), people as (
              select person_id from due group by person_id order by min(due_at), person_id limit {PeopleAtOnce}
            )
            update deliveries set leased_until = {now + Lease} where id in (select d.id from due d join people using (person_id)) returning *
            """).AsNoTracking().ToListAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return taken;
    }

    public async Task SettleAsync(IReadOnlyList<Delivery> deliveries, Outcome outcome, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var ids = deliveries.Select(d => d.Id).ToArray();
        var rows = db.Deliveries.Where(d => ids.Contains(d.Id) && d.State == DeliveryState.Waiting);
        switch (outcome)
        {
            case Outcome.Sent:
                await rows.ExecuteUpdateAsync(set => set.SetProperty(d => d.State, DeliveryState.Sent).SetProperty(d => d.SettledAt, now).SetProperty(d => d.Fault, (string?)null), cancellationToken);
                break;
            case Outcome.Refused refused:
                await EndAsync(rows, refused.Reason, now, cancellationToken);
                await MarkAddressAsync(deliveries[0], refused.Reason, now, cancellationToken);
                break;
            case Outcome.Failed failed:
                foreach (var group in deliveries.GroupBy(d => d.Attempts))
                {
                    var some = group.Select(d => d.Id).ToArray();
                    var tried = db.Deliveries.Where(d => some.Contains(d.Id) && d.State == DeliveryState.Waiting);
                    await (group.Key + 1 >= MostTries ? EndAsync(tried, failed.Reason, now, cancellationToken)
                        : AgainAsync(tried, now + Waits[Math.Min(group.Key, Waits.Length - 1)], 1, failed.Reason, cancellationToken));
                }

                break;
            case Outcome.Away away:
                var tooLate = now - Delivery.TooLate;
                await EndAsync(rows.Where(d => d.RaisedAt < tooLate), away.Reason, now, cancellationToken);
                await AgainAsync(rows.Where(d => d.RaisedAt >= tooLate), now + Waits[0], 0, away.Reason, cancellationToken);
                break;
        }
    }

    private static Task<int> EndAsync(IQueryable<Delivery> rows, string reason, DateTimeOffset now, CancellationToken cancellationToken) =>
        rows.ExecuteUpdateAsync(set => set.SetProperty(d => d.State, DeliveryState.Dead).SetProperty(d => d.SettledAt, now).SetProperty(d => d.Fault, reason).SetProperty(d => d.Attempts, d => d.Attempts + 1), cancellationToken);

    private static Task<int> AgainAsync(IQueryable<Delivery> rows, DateTimeOffset dueAt, int counted, string reason, CancellationToken cancellationToken) =>
        rows.ExecuteUpdateAsync(set => set.SetProperty(d => d.DueAt, dueAt).SetProperty(d => d.LeasedUntil, (DateTimeOffset?)null)
            .SetProperty(d => d.Attempts, d => d.Attempts + counted).SetProperty(d => d.Fault, reason), cancellationToken);

    // The person sees it beside the address and can mend it; until then nothing more is planned for it.
    private async Task MarkAddressAsync(Delivery refused, string reason, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (mail, phone) = (refused.Channel == Channels.Mail, refused.Channel == Channels.Sms);
        if (mail || phone)
        {
            await db.Database.ExecuteSqlAsync($"""
                insert into notice_settings (person_id, language, mail, sms, quiet_from, quiet_to, digest_hour, mail_fault, mail_fault_at, phone_fault, phone_fault_at)
                select id, 'zh', 'daily', true, 22, 7, 8, case when {mail} then {reason} end, case when {mail} then {now} end, case when {phone} then {reason} end, case when {phone} then {now} end
                from people where id = {refused.PersonId}
                on conflict (person_id) do update set
                  mail_fault = coalesce(excluded.mail_fault, notice_settings.mail_fault), mail_fault_at = coalesce(excluded.mail_fault_at, notice_settings.mail_fault_at),
                  phone_fault = coalesce(excluded.phone_fault, notice_settings.phone_fault), phone_fault_at = coalesce(excluded.phone_fault_at, notice_settings.phone_fault_at)
                """, cancellationToken);
        }
    }
}
