using Gengdu.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Gengdu.Analytics.Cycles;

/// <summary>Who owes which modules in a cycle. Who and what never changes; the place follows the tree until the cycle closes (<see cref="Figures.SchoolPlaces"/>).</summary>
internal sealed class RosterRow
{
    public required Guid CycleId { get; init; }

    public required Guid ReportId { get; init; }

    public required Guid OrganisationId { get; init; }

    public required string Path { get; init; }

    /// <summary>Path of the node above: the county, or the city for a school run by the city.</summary>
    public required string NodePath { get; init; }

    public required string Level { get; init; }

    public required string Code { get; init; }

    public string? SchoolType { get; init; }

    public string? UrbanRural { get; init; }

    public string? RunBy { get; init; }

    /// <summary>"100-299", "2000-": by the pupils of the opening day; null where they were not known.</summary>
    public string? SizeClass { get; init; }

    /// <summary>"boarding" or "day" on the opening day; null where it was not known.</summary>
    public string? Boarding { get; init; }

    /// <summary>Where the roster was frozen; null in rows of a release that did not keep it: they have only <see cref="Path"/>.</summary>
    public string? OpenedPath { get; init; }

    public required string[] Grades { get; init; }

    public required string[] ModuleKeys { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<RosterRow>
    {
        public void Configure(EntityTypeBuilder<RosterRow> builder)
        {
            builder.ToTable("roster_entries");
            builder.HasScope("path", "organisation_id");
            builder.HasKey(r => new { r.CycleId, r.ReportId });
            builder.Property(r => r.Path).UseCollation("C");
            builder.Property(r => r.NodePath).UseCollation("C");
            builder.Property(r => r.OpenedPath).UseCollation("C");
            builder.HasIndex(r => new { r.CycleId, r.Path });
            builder.HasIndex(r => new { r.CycleId, r.OrganisationId });
        }
    }
}
