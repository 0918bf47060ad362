using System.Text.Json;
using Gengdu.ServiceDefaults;
using Gengdu.Supervision.Reviews;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Gengdu.Supervision.Data;

internal sealed class ReviewConfiguration : IEntityTypeConfiguration<Review>
{
    public void Configure(EntityTypeBuilder<Review> builder)
    {
        builder.ToTable("reviews");
        builder.HasScope("organisation_path", "organisation_id");
        builder.HasKey(r => r.Id);
        builder.Property(r => r.Id).ValueGeneratedNever();
        builder.Property(r => r.Level).HasConversion(level => level.Key(), key => ReviewKeys.Level(key)).HasMaxLength(10);
        builder.Property(r => r.State).HasConversion(state => state.Key(), key => ReviewKeys.State(key)).HasMaxLength(20);
        builder.Property(r => r.ModuleKey).HasMaxLength(60);
        builder.Property(r => r.OrganisationPath).UseCollation("C");
        builder.Property(r => r.Version).IsConcurrencyToken();
        // For ever: whatever is delivered again, a module report has one review.
        builder.HasIndex(r => r.ModuleReportId).IsUnique();
        builder.HasIndex(r => r.ReportId);
        builder.HasIndex(r => r.OrganisationId);
        // The queue and its counts are read from this index alone, a county's as one range of it; the policy asks for the organisation.
        builder.HasIndex(r => new { r.CycleId, r.OrganisationPath }).IncludeProperties(r => new
        {
            r.State,
            r.ReportId,
            r.WaitingSince,
            r.OrganisationId,
            r.ModuleKey,
            r.ExplainedWarnings,
            r.Late,
            r.ReturnRounds,
            r.Outliers,
        });
        // What waits at a step, in the order in which bulk acts take it.
        builder.HasIndex(r => new { r.CycleId, r.State, r.OrganisationPath, r.Id });
        // The province's list of requests; hardly ever more than a few.
        builder.HasIndex(r => r.UnlockAskedAt).HasFilter("unlock_asked_at is not null");
        builder.HasMany(r => r.History).WithOne().HasForeignKey(entry => entry.ReviewId);
        builder.HasMany(r => r.Openings).WithOne().HasForeignKey(opening => opening.ReviewId);
        builder.HasMany(r => r.Answers).WithOne().HasForeignKey(answer => answer.ReviewId);
    }
}

internal sealed class ReviewEntryConfiguration : IEntityTypeConfiguration<ReviewEntry>
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public void Configure(EntityTypeBuilder<ReviewEntry> builder)
    {
        builder.ToTable("review_entries");
        builder.HasScopeOf("reviews", ("id", "review_id"));
        builder.HasKey(e => new { e.ReviewId, e.Version });
        builder.Property(e => e.Version).ValueGeneratedNever();
        builder.Property(e => e.Act).HasConversion(act => act.Key(), key => ReviewKeys.Act(key)).HasMaxLength(20);
        builder.Property(e => e.Level).HasConversion(level => level.Key(), key => ReviewKeys.Level(key)).HasMaxLength(10);
        builder.Property(e => e.Reasons).HasColumnType("jsonb").HasDefaultValueSql("'[]'").HasConversion(
            reasons => JsonSerializer.Serialize(reasons, Json),
            json => JsonSerializer.Deserialize<List<ReturnReasonText>>(json, Json)!,
            new ValueComparer<IReadOnlyList<ReturnReasonText>>((a, b) => ReferenceEquals(a, b), reasons => reasons.Count, reasons => reasons));
    }
}
