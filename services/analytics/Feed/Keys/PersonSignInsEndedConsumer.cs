using Gengdu.Analytics.Data;
using Gengdu.Audit;
using Gengdu.Contracts.Identity.V1;
using Gengdu.Messaging;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Analytics.Feed.Keys;

/// <summary>A person's keys end with all their sign-ins. Twice or late changes nothing: a key that was made since then came with a newer token.</summary>
internal sealed class PersonSignInsEndedConsumer(AnalyticsDbContext db, TimeProvider clock) : IConsumer<PersonSignInsEnded>
{
    public async Task Consume(ConsumeContext<PersonSignInsEnded> context)
    {
        var (e, now, cancellationToken) = (context.Message, clock.GetUtcNow(), context.CancellationToken);
        await FeedKeyLock.TakeAsync(db, e.PersonId, cancellationToken);
        await db.Database.ExecuteSqlAsync($"""
            insert into feed_cutoffs (person_id, ended_at) values ({e.PersonId}, {e.EndedAt})
            on conflict (person_id) do update set ended_at = greatest(feed_cutoffs.ended_at, excluded.ended_at)
            """, cancellationToken);
        var ended = await db.FeedKeys.Where(key => key.PersonId == e.PersonId && key.TokenIssuedAt <= e.EndedAt).ExecuteDeleteAsync(cancellationToken);
        await db.Set<FeedCutoff>().Where(cutoff => cutoff.EndedAt < now.AddHours(-1) && cutoff.PersonId != e.PersonId).ExecuteDeleteAsync(cancellationToken);
        if (ended > 0)
        {
            db.Audit(AuditAct.By(null, "feed-key.ended", e.PersonId, null, new { ended }), now);
            await db.SaveChangesAsync(cancellationToken);
        }
    }

    internal sealed class Definition : ConsumerDefinition<PersonSignInsEndedConsumer>
    {
        public Definition() => EndpointName = "analytics-person-sign-ins-ended";

        protected override void ConfigureConsumer(IReceiveEndpointConfigurator endpointConfigurator, IConsumerConfigurator<PersonSignInsEndedConsumer> consumerConfigurator, IRegistrationContext context) =>
            endpointConfigurator.UseInbox(context);
    }
}

/// <summary>One after the other for each person: a key is not made beside the end of what made it, and two at once are not both the last one allowed.</summary>
internal static class FeedKeyLock
{
    public static Task TakeAsync(AnalyticsDbContext db, Guid personId, CancellationToken cancellationToken) =>
        db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtextextended({personId.ToString()}, 7310))", cancellationToken);
}
