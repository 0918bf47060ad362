using Gengdu.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Gengdu.Analytics.Figures;

/// <summary>One indicator of one county, city or the province: sums over its schools, what dashboards read.</summary>
internal sealed class NodeFigure
{
    public required Guid CycleId { get; init; }

    public required string Path { get; init; }

    public required string ParentPath { get; init; }

    public required string Indicator { get; init; }

    public required decimal Numerator { get; init; }

    public required decimal Denominator { get; init; }

    /// <summary>Schools with a value.</summary>
    public required int Reported { get; init; }

    /// <summary>Schools it applies to, as far as known; due − reported are excluded.</summary>
    public required int Due { get; init; }

    /// <summary>Schools with a value whose modules passed a level of review.</summary>
    public required int Approved { get; init; }

    /// <summary>The part of the numerator that those schools give.</summary>
    public decimal ApprovedNumerator { get; init; }

    public decimal ApprovedDenominator { get; init; }

    /// <summary>Of the excluded: a module it reads was never handed in.</summary>
    public int NotSubmitted { get; init; }

    /// <summary>Of the excluded: handed in without the number. What is neither this nor not submitted is broken.</summary>
    public int Missing { get; init; }

    /// <summary>Median of the schools directly below; null where there are none.</summary>
    public double? Median { get; init; }

    public DateTimeOffset? AsOf { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<NodeFigure>
    {
        public void Configure(EntityTypeBuilder<NodeFigure> builder)
        {
            builder.ToTable("node_figures");
            // A school compares itself with the median of its county, which is the county's row; at the place of the cycle where it has moved since.
            builder.HasScope("path", or: ScopedTables.RightAboveOwn("path")).OrRarely([("cycle_id", "uuid"), ("path", "text")],
                ScopedTables.Through("node_completeness", ("cycle_id", "cycle_id"), ("path", "path")),
                ScopedTables.Through("roster_entries", ("cycle_id", "cycle_id"), ("node_path", "path")));
            // Rewritten at every batch: room on the page keeps the new version off the indexes.
            builder.HasStorageParameter("fillfactor", 60);
            builder.HasKey(f => new { f.CycleId, f.Path, f.Indicator });
            // The release before does not know them.
            builder.Property(f => f.ApprovedNumerator).HasDefaultValue(0m);
            builder.Property(f => f.ApprovedDenominator).HasDefaultValue(0m);
            builder.Property(f => f.NotSubmitted).HasDefaultValue(0);
            builder.Property(f => f.Missing).HasDefaultValue(0);
            builder.Property(f => f.Path).UseCollation("C");
            builder.Property(f => f.ParentPath).UseCollation("C");
            builder.HasIndex(f => new { f.CycleId, f.ParentPath, f.Indicator });
        }
    }
}
