using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Gengdu.Analytics.Programmes;

/// <summary>One version of a programme as reporting published it; it never changes.</summary>
internal sealed class PublishedProgramme
{
    public required string Key { get; init; }

    public required string Version { get; init; }

    public required string ContentHash { get; init; }

    /// <summary>The pack as one JSON text; kept as text, so that the hash stays checkable.</summary>
    public required string Bundle { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<PublishedProgramme>
    {
        public void Configure(EntityTypeBuilder<PublishedProgramme> builder)
        {
            builder.ToTable("programmes");
            builder.HasKey(p => new { p.Key, p.Version });
        }
    }
}
