using Gengdu.ServiceDefaults;
using Gengdu.Supervision.Reviews;
using Gengdu.Supervision.Samples;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Gengdu.Supervision.Data;

internal sealed class SampleConfiguration : IEntityTypeConfiguration<Sample>, IEntityTypeConfiguration<SampleReport>, IEntityTypeConfiguration<SampleReview>
{
    public void Configure(EntityTypeBuilder<Sample> builder)
    {
        builder.ToTable("samples");
        // The county whose schools were drawn sees it too, and can run the draw again.
        builder.HasScope("organisation_path", "organisation_id");
        builder.HasKey(s => s.Id);
        builder.Property(s => s.Id).ValueGeneratedNever();
        builder.Property(s => s.Step).HasConversion(level => level.Key(), key => ReviewKeys.Level(key)).HasMaxLength(10);
        builder.Property(s => s.OrganisationPath).UseCollation("C");
        // Those announced before there was another.
        builder.Property(s => s.Algorithm).HasMaxLength(40).HasDefaultValue(SampleDraw.WithoutQuality);
        builder.Property(s => s.ListHash).HasMaxLength(64);
        builder.Property(s => s.Seed).HasMaxLength(64);
        builder.Property(s => s.Version).IsConcurrencyToken();
        builder.HasIndex(s => new { s.CycleId, s.Step, s.OrganisationPath });
        // A list that is not to somebody's liking cannot be announced a second time.
        builder.HasIndex(s => new { s.CycleId, s.Step, s.OrganisationId }, "ix_samples_open").IsUnique().HasFilter("approved_at is null");
    }

    public void Configure(EntityTypeBuilder<SampleReport> builder)
    {
        builder.ToTable("sample_reports");
        builder.HasScopeOf("samples", ("id", "sample_id"));
        builder.HasKey(r => new { r.SampleId, r.ReportId });
        builder.HasIndex(r => r.OrganisationId);
    }

    public void Configure(EntityTypeBuilder<SampleReview> builder)
    {
        builder.ToTable("sample_reviews");
        builder.HasScopeOf("samples", ("id", "sample_id"));
        builder.HasKey(r => new { r.SampleId, r.ReviewId });
        builder.HasIndex(r => r.ReviewId);
    }
}
