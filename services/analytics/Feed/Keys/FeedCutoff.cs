using Gengdu.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Gengdu.Analytics.Feed.Keys;

/// <summary>Since when a person's access tokens make no keys: what came with an ended sign-in must not outlive it. Kept for an hour, longer than any token lives.</summary>
internal sealed class FeedCutoff
{
    public required Guid PersonId { get; init; }

    public required DateTimeOffset EndedAt { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<FeedCutoff>
    {
        public void Configure(EntityTypeBuilder<FeedCutoff> builder)
        {
            builder.ToTable("feed_cutoffs");
            builder.HasNoScope("that somebody's sign-ins ended, looked at when that person makes a key");
            builder.HasKey(cutoff => cutoff.PersonId);
            builder.Property(cutoff => cutoff.PersonId).ValueGeneratedNever();
        }
    }
}
