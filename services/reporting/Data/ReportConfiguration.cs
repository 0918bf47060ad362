using Gengdu.Reporting.Cycles;
using Gengdu.Reporting.Reports;
using Gengdu.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Gengdu.Reporting.Data;

internal sealed class ReportConfiguration : IEntityTypeConfiguration<Report>
{
    public void Configure(EntityTypeBuilder<Report> builder)
    {
        builder.ToTable("reports");
        builder.HasScope("organisation_path", "organisation_id");
        builder.HasKey(r => r.Id);
        builder.Property(r => r.Id).ValueGeneratedNever();
        builder.Property(r => r.Number).UseIdentityAlwaysColumn();
        builder.Property(r => r.OrganisationPath).UseCollation("C");
        builder.HasOne<Cycle>().WithMany().HasForeignKey(r => r.CycleId);
        builder.HasIndex(r => new { r.OrganisationId, r.CycleId, r.Level }).IsUnique();
        builder.HasIndex(r => new { r.CycleId, r.OrganisationPath });
        builder.HasIndex(r => r.OrganisationPath);
    }
}
