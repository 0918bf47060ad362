using Microsoft.EntityFrameworkCore;

namespace Gengdu.Messaging.Tests;

/// <summary>What a consumer of these tests writes: one row an effect.</summary>
internal sealed class Effect
{
    public required Guid Id { get; init; }

    public required Guid Subject { get; init; }
}

internal sealed class ProbeDbContext(DbContextOptions<ProbeDbContext> options) : DbContext(options)
{
    public const string Schema = "reporting";

    public DbSet<Effect> Effects => Set<Effect>();

    public DbSet<OutboxMessage> Outbox => Set<OutboxMessage>();

    public DbSet<InboxMessage> Inbox => Set<InboxMessage>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.HasDefaultSchema(Schema);
        modelBuilder.AddMessaging();
        modelBuilder.Entity<Effect>().ToTable("effects").Property(e => e.Id).ValueGeneratedNever();
        ServiceDefaults.SnakeCase.UseSnakeCase(modelBuilder);
    }
}
