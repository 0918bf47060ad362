using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Gengdu.Supervision.Cycles;

/// <summary>A cycle that takes nothing more; its reviews go on, at the place of the fact. May arrive before any of them.</summary>
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
