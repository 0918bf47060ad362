using Gengdu.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Gengdu.Analytics.Publications;

/// <summary>One figure of one node as published; written once.</summary>
internal sealed class PublishedFigure
{
    public required Guid CycleId { get; init; }

    public required int Number { get; init; }

    /// <summary>Where the node stood then.</summary>
    public required string Path { get; init; }

    public required string Indicator { get; init; }

    public required decimal Numerator { get; init; }

    public required decimal Denominator { get; init; }

    public required int Reported { get; init; }

    public required int Due { get; init; }

    public required int Approved { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<PublishedFigure>
    {
        public void Configure(EntityTypeBuilder<PublishedFigure> builder)
        {
            builder.ToTable("published_figures");
            builder.HasScope("path");
            builder.HasKey(f => new { f.CycleId, f.Path, f.Indicator, f.Number });
            builder.Property(f => f.Path).UseCollation("C");
        }
    }
}
