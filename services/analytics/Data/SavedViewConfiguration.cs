using Gengdu.Analytics.Explore;
using Gengdu.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Gengdu.Analytics.Data;

internal sealed class SavedViewConfiguration : IEntityTypeConfiguration<SavedView>
{
    public void Configure(EntityTypeBuilder<SavedView> builder)
    {
        builder.ToTable("saved_views");
        builder.HasNoScope("questions without a figure: answered with the rights of whoever opens them, and each slice looks at the owner");
        builder.HasKey(view => view.Id);
        builder.Property(view => view.Id).ValueGeneratedNever();
        builder.Property(view => view.Name).HasMaxLength(SavedView.LongestName);
        builder.Property(view => view.Question).HasColumnType("jsonb");
        builder.Property(view => view.Version).IsConcurrencyToken();
        builder.HasIndex(view => view.OwnerId);
        builder.HasIndex(view => view.Sending).HasFilter("sending is not null and stopped is null").HasDatabaseName("ix_saved_views_sent");
    }
}
