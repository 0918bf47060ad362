using Gengdu.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Gengdu.Supervision.Reviews;

/// <summary>A reviewer of the step at hand had this revision before them, first at this moment. From then on the review has started (ADR 0021).</summary>
internal sealed class ReviewOpening
{
    public required Guid ReviewId { get; init; }

    public required int Revision { get; init; }

    public required Guid PersonId { get; init; }

    /// <summary>The step at which it was opened.</summary>
    public required ReviewLevel Level { get; init; }

    public required DateTimeOffset At { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<ReviewOpening>
    {
        public void Configure(EntityTypeBuilder<ReviewOpening> builder)
        {
            builder.ToTable("review_openings");
            builder.HasScopeOf("reviews", ("id", "review_id"));
            builder.HasKey(o => new { o.ReviewId, o.Revision, o.PersonId });
            builder.Property(o => o.Level).HasConversion(level => level.Key(), key => ReviewKeys.Level(key)).HasMaxLength(10);
        }
    }
}
