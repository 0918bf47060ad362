using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Gengdu.Analytics.Cycles;

/// <summary>One collection over one period, as CycleOpened told it.</summary>
internal sealed class Cycle
{
    public required Guid Id { get; init; }

    public required string ProgrammeKey { get; init; }

    public required string ProgrammeVersion { get; init; }

    public required string NameZh { get; init; }

    public required string NameEn { get; init; }

    public required string PeriodKey { get; init; }

    public required DateOnly PeriodStart { get; init; }

    public required DateOnly PeriodEnd { get; init; }

    public required string AcademicYear { get; init; }

    public required int FiscalYear { get; init; }

    public required DateTimeOffset OpensAt { get; init; }

    /// <summary>Deadline per level, as JSON.</summary>
    public required string Deadlines { get; init; }

    public required string[] ModuleKeys { get; init; }

    public required int RosterSize { get; init; }

    public required DateTimeOffset OpenedAt { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<Cycle>
    {
        public void Configure(EntityTypeBuilder<Cycle> builder)
        {
            builder.ToTable("cycles");
            builder.HasKey(c => c.Id);
            builder.Property(c => c.Id).ValueGeneratedNever();
            builder.Property(c => c.Deadlines).HasColumnType("jsonb");
        }
    }
}

/// <summary>A cycle takes nothing more. A table of its own, because CycleClosed may arrive before CycleOpened.</summary>
internal sealed class CycleClosing
{
    public required Guid CycleId { get; init; }

    public required DateTimeOffset ClosedAt { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<CycleClosing>
    {
        public void Configure(EntityTypeBuilder<CycleClosing> builder)
        {
            builder.ToTable("cycle_closings");
            builder.HasKey(c => c.CycleId);
            builder.Property(c => c.CycleId).ValueGeneratedNever();
        }
    }
}
