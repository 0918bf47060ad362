using Gengdu.Audit;
using Gengdu.Messaging;
using Gengdu.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.AuditProbe;

/// <summary>A change that an act tells of.</summary>
internal sealed class Change
{
    public required Guid Id { get; init; }
}

internal sealed class ProbeDbContext(DbContextOptions<ProbeDbContext> options) : DbContext(options)
{
    public const string Schema = "reporting";

    public DbSet<Change> Changes => Set<Change>();

    public DbSet<AuditPending> Pending => Set<AuditPending>();

    public DbSet<AuditEntry> Entries => Set<AuditEntry>();

    public DbSet<AuditPersonal> Personal => Set<AuditPersonal>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.HasDefaultSchema(Schema);
        modelBuilder.AddMessaging();
        modelBuilder.AddAudit();
        modelBuilder.Entity<Change>().ToTable("changes").Property(change => change.Id).ValueGeneratedNever();
        modelBuilder.UseSnakeCase();
    }
}
