using Gengdu.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Gengdu.Analytics.Recounts;

/// <summary>
/// A school's part of an indicator as a rebuild found it, where it differs from what is stored: set aside until all of them
/// take their places at once.
/// </summary>
internal sealed class RecountedRow
{
    public required Guid RecountId { get; init; }

    public required Guid OrganisationId { get; init; }

    public required string Indicator { get; init; }

    public required string Path { get; init; }

    public required string NodePath { get; init; }

    public decimal? Numerator { get; init; }

    public decimal? Denominator { get; init; }

    public string? Reason { get; init; }

    public bool Approved { get; init; }

    public DateTimeOffset? AsOf { get; init; }

    /// <summary>Fingerprint of the revisions, reviews and place it was counted from: another one by the time of the swap, and the school is counted once more.</summary>
    public required string Facts { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<RecountedRow>
    {
        public void Configure(EntityTypeBuilder<RecountedRow> builder)
        {
            builder.ToTable("recounted_rows");
            builder.HasScope("path", "organisation_id");
            builder.HasKey(r => new { r.RecountId, r.OrganisationId, r.Indicator });
            builder.Property(r => r.Path).UseCollation("C");
            builder.Property(r => r.NodePath).UseCollation("C");
        }
    }
}
