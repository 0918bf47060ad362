using Gengdu.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Gengdu.Analytics.Figures;

/// <summary>
/// What is known of one module report: its latest submitted revision and the latest act of review, each kept by its own
/// version, so that they may arrive in any order. A review that comes first makes a row with revision 0.
/// </summary>
internal sealed class ModuleValues
{
    public required Guid ModuleReportId { get; init; }

    public required Guid CycleId { get; init; }

    public required Guid OrganisationId { get; init; }

    /// <summary>Null until the first submission arrived.</summary>
    public string? ModuleKey { get; init; }

    /// <summary>Highest revision that arrived; 0 for none.</summary>
    public int Revision { get; init; }

    public string? Values { get; init; }

    /// <summary>The version of the form that revision was filled in with; null before a change of the form could happen: the cycle's first.</summary>
    public string? ProgrammeVersion { get; init; }

    public DateTimeOffset? SubmittedAt { get; init; }

    /// <summary>Lowest revision that arrived: its punctuality counts, a correction asked for later does not make a school late.</summary>
    public int FirstRevision { get; init; }

    public bool? OnTime { get; init; }

    public int ReviewRevision { get; init; }

    public long ReviewVersion { get; init; }

    /// <summary>"returned", "county-approved", "city-approved" or "accepted".</summary>
    public string? ReviewState { get; init; }

    public DateTimeOffset? ReviewedAt { get; init; }

    /// <summary>The review's state when it is about the present revision, else "submitted"; null without a revision.</summary>
    public string? State { get; private init; }

    internal sealed class Configuration : IEntityTypeConfiguration<ModuleValues>
    {
        public void Configure(EntityTypeBuilder<ModuleValues> builder)
        {
            builder.ToTable("module_values");
            builder.HasScope(path: null, "organisation_id").OrRarely([("cycle_id", "uuid"), ("organisation_id", "uuid")],
                ScopedTables.Through("roster_entries", ("cycle_id", "cycle_id"), ("organisation_id", "organisation_id")));
            builder.HasKey(v => v.ModuleReportId);
            builder.Property(v => v.ModuleReportId).ValueGeneratedNever();
            builder.Property(v => v.Values).HasColumnType("jsonb");
            builder.Property(v => v.Revision).HasDefaultValue(0);
            builder.Property(v => v.FirstRevision).HasDefaultValue(0);
            builder.Property(v => v.ReviewRevision).HasDefaultValue(0);
            builder.Property(v => v.ReviewVersion).HasDefaultValue(0L);
            builder.Property(v => v.State).HasComputedColumnSql(
                "case when revision = 0 then null when review_revision = revision then review_state else 'submitted' end", stored: true);
            builder.HasIndex(v => new { v.CycleId, v.OrganisationId });
        }
    }
}
