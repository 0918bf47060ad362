using Gengdu.Analytics.Feed.Keys;
using Gengdu.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Gengdu.Analytics.Data;

internal sealed class FeedKeyConfiguration : IEntityTypeConfiguration<FeedKey>
{
    public void Configure(EntityTypeBuilder<FeedKey> builder)
    {
        builder.ToTable("feed_keys");
        builder.HasNoScope("keys without a figure: looked up before anybody's scope is known, and each slice looks at the owner");
        builder.HasKey(key => key.Id);
        builder.Property(key => key.Id).ValueGeneratedNever();
        builder.Property(key => key.Name).HasMaxLength(FeedKey.LongestName);
        builder.HasIndex(key => key.PersonId);
    }
}
