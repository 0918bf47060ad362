using Gengdu.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Gengdu.Analytics.Recounts;

/// <summary>
/// One look at all figures of a cycle: what they should be by the stored revisions, beside what is stored. The nightly one
/// tells of differences; a rebuild sets them right.
/// </summary>
internal sealed class Recount
{
    public const string Rebuild = "rebuild";
    public const string Nightly = "nightly";

    public required Guid Id { get; init; }

    public required Guid CycleId { get; init; }

    /// <summary>"rebuild" or "nightly".</summary>
    public required string Kind { get; init; }

    /// <summary>Which night it belongs to; null for a rebuild. One a cycle and night.</summary>
    public DateOnly? Night { get; init; }

    /// <summary>"waiting", "running", "finished", "cancelled" or "failed".</summary>
    public required string State { get; init; }

    public Guid? RequestedBy { get; init; }

    public required DateTimeOffset RequestedAt { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }

    public bool CancelAsked { get; init; }

    /// <summary>Organisations on the roster.</summary>
    public int Organisations { get; init; }

    /// <summary>Of them looked at so far.</summary>
    public int Done { get; init; }

    /// <summary>Module reports the figures were counted from.</summary>
    public int ModuleReports { get; init; }

    /// <summary>Figures that were compared: of schools, of nodes, and rows of completeness.</summary>
    public int Figures { get; init; }

    /// <summary>Those that were not what they should be.</summary>
    public int Differences { get; init; }

    /// <summary>The first of them, for whoever has to find out why.</summary>
    public string[] Examples { get; init; } = [];

    /// <summary>How long events of the cycle waited while the new figures took the place of the old ones.</summary>
    public int? SwapMilliseconds { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<Recount>
    {
        public void Configure(EntityTypeBuilder<Recount> builder)
        {
            builder.ToTable("recounts");
            builder.HasNoScope("counts of whole cycles; asked for and read by the province alone, whose right each slice looks at");
            builder.HasKey(r => r.Id);
            builder.Property(r => r.Id).ValueGeneratedNever();
            builder.HasIndex(r => new { r.CycleId, r.Night }).IsUnique().HasFilter("night is not null");
            // One rebuild of a cycle at a time: a second request is answered with the first.
            builder.HasIndex(r => r.CycleId).IsUnique().HasFilter("kind = 'rebuild' and state in ('waiting', 'running')").HasDatabaseName("ix_recounts_open_rebuild");
            builder.HasIndex(r => r.RequestedAt);
        }
    }
}
