using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Gengdu.Analytics.Cycles;

/// <summary>Who owes which modules in a cycle, at the place of the tree it had when the cycle opened. Never changes.</summary>
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

    public required string[] Grades { get; init; }

    public required string[] ModuleKeys { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<RosterRow>
    {
        public void Configure(EntityTypeBuilder<RosterRow> builder)
        {
            builder.ToTable("roster_entries");
            builder.HasKey(r => new { r.CycleId, r.ReportId });
            builder.Property(r => r.Path).UseCollation("C");
            builder.Property(r => r.NodePath).UseCollation("C");
            builder.HasIndex(r => new { r.CycleId, r.Path });
            builder.HasIndex(r => new { r.CycleId, r.OrganisationId });
        }
    }
}
