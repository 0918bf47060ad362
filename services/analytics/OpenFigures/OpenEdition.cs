using Gengdu.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Gengdu.Analytics.OpenFigures;

/// <summary>A publication as a file: the bytes that everybody fetches, kept as they are for good, so that their hash stays true whatever becomes of the program.</summary>
internal sealed class OpenEdition
{
    public required Guid CycleId { get; init; }

    public required int Number { get; init; }

    public required byte[] Csv { get; init; }

    /// <summary>SHA-256 of <see cref="Csv"/>, hexadecimal. Never of more than is told: whoever has a hash can try which hidden number fits it.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Names of places and indicators as they then were, as JSON.</summary>
    public required string Names { get; init; }

    public required int Shown { get; init; }

    public required int Hidden { get; init; }

    public required int Held { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<OpenEdition>
    {
        public void Configure(EntityTypeBuilder<OpenEdition> builder)
        {
            builder.ToTable("open_editions");
            builder.HasNoScope("files of areas in which no school can be recognised, made to be told to everybody");
            builder.HasKey(e => new { e.CycleId, e.Number });
            builder.Property(e => e.Names).HasColumnType("jsonb");
        }
    }
}
