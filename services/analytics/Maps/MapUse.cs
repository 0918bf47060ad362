using Gengdu.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Gengdu.Analytics.Maps;

/// <summary>From when on which map is shown; the newest row is in force. Without a row, or without a number, it is the cartogram.</summary>
internal sealed class MapUse
{
    public required int Turn { get; init; }

    /// <summary>Of the map; null for the cartogram.</summary>
    public int? Number { get; init; }

    public required Guid DecidedBy { get; init; }

    public required DateTimeOffset Since { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<MapUse>
    {
        public void Configure(EntityTypeBuilder<MapUse> builder)
        {
            builder.ToTable("map_uses");
            builder.HasNoScope("which map all pages show");
            builder.IsAppendOnly();
            builder.HasKey(u => u.Turn);
            builder.Property(u => u.Turn).ValueGeneratedNever();
        }
    }
}
