using Gengdu.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Gengdu.Analytics.Quality;

/// <summary>How well a school reported in a cycle, by itself and beside its neighbours; read off the stored revisions and never changed by anybody (ADR 0028).</summary>
internal sealed class SchoolQuality
{
    public required Guid CycleId { get; init; }

    public required Guid OrganisationId { get; init; }

    /// <summary>0 to 100; null when there is nothing to judge any more, because nothing is due.</summary>
    public int? Score { get; init; }

    /// <summary>What it is made of, as JSON: <see cref="QualityPart"/>.</summary>
    public required string Parts { get; init; }

    /// <summary>What somebody should look at, as JSON: <see cref="QualityFinding"/>.</summary>
    public required string Findings { get; init; }

    /// <summary>Kinds of findings there are.</summary>
    public required string[] Suspicions { get; init; }

    /// <summary>How many numbers end with each digit.</summary>
    public required int[] Digits { get; init; }

    /// <summary>Grows with each change; whoever is told keeps the highest.</summary>
    public long Version { get; init; }

    public DateTimeOffset AssessedAt { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<SchoolQuality>
    {
        public void Configure(EntityTypeBuilder<SchoolQuality> builder)
        {
            builder.ToTable("school_quality");
            // Where it stands is the roster's to say: a school that moves takes it along at once.
            builder.HasScopeOf("roster_entries", ("cycle_id", "cycle_id"), ("organisation_id", "organisation_id"));
            builder.HasKey(q => new { q.CycleId, q.OrganisationId });
            builder.Property(q => q.Parts).HasColumnType("jsonb");
            builder.Property(q => q.Findings).HasColumnType("jsonb");
            builder.HasIndex(q => new { q.CycleId, q.Score, q.OrganisationId });
        }
    }
}
