using Gengdu.Gateway.Sessions;
using Gengdu.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Gateway.Data;

/// <summary>Schema "gateway": sessions of browsers and the key ring; nothing else.</summary>
internal sealed class GatewayDbContext(DbContextOptions<GatewayDbContext> options) : DbContext(options)
{
    public DbSet<StoredSession> Sessions => Set<StoredSession>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.HasDefaultSchema("gateway");
        modelBuilder.AddKeyRing();
        modelBuilder.Entity<StoredSession>(session =>
        {
            session.ToTable("sessions");
            session.HasKey(s => s.KeyHash);
            session.HasIndex(s => s.ExpiresAt);
        });
        modelBuilder.UseSnakeCase();
    }
}
