using Gengdu.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Messaging;

/// <summary>The two tables in the service's own schema.</summary>
public static class MessagingModel
{
    /// <summary>Maps outbox_messages and inbox_messages. Call in OnModelCreating.</summary>
    public static void AddMessaging(this ModelBuilder model)
    {
        ArgumentNullException.ThrowIfNull(model);
        model.Entity<OutboxMessage>(outbox =>
        {
            outbox.ToTable("outbox_messages");
            outbox.HasNoScope("waits for the broker; read by the dispatcher alone");
            outbox.HasKey(m => m.Id);
            outbox.Property(m => m.Id).ValueGeneratedNever();
            outbox.Property(m => m.Type).HasMaxLength(200);
        });
        model.Entity<InboxMessage>(inbox =>
        {
            inbox.ToTable("inbox_messages");
            inbox.HasNoScope("ids of messages; read by consumers alone");
            inbox.HasKey(m => new { m.Consumer, m.MessageId });
            inbox.Property(m => m.Consumer).HasMaxLength(120);
            inbox.HasIndex(m => m.ReceivedAt);
        });
    }
}
