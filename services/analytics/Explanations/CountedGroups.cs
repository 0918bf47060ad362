using Gengdu.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Gengdu.Analytics.Explanations;

/// <summary>The groups of one indicator at a large place as they were counted last: what its page reads instead of every school below.</summary>
internal sealed class CountedGroups
{
    public required Guid CycleId { get; init; }

    public required string Path { get; init; }

    public required string Indicator { get; init; }

    public required string Dimension { get; init; }

    /// <summary>The number of the cycle's figures (<see cref="Figures.FigureVersion"/>) they were counted at or after.</summary>
    public required long Number { get; init; }

    /// <summary>Groups of other formulas are none.</summary>
    public required string ProgrammeVersion { get; init; }

    public required DateTimeOffset CountedAt { get; init; }

    /// <summary><see cref="GroupRows"/> as JSON.</summary>
    public required string Rows { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<CountedGroups>
    {
        public void Configure(EntityTypeBuilder<CountedGroups> builder)
        {
            builder.ToTable("counted_groups");
            builder.HasScope("path");
            builder.HasKey(g => new { g.CycleId, g.Path, g.Indicator, g.Dimension });
            builder.Property(g => g.Path).UseCollation("C");
            builder.Property(g => g.Rows).HasColumnType("jsonb");
        }
    }
}
