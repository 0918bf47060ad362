using Gengdu.Reporting.Cycles;
using Gengdu.Reporting.Exemptions;
using Gengdu.Reporting.Extensions;
using Gengdu.Reporting.Outages;
using Gengdu.Reporting.Reports;
using Gengdu.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Gengdu.Reporting.Data;

internal sealed class ExtensionRequestConfiguration : IEntityTypeConfiguration<ExtensionRequest>
{
    public void Configure(EntityTypeBuilder<ExtensionRequest> builder)
    {
        builder.ToTable("extension_requests");
        builder.HasScope(path: null, "organisation_id");
        builder.HasKey(r => r.Id);
        builder.Property(r => r.Id).ValueGeneratedNever();
        builder.Property(r => r.OrganisationPath).UseCollation("C");
        builder.Property(r => r.State).HasConversion(state => state.ToText(), word => RequestStateText.Parse(word)).HasMaxLength(20);
        builder.HasIndex(r => new { r.CycleId, r.OrganisationId }).IsUnique().HasFilter("state = 'waiting'");
        builder.HasOne<Cycle>().WithMany().HasForeignKey(r => r.CycleId);
    }
}

internal sealed class ExemptionRequestConfiguration : IEntityTypeConfiguration<ExemptionRequest>
{
    public void Configure(EntityTypeBuilder<ExemptionRequest> builder)
    {
        builder.ToTable("exemption_requests");
        builder.HasScopeOf("reports", ("id", "report_id"));
        builder.HasKey(r => r.Id);
        builder.Property(r => r.Id).ValueGeneratedNever();
        builder.Property(r => r.OrganisationPath).UseCollation("C");
        builder.Property(r => r.AskedFrom).UseCollation("C");
        builder.Property(r => r.State).HasConversion(state => state.ToText(), word => RequestStateText.Parse(word)).HasMaxLength(20);
        builder.HasIndex(r => r.ReportId).IsUnique().HasFilter("state = 'waiting'");
        builder.HasOne<Cycle>().WithMany().HasForeignKey(r => r.CycleId);
        builder.HasOne<Report>().WithMany().HasForeignKey(r => r.ReportId);
    }
}

internal sealed class OutageConfiguration : IEntityTypeConfiguration<Outage>
{
    public void Configure(EntityTypeBuilder<Outage> builder)
    {
        builder.ToTable("outages");
        builder.HasNoScope("when the service was away is no secret: everybody's windows hang on it");
        builder.IsAppendOnly();
        builder.HasKey(o => o.Id);
        builder.Property(o => o.Id).ValueGeneratedNever();
        builder.HasIndex(o => o.EndedAt);
    }
}

internal sealed class HeartbeatConfiguration : IEntityTypeConfiguration<Heartbeat>
{
    public void Configure(EntityTypeBuilder<Heartbeat> builder)
    {
        builder.ToTable("heartbeats");
        builder.HasNoScope("one row of the service's own");
        builder.HasKey(h => h.Id);
        builder.Property(h => h.Id).ValueGeneratedNever();
    }
}
