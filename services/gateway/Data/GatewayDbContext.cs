using Gengdu.Audit;
using Gengdu.Gateway.Sessions;
using Gengdu.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Gateway.Data;

/// <summary>Schema "gateway": sessions of browsers, logout tokens that were obeyed, our key as a client, and the key ring; nothing else.</summary>
internal sealed class GatewayDbContext(DbContextOptions<GatewayDbContext> options) : DbContext(options)
{
    public DbSet<StoredSession> Sessions => Set<StoredSession>();

    public DbSet<ObeyedLogout> ObeyedLogouts => Set<ObeyedLogout>();

    public DbSet<ClientKey> ClientKeys => Set<ClientKey>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.HasDefaultSchema("gateway");
        modelBuilder.AddKeyRing();
        modelBuilder.AddAudit();
        modelBuilder.Entity<StoredSession>(session =>
        {
            session.ToTable("sessions");
            session.HasKey(s => s.KeyHash);
            session.Property(s => s.LastSeenAt).HasDefaultValueSql("now()");
            session.HasIndex(s => s.ExpiresAt);
            session.HasIndex(s => s.PersonId);
            session.HasIndex(s => s.SignInId);
            session.HasIndex(s => s.EndedAt).HasFilter("ended_at is not null");
        });
        modelBuilder.Entity<ObeyedLogout>(logout =>
        {
            logout.ToTable("obeyed_logouts");
            logout.HasKey(l => l.TokenHash);
            logout.HasIndex(l => l.SignInId);
            logout.HasIndex(l => l.KeptUntil);
        });
        modelBuilder.Entity<ClientKey>(key =>
        {
            key.ToTable("client_keys");
            key.HasKey(k => k.Id);
        });
        modelBuilder.UseSnakeCase();
    }
}
