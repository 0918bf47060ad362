using Gengdu.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Gengdu.Analytics.Figures;

/// <summary>
/// How far reporting has come at one place: module reports owed and handed in by the organisation itself and everything
/// below it. Schools have a row too, so that each level reads its children in the same way.
/// </summary>
internal sealed class NodeCompleteness
{
    public required Guid CycleId { get; init; }

    public required string Path { get; init; }

    public required string ParentPath { get; init; }

    /// <summary>From the roster, else from the replica; null until one of them knows.</summary>
    public Guid? OrganisationId { get; init; }

    public required int Schools { get; init; }

    /// <summary>Reports of which nothing is due any more; their modules are left out of everything below.</summary>
    public int Exempt { get; init; }

    /// <summary>Module reports on the frozen roster.</summary>
    public required int Due { get; init; }

    /// <summary>Submitted at least once, those returned since included.</summary>
    public required int Submitted { get; init; }

    public required int OnTime { get; init; }

    /// <summary>Passed the county's step or a later one.</summary>
    public required int CountyApproved { get; init; }

    public required int CityApproved { get; init; }

    public required int Accepted { get; init; }

    /// <summary>Waiting for a correction at this moment.</summary>
    public required int Returned { get; init; }

    public DateTimeOffset? AsOf { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<NodeCompleteness>
    {
        public void Configure(EntityTypeBuilder<NodeCompleteness> builder)
        {
            builder.ToTable("node_completeness");
            builder.HasScope("path", "organisation_id");
            // Rewritten at every batch: room on the page keeps the new version off the indexes.
            builder.HasStorageParameter("fillfactor", 60);
            builder.HasKey(c => new { c.CycleId, c.Path });
            builder.Property(c => c.Path).UseCollation("C");
            builder.Property(c => c.ParentPath).UseCollation("C");
            builder.HasIndex(c => new { c.CycleId, c.ParentPath });
            builder.HasIndex(c => new { c.CycleId, c.OrganisationId });
        }
    }
}
