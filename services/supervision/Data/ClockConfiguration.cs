using Gengdu.ServiceDefaults;
using Gengdu.Supervision.Clocks;
using Gengdu.Supervision.Reviews;
using Gengdu.Supervision.Urges;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Gengdu.Supervision.Data;

internal sealed class UrgeConfiguration : IEntityTypeConfiguration<Urge>
{
    public void Configure(EntityTypeBuilder<Urge> builder)
    {
        builder.ToTable("urges");
        builder.HasScope("holder_path", "holder_id");
        builder.HasKey(u => u.Id);
        builder.Property(u => u.Id).ValueGeneratedNever();
        builder.Property(u => u.State).HasConversion(state => state.Key(), key => HeldStates.Find(key)!.Value).HasMaxLength(20);
        builder.Property(u => u.HolderLevel).HasConversion(level => level.Key(), key => ReviewKeys.Level(key)).HasMaxLength(10);
        builder.Property(u => u.HolderPath).UseCollation("C");
        builder.Property(u => u.Words).HasMaxLength(300);
        builder.Ignore(u => u.Answer);
        // The last one about the same thing; and what waits for the morning.
        builder.HasIndex(u => new { u.CycleId, u.State, u.HolderId, u.HolderLevel, u.RaisedAt });
        builder.HasIndex(u => u.HolderId);
        builder.HasIndex(u => u.HolderPath);
        builder.HasIndex(u => u.DeliverAt).HasFilter("delivered_at is null");
    }
}

internal sealed class EscalationConfiguration : IEntityTypeConfiguration<Escalation>
{
    public void Configure(EntityTypeBuilder<Escalation> builder)
    {
        builder.ToTable("escalations");
        builder.HasScope("holder_path", "holder_id");
        builder.HasKey(e => e.Id);
        builder.Property(e => e.Id).ValueGeneratedNever();
        builder.Ignore(e => e.Rung);
        builder.Ignore(e => e.ToldRoles);
        builder.Property(e => e.State).HasConversion(state => state.Key(), key => HeldStates.Find(key)!.Value).HasMaxLength(20);
        builder.Property(e => e.HolderLevel).HasConversion(level => level.Key(), key => ReviewKeys.Level(key)).HasMaxLength(10);
        builder.Property(e => e.ToldLevel).HasConversion(level => level.Key(), key => ReviewKeys.Level(key)).HasMaxLength(10);
        builder.Property(e => e.HolderPath).UseCollation("C");
        builder.Ignore(e => e.Answer);
        // A step is climbed once, whatever two workers think.
        builder.HasIndex(e => new { e.CycleId, e.State, e.HolderId, e.HolderLevel, e.Episode, e.Step }).IsUnique();
        builder.HasIndex(e => e.HolderId);
        builder.HasIndex(e => e.HolderPath);
        builder.HasIndex(e => e.ToldId).HasFilter("ended_at is null");
    }
}
