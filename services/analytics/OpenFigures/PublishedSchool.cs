using Gengdu.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Gengdu.Analytics.OpenFigures;

/// <summary>Which numbers a school gave to a publication, as prints: enough to see at the next one whose changed. Nobody is shown it.</summary>
internal sealed class PublishedSchool
{
    public required Guid CycleId { get; init; }

    public required int Number { get; init; }

    public required Guid OrganisationId { get; init; }

    public required string Path { get; init; }

    public required string NodePath { get; init; }

    public required string[] Indicators { get; init; }

    /// <summary>In the order of <see cref="Indicators"/>.</summary>
    public required long[] Prints { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<PublishedSchool>
    {
        public void Configure(EntityTypeBuilder<PublishedSchool> builder)
        {
            builder.ToTable("published_schools");
            builder.HasScope("path", "organisation_id");
            builder.HasKey(s => new { s.CycleId, s.Number, s.OrganisationId });
            builder.Property(s => s.Path).UseCollation("C");
            builder.Property(s => s.NodePath).UseCollation("C");
        }
    }
}
