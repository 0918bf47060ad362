using Gengdu.ServiceDefaults;
using Gengdu.Supervision.Dispatches;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Gengdu.Supervision.Data;

internal sealed class DispatchConfiguration : IEntityTypeConfiguration<Dispatch>, IEntityTypeConfiguration<DispatchGap>
{
    public void Configure(EntityTypeBuilder<Dispatch> builder)
    {
        builder.ToTable("dispatches");
        builder.HasScope("organisation_path", "organisation_id");
        builder.HasKey(d => d.Id);
        builder.Property(d => d.Id).ValueGeneratedNever();
        builder.Property(d => d.OrganisationPath).UseCollation("C");
        builder.Property(d => d.Note).HasMaxLength(500);
        builder.Property(d => d.Version).IsConcurrencyToken();
        builder.Ignore(d => d.State);
        // Of two that are sent at once the second is refused.
        builder.HasIndex(d => new { d.CycleId, d.OrganisationId, d.Round }).IsUnique();
        builder.HasIndex(d => new { d.CycleId, d.OrganisationPath });
        builder.HasMany(d => d.Gaps).WithOne().HasForeignKey(gap => gap.DispatchId);
    }

    public void Configure(EntityTypeBuilder<DispatchGap> builder)
    {
        builder.ToTable("dispatch_gaps");
        builder.HasScopeOf("dispatches", ("id", "dispatch_id"));
        builder.HasKey(g => new { g.DispatchId, g.ReportId });
        builder.Property(g => g.Code).HasMaxLength(20);
        builder.Property(g => g.Text).HasMaxLength(500);
    }
}
