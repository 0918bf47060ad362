using Gengdu.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Gengdu.Supervision.Cycles;

/// <summary>Who owes which modules in a cycle. Who and what is frozen; the place follows the tree until the cycle closes (<see cref="RosterPlaces"/>).</summary>
internal sealed class RosterRow
{
    public required Guid ReportId { get; init; }

    public required Guid CycleId { get; init; }

    public required Guid OrganisationId { get; init; }

    public required string OrganisationPath { get; init; }

    /// <summary>The level it reports at: "school", "county", "city" or "province".</summary>
    public required string Level { get; init; }

    public required string[] ModuleKeys { get; init; }

    /// <summary>Since when nothing is asked of it any more; null while it owes.</summary>
    public DateTimeOffset? ExemptAt { get; init; }

    /// <summary>The latest end of more time that was given for it (<see cref="CycleExtension"/>); null when none was.</summary>
    public DateTimeOffset? ExtendedUntil { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<RosterRow>
    {
        public void Configure(EntityTypeBuilder<RosterRow> builder)
        {
            builder.ToTable("roster");
            builder.HasScope("organisation_path", "organisation_id");
            builder.HasKey(r => r.ReportId);
            builder.Property(r => r.ReportId).ValueGeneratedNever();
            builder.Property(r => r.OrganisationPath).UseCollation("C");
            builder.Property(r => r.Level).HasMaxLength(10);
            builder.HasIndex(r => new { r.CycleId, r.OrganisationPath });
            builder.HasIndex(r => r.OrganisationId);
        }
    }
}
