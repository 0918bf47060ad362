using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Gengdu.Analytics.Cycles;

/// <summary>The version a running cycle goes on with. A table of its own, because CycleProgrammeChanged may arrive before CycleOpened.</summary>
internal sealed class CycleProgramme
{
    public required Guid CycleId { get; init; }

    public required string ProgrammeVersion { get; init; }

    /// <summary>The change it comes from; an earlier one that arrives later says nothing.</summary>
    public required int Number { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<CycleProgramme>
    {
        public void Configure(EntityTypeBuilder<CycleProgramme> builder)
        {
            builder.ToTable("cycle_programmes");
            builder.HasKey(p => p.CycleId);
            builder.Property(p => p.CycleId).ValueGeneratedNever();
        }
    }
}
