using Gengdu.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Gengdu.Analytics.Cycles;

/// <summary>Nothing is due of a report any more. A table of its own, because the event may arrive before the roster, which stays as it was frozen.</summary>
internal sealed class ReportExemption
{
    public required Guid ReportId { get; init; }

    public required Guid CycleId { get; init; }

    public required Guid OrganisationId { get; init; }

    public required DateTimeOffset ExemptedAt { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<ReportExemption>
    {
        public void Configure(EntityTypeBuilder<ReportExemption> builder)
        {
            builder.ToTable("report_exemptions");
            builder.HasNoScope("ids and a date: that nothing is due of a report is said where its completeness is");
            builder.HasKey(x => x.ReportId);
            builder.Property(x => x.ReportId).ValueGeneratedNever();
        }
    }
}
