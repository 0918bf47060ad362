using Gengdu.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Gengdu.Supervision.Samples;

/// <summary>How well a school reports in a cycle, as analytics judged it last: one of the risks of a sample.</summary>
internal sealed class SchoolQuality
{
    public required Guid CycleId { get; init; }

    public required Guid OrganisationId { get; init; }

    /// <summary>0 to 100; null when it has none any more.</summary>
    public int? Score { get; init; }

    public required long Version { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<SchoolQuality>
    {
        public void Configure(EntityTypeBuilder<SchoolQuality> builder)
        {
            builder.ToTable("school_quality");
            builder.HasScope(path: null, "organisation_id");
            builder.HasKey(q => new { q.CycleId, q.OrganisationId });
        }
    }
}
