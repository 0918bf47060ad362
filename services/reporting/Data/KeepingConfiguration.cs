using Gengdu.Reporting.ModuleReports;
using Gengdu.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Gengdu.Reporting.Data;

internal sealed class SavedBatchConfiguration : IEntityTypeConfiguration<SavedBatch>
{
    public void Configure(EntityTypeBuilder<SavedBatch> builder)
    {
        builder.ToTable("saved_batches");
        builder.HasScopeOf("module_reports", ("id", "module_report_id"));
        builder.HasKey(b => new { b.ModuleReportId, b.PersonId, b.Key });
        builder.Property(b => b.Key).HasMaxLength(100);
        builder.HasIndex(b => b.SavedAt);
    }
}

internal sealed class PresenceConfiguration : IEntityTypeConfiguration<Presence>
{
    public void Configure(EntityTypeBuilder<Presence> builder)
    {
        // Unlogged (the migration says so): empty after a crash, and a heartbeat costs no write-ahead log.
        builder.ToTable("presences");
        builder.HasScopeOf("module_reports", ("id", "module_report_id"));
        builder.HasKey(p => new { p.ModuleReportId, p.PersonId });
        builder.Property(p => p.Name).HasMaxLength(Presence.MaxName);
    }
}
