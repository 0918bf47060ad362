using Gengdu.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Gengdu.Supervision.Reviews;

/// <summary>What the organisation says to one remark of a return. May be reworded until the next revision comes in, then it stands.</summary>
internal sealed class ReviewAnswer
{
    public required Guid ReviewId { get; init; }

    /// <summary>The return: the review's version after it.</summary>
    public required long Version { get; init; }

    /// <summary>Which of its reasons, from 0.</summary>
    public required int Reason { get; init; }

    public required string Text { get; set; }

    public required Guid By { get; set; }

    public required DateTimeOffset At { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<ReviewAnswer>
    {
        public void Configure(EntityTypeBuilder<ReviewAnswer> builder)
        {
            builder.ToTable("review_answers");
            builder.HasScopeOf("reviews", ("id", "review_id"));
            builder.HasKey(a => new { a.ReviewId, a.Version, a.Reason });
            builder.Property(a => a.Version).ValueGeneratedNever();
            builder.Property(a => a.Reason).ValueGeneratedNever();
        }
    }
}
