using Gengdu.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Gengdu.Analytics.Maps;

/// <summary>The outlines of all counties as one file brought them, with the number under which the map was approved. Written once; another file is another version.</summary>
internal sealed class AreaMap
{
    /// <summary>1, 2, …</summary>
    public required int Number { get; init; }

    public required string Title { get; init; }

    /// <summary>审图号: stands under the map wherever it is shown.</summary>
    public required string ApprovalNumber { get; init; }

    /// <summary>Who drew it.</summary>
    public required string Source { get; init; }

    /// <summary>GeoJSON as pages get it: simplified, two neighbours sharing one line.</summary>
    public required string Shapes { get; init; }

    /// <summary>SHA-256 of the file as it was sent, which is not kept.</summary>
    public required string FileHash { get; init; }

    public required long FileBytes { get; init; }

    /// <summary>Counties with an outline.</summary>
    public required int Places { get; init; }

    /// <summary>Points of the file, and those that are left.</summary>
    public required int Points { get; init; }

    public required int KeptPoints { get; init; }

    public required Guid ImportedBy { get; init; }

    public required DateTimeOffset ImportedAt { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<AreaMap>
    {
        public void Configure(EntityTypeBuilder<AreaMap> builder)
        {
            builder.ToTable("maps");
            builder.HasNoScope("outlines of places, without a figure; who may bring one in and who sees a version that is not in force each slice looks at");
            builder.IsAppendOnly();
            builder.HasKey(m => m.Number);
            builder.Property(m => m.Number).ValueGeneratedNever();
        }
    }
}
