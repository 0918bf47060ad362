using Gengdu.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Gengdu.Analytics.Feed.Keys;

/// <summary>An answer that some replica is making for a key. It goes when the answer ends; of a process that fell, by itself a while later.</summary>
internal sealed class FeedPlace
{
    public required Guid KeyId { get; init; }

    /// <summary>1, 2, … up to the answers a key may have at once.</summary>
    public required int Slot { get; init; }

    /// <summary>Which answer: another one may have taken the slot over.</summary>
    public required Guid Place { get; init; }

    public required DateTimeOffset Until { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<FeedPlace>
    {
        public void Configure(EntityTypeBuilder<FeedPlace> builder)
        {
            builder.ToTable("feed_places");
            builder.HasNoScope("which answers are being made of which key: no figure and no place of the tree");
            builder.HasKey(place => new { place.KeyId, place.Slot });
            builder.HasOne<FeedKey>().WithMany().HasForeignKey(place => place.KeyId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}
