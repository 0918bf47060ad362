using Gengdu.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Gengdu.Analytics.OpenFigures;

/// <summary>One number of one place as everybody sees it. Sums are not told: two indicators over the same pupils would tell those of the school that only one of them counts.</summary>
internal sealed class OpenCell
{
    /// <summary>Told as it is.</summary>
    public const string Shown = "shown";

    /// <summary>No school has a value.</summary>
    public const string None = "none";

    /// <summary>Not told: of fewer than three schools, or one could be worked out from it.</summary>
    public const string Hidden = "hidden";

    /// <summary>Still told as in an earlier publication: the difference would be that of fewer than three schools.</summary>
    public const string Held = "held";

    public required Guid CycleId { get; init; }

    public required int Number { get; init; }

    public required string Path { get; init; }

    public required string Indicator { get; init; }

    public required string State { get; init; }

    /// <summary>Rounded as the programme says; null unless shown or held.</summary>
    public decimal? Value { get; init; }

    /// <summary>Schools it is made of; null unless shown or held.</summary>
    public int? Schools { get; init; }

    /// <summary>The publication whose number is told.</summary>
    public required int Since { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<OpenCell>
    {
        public void Configure(EntityTypeBuilder<OpenCell> builder)
        {
            builder.ToTable("open_cells");
            builder.HasNoScope("numbers of areas in which no school can be recognised, made to be told to everybody");
            builder.HasKey(c => new { c.CycleId, c.Number, c.Path, c.Indicator });
            builder.Property(c => c.Path).UseCollation("C");
            builder.Property(c => c.Indicator).UseCollation("C");
        }
    }
}
